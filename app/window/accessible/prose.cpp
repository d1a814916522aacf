#include "window/accessible/prose.h"

#include <algorithm>
#include <cmath>

#include "language/boundaries.h"
#include "language/characters.h"

namespace sipdex::window::accessible {

namespace {

using language::characters_of;
using language::utf8_of;

// Where the words of a line begin. What stands before the first one belongs to it.
std::vector<int> words_of(std::u32string_view line) {
    const std::string octets = utf8_of(line);
    std::vector<int> begins;
    for (std::size_t end = 0; end < octets.size();) {
        end = language::boundary_behind(octets, end, language::Unit::word);
        const std::size_t begin = language::boundary_before(octets, end, language::Unit::word);
        const int at = static_cast<int>(characters_of(std::string_view(octets).substr(0, begin)).size());
        if (begins.empty() || at > begins.back()) begins.push_back(at);
    }
    if (begins.empty()) begins.push_back(0);
    begins.front() = 0;
    return begins;
}

bool ends_a_sentence(char32_t c) { return c == U'.' || c == U'!' || c == U'?' || c == U'…'; }
bool ends_one_without_space(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'\n'; }

}  // namespace

Box around(const Box& one, const Box& other) {
    if (one.width <= 0 || one.height <= 0) return other;
    if (other.width <= 0 || other.height <= 0) return one;
    const int x = std::min(one.x, other.x), y = std::min(one.y, other.y);
    return {x, y, std::max(one.x + one.width, other.x + other.width) - x,
            std::max(one.y + one.height, other.y + other.height) - y};
}

std::string Prose::words(int from, int to) const {
    from = std::clamp(from, 0, size());
    to = std::clamp(to, from, size());
    return utf8_of(std::u32string_view(text).substr(std::size_t(from), std::size_t(to - from)));
}

int Prose::line_of(int at) const {
    const auto after = std::upper_bound(lines.begin(), lines.end(), at,
                                        [](int offset, const Line& line) { return offset < line.begin; });
    return std::max(0, static_cast<int>(after - lines.begin()) - 1);
}

std::pair<int, int> Prose::line(int index) const {
    if (lines.empty()) return {0, size()};
    index = std::clamp(index, 0, static_cast<int>(lines.size()) - 1);
    const auto next = std::size_t(index) + 1;
    return {lines[next - 1].begin, next < lines.size() ? lines[next].begin : size()};
}

std::pair<int, int> Prose::piece(int at, Unit unit) const {
    at = std::clamp(at, 0, size());
    switch (unit) {
        case Unit::character: return {at, std::min(at + 1, size())};
        case Unit::whole: return {0, size()};
        case Unit::line: return line(line_of(at));
        case Unit::word: {
            const auto [from, to] = line(line_of(at));
            const auto begins = words_of(std::u32string_view(text).substr(std::size_t(from), std::size_t(to - from)));
            const auto after = std::upper_bound(begins.begin(), begins.end(), at - from);
            return {from + *(after - 1), after == begins.end() ? to : from + *after};
        }
        case Unit::sentence: {
            const auto begins_at = [&](int i) {
                if (i == 0) return true;
                const char32_t before = text[std::size_t(i) - 1];
                return ends_one_without_space(before) ||
                       (before == U' ' && i > 1 && ends_a_sentence(text[std::size_t(i) - 2]));
            };
            int from = std::min(at, std::max(0, size() - 1)), to = from + 1;
            while (from > 0 && !begins_at(from)) --from;
            while (to < size() && !begins_at(to)) ++to;
            return {from, std::min(to, size())};
        }
    }
    return {at, at};
}

Box Prose::box(int from, int to) const {
    from = std::clamp(from, 0, size());
    to = std::clamp(to, from, size());
    Box whole;
    for (int i = lines.empty() ? 0 : line_of(from); i < static_cast<int>(lines.size()); ++i) {
        const auto [begin, end] = line(i);
        if (begin >= to && begin > from) break;
        const Box& where = lines[std::size_t(i)].where;
        const int first = std::max(from, begin), last = std::min(to, end);
        if (edges.empty() || (first <= begin && last >= end)) {
            whole = around(whole, where);
            continue;
        }
        float left = 1e9F, right = -1e9F;
        for (int c = first; c < std::max(last, std::min(first + 1, size())); ++c) {
            left = std::min(left, edges[std::size_t(c)].left);
            right = std::max(right, edges[std::size_t(c)].right);
        }
        if (left > right) {  // the end of the text
            left = right = edges.back().right;
        }
        const int x = static_cast<int>(std::floor(left));
        whole = around(whole, {x, where.y, std::max(1, static_cast<int>(std::ceil(right)) - x), where.height});
    }
    return whole;
}

int Prose::offset_at(int x, int y) const {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].where.holds(x, y)) continue;
        const auto [begin, end] = line(static_cast<int>(i));
        if (edges.empty()) return begin;
        for (int c = begin; c < end; ++c)
            if (const Edges& at = edges[std::size_t(c)]; float(x) >= at.left && float(x) < at.right) return c;
    }
    return -1;
}

Prose plain_prose(std::string_view words, const Box& where) {
    Prose prose;
    prose.text = characters_of(words);
    if (!prose.text.empty()) prose.lines.push_back({0, where});
    return prose;
}

}  // namespace sipdex::window::accessible
