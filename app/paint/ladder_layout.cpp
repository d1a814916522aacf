#include "paint/ladder_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "document/document.h"

namespace sipdex::paint {

namespace {

// Widens the gaps between two columns evenly until they hold `needed`.
void widen(std::vector<double>& gaps, std::size_t first, std::size_t last, double needed) {
    double present = 0;
    for (std::size_t i = first; i < last; ++i) present += gaps[i];
    if (present >= needed) return;
    const double more = (needed - present) / static_cast<double>(last - first);
    for (std::size_t i = first; i < last; ++i) gaps[i] += more;
}

double sum(const std::vector<double>& gaps) { return std::accumulate(gaps.begin(), gaps.end(), 0.0); }

// Narrows gaps that hold more than `most` together: labels are cut before the names above the columns meet.
void narrow(std::vector<double>& gaps, const std::vector<double>& least, double most) {
    const double between = sum(gaps), between_least = sum(least);
    if (between <= most) return;
    const bool names_fit = between_least < most && between > between_least;
    const double factor =
        names_fit ? (most - between_least) / (between - between_least) : most / std::max(between, 1.0);
    for (std::size_t i = 0; i < gaps.size(); ++i)
        gaps[i] = names_fit ? least[i] + (gaps[i] - least[i]) * factor : gaps[i] * factor;
}

}  // namespace

bool LadderLayout::has(const document::Rung& rung) const {
    return rung.from < columns.size() && rung.to < columns.size();
}

double LadderLayout::length_of(const document::Rung& rung) const {
    if (rung.from != rung.to) return std::abs(columns[rung.from] - columns[rung.to]);
    const double end = rung.from + 1 < columns.size() ? columns[rung.from + 1] : width;
    return end - columns[rung.from];
}

LadderLayout laid_out(const document::Ladder& ladder, const LadderMeasure& measure) {
    LadderLayout layout;
    const std::size_t count = ladder.parties.size();
    if (count == 0) return layout;

    std::vector<double> heads;
    for (const document::Party& party : ladder.parties) heads.push_back(measure.head(party.name));
    std::vector<double> gaps(count - 1, measure.least_gap);
    for (std::size_t i = 0; i + 1 < count; ++i)
        gaps[i] = std::max(gaps[i], (heads[i] + heads[i + 1]) / 2 + measure.around_head) +
                  (ladder.parties[i + 1].apart ? measure.least_gap / 2 : 0);
    const std::vector<double> least = gaps;
    double right = heads.back() / 2;

    // Neighbours first: a label across several columns may then need no more room.
    std::vector<const document::Rung*> rungs;
    for (const document::Rung& rung : ladder.rungs)
        if (rung.from < count && rung.to < count) rungs.push_back(&rung);
    const auto reach = [](const document::Rung* rung) {
        return std::max(rung->from, rung->to) - std::min(rung->from, rung->to);
    };
    std::ranges::stable_sort(rungs, {}, reach);
    for (const document::Rung* rung : rungs) {
        const double needed = measure.label(label_of(*rung)) + measure.around_label;
        if (rung->from != rung->to) widen(gaps, std::min(rung->from, rung->to), std::max(rung->from, rung->to), needed);
        else if (rung->from + 1 < count) gaps[rung->from] = std::max(gaps[rung->from], needed);
        else right = std::max(right, needed);
    }

    const double left = heads.front() / 2;
    if (measure.most_width > 0) narrow(gaps, least, std::max(0.0, measure.most_width - left - right));
    double x = left;
    for (std::size_t i = 0; i < count; ++i) {
        layout.columns.push_back(x);
        if (i < gaps.size()) x += gaps[i];
    }
    layout.width = x + right;
    return layout;
}

namespace {

std::string with_signs(const document::Rung& rung, const std::string& words) {
    const std::string label = rung.status == 0 ? words : document::shape_of(rung.status) + (" " + words);
    return rung.differs ? "≠ " + label : rung.proves ? "◆ " + label : label;
}

}  // namespace

std::string label_of(const document::Rung& rung) { return with_signs(rung, rung.label); }

std::string short_label_of(const document::Rung& rung) {
    return with_signs(rung, rung.status == 0 ? rung.label : std::to_string(rung.status));
}

}  // namespace sipdex::paint
