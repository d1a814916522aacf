#include "paint/pagination.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace sipdex::paint {

namespace {

// Cuts off what does not fit into `room` and gives it back; nothing where no line or all lines fit. The strip's
// parts stand side by side, each keeping the lines that end above the cut.
std::optional<Strip> cut(Strip& strip, double room, std::size_t least_lines) {
    Strip rest = strip;
    rest.parts.clear();
    rest.before = 0;
    rest.outline.clear();
    double cut_at = std::numeric_limits<double>::max(), kept_height = 0;
    std::size_t kept_lines = 0, moved_lines = 0;
    std::vector<std::size_t> breaks;
    for (const Part& part : strip.parts) {
        const double above = part.lines.top_of(part.first);
        std::size_t line = part.first;
        while (line < part.last && part.y + part.lines.top_of(line + 1) - above <= room) ++line;
        breaks.push_back(line);
        kept_lines = std::max(kept_lines, line - part.first);
        moved_lines = std::max(moved_lines, part.last - line);
        if (line > part.first) kept_height = std::max(kept_height, part.y + part.lines.top_of(line) - above);
        if (line < part.last) cut_at = std::min(cut_at, part.y + part.lines.top_of(line) - above);
    }
    if (kept_lines < least_lines || moved_lines == 0) return std::nullopt;
    double rest_height = 0;
    for (std::size_t i = 0; i < strip.parts.size(); ++i) {
        Part& part = strip.parts[i];
        if (breaks[i] < part.last) {
            Part moved = part;
            moved.first = breaks[i];
            moved.y = std::max(0.0, part.y + part.lines.top_of(breaks[i]) - part.lines.top_of(part.first) - cut_at);
            rest_height = std::max(rest_height, moved.y + part.lines.top_of(part.last) - part.lines.top_of(breaks[i]));
            rest.parts.push_back(std::move(moved));
        }
        part.last = breaks[i];
    }
    std::erase_if(strip.parts, [](const Part& part) { return part.first == part.last; });
    strip.ruled = false;  // that stands below its end
    rest.height = rest_height + std::max(0.0, strip.height - cut_at - rest_height);
    strip.height = kept_height;
    return rest;
}

// Whether two heads name the same subjects at about the same places.
bool alike(const Strip& one, const Strip& other) {
    constexpr double about = 16;  // numbers before a row push the first column in a little
    return std::ranges::equal(one.subjects, other.subjects, [](const auto& left, const auto& right) {
        return left.first == right.first && std::abs(left.second - right.second) < about;
    });
}

class Paginator {
    static constexpr double endless = std::numeric_limits<double>::max();

public:
    Paginator(Arranged arranged, double height)
        : arranged_(std::move(arranged)), height_(height > 0 ? height : endless) {}

    std::vector<Page> done() {
        pages_.emplace_back();
        for (std::size_t i = 0; i < arranged_.strips.size(); ++i) {
            if (arranged_.strips[i].turns && !pages_.back().empty() && height_ < endless) turn(arranged_.strips[i]);
            if (stands_above(arranged_.strips[i])) continue;
            if (!pages_.back().empty() && start_of(arranged_.strips[i]) + chain_height(i) > height_ &&
                !may_split_here(arranged_.strips[i]))
                turn(arranged_.strips[i]);
            put(std::move(arranged_.strips[i]));
        }
        return std::move(pages_);
    }

private:
    // Where a strip would begin: below a title that hangs in the margin column, if it stands there.
    double start_of(const Strip& strip) const { return strip.in_margin ? std::max(y_, clear_) : y_; }

    // How much must fit so that nothing that keeps what follows stands alone at the end of a page.
    double chain_height(std::size_t i) const {
        double needed = 0, beside = 0;
        for (; i < arranged_.strips.size(); ++i) {
            const Strip& strip = arranged_.strips[i];
            const bool last = !strip.keeps_next;
            if (strip.in_margin) needed = std::max(needed, beside);
            if (strip.hangs > 0) beside = needed + strip.before + strip.hangs;
            needed += strip.before + (last && strip.splits ? two_lines(strip) : strip.height);
            if (last) break;
        }
        return std::max(needed, beside);
    }
    static double two_lines(const Strip& strip) {
        double height = 0;
        for (const Part& part : strip.parts)
            if (part.y <= strip.parts.front().y)
                height = std::max(height, part.y + part.lines.top_of(std::min<std::size_t>(part.last, 2)));
        return std::min(height, strip.height);
    }
    bool may_split_here(const Strip& strip) const {
        return strip.splits && start_of(strip) + strip.before + two_lines(strip) <= height_;
    }

    bool stands_above(const Strip& head) const {
        return !head.subjects.empty() &&
               std::ranges::any_of(pages_.back(), [&](const Placed& placed) { return alike(placed.strip, head); });
    }

    void turn(const Strip& next) {
        pages_.emplace_back();
        y_ = clear_ = 0;
        if (next.head < 0 || next.keeps_next) return;
        Strip head = arranged_.heads[static_cast<std::size_t>(next.head)];
        head.before = 0;
        pages_.back().push_back({.strip = std::move(head), .repeated = true});
        y_ = pages_.back().back().strip.height;
    }

    void put(Strip strip) {
        y_ = start_of(strip);
        if (!pages_.back().empty()) y_ += strip.before;
        for (std::size_t least = strip.splits ? 2 : 1; y_ + strip.height > height_; least = 1) {
            std::optional<Strip> rest = cut(strip, height_ - y_, least);
            if (!rest) {
                // Not even a line fits: overleaf; on a fresh page it stands as it is.
                if (y_ == 0 || (pages_.back().size() == 1 && pages_.back().front().repeated)) break;
                turn(strip);
                continue;
            }
            pages_.back().push_back({.strip = std::move(strip), .y = y_});
            turn(*rest);
            strip = std::move(*rest);
        }
        const double height = strip.height, hangs = strip.hangs;
        pages_.back().push_back({.strip = std::move(strip), .y = y_});
        if (hangs > 0) clear_ = y_ + hangs;
        y_ += height;
    }

    Arranged arranged_;
    double height_;
    std::vector<Page> pages_;
    double y_ = 0;
    double clear_ = 0;  // below the title that hangs in the margin column
};

}  // namespace

std::vector<Page> paginated(Arranged arranged, double height) { return Paginator(std::move(arranged), height).done(); }

double end_of(const Page& page) {
    double end = 0;
    for (const Placed& placed : page) end = std::max(end, placed.y + std::max(placed.strip.height, placed.strip.hangs));
    return end;
}

}  // namespace sipdex::paint
