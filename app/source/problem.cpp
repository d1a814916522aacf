#include "source/problem.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <tuple>

namespace sipdex::source {

namespace {

// Keys and ids are ASCII, so octets do for comparing them.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::string line_of(const std::string& text, std::size_t number) {
    std::istringstream in(text);
    std::string line;
    for (std::size_t n = 0; n < number; ++n)
        if (!std::getline(in, line)) return {};
    return line;
}

}  // namespace

void Problems::add(const File& file, Place place, std::string sentence) {
    all_.push_back({file.name, place, std::move(sentence), line_of(file.text, place.line)});
}

std::string Problems::printed() const {
    std::vector<const Problem*> sorted;
    for (const Problem& problem : all_) sorted.push_back(&problem);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Problem* a, const Problem* b) {
        return std::tie(a->file, a->place.line, a->place.column) < std::tie(b->file, b->place.line, b->place.column);
    });
    std::string out;
    for (const Problem* p : sorted) {
        out += p->file;
        if (p->place.line)
            out +=
                ":" + std::to_string(p->place.line) + ":" + std::to_string(std::max<std::size_t>(p->place.column, 1));
        out += ": " + p->sentence + "\n";
        if (p->line.empty()) continue;
        const std::size_t column = std::max<std::size_t>(p->place.column, 1) - 1;
        out += "    " + p->line + "\n    " + std::string(column, ' ') + "^" +
               std::string(p->place.width > 1 ? p->place.width - 1 : 0, '~') + "\n";
    }
    return out;
}

std::optional<std::string> nearest(std::string_view written, const std::vector<std::string>& candidates) {
    std::optional<std::string> best;
    std::size_t least = std::max<std::size_t>(1, written.size() / 3) + 1;
    for (const std::string& candidate : candidates)
        if (const std::size_t d = distance(written, candidate); d < least) {
            least = d;
            best = candidate;
        }
    return best;
}

std::string suggestion(std::string_view written, const std::vector<std::string>& candidates) {
    const auto meant = nearest(written, candidates);
    return meant ? "; did you mean '" + *meant + "'?" : "";
}

}  // namespace sipdex::source
