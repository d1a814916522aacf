#include "paint/column_shares.h"

#include <algorithm>
#include <limits>

namespace sipdex::paint {

namespace {

using namespace document;

// How long the two cells of every row are.
std::vector<std::pair<double, double>> lengths_of(const Document& document) {
    std::vector<std::pair<double, double>> lengths;
    const auto length = [](const Text& text) { return static_cast<double>(words_of(text).size()); };
    for (const Section& section : document.sections)
        for (const Block& block : section.blocks)
            if (const auto* columns = std::get_if<Columns>(&block))
                for (const auto& row : columns->rows)
                    if (row.size() == 2) lengths.emplace_back(length(row[0].text), length(row[1].text));
    return lengths;
}

}  // namespace

std::vector<double> column_shares(const Document& document) {
    const std::size_t count = document.mastheads.size();
    if (count != 2) return std::vector<double>(count, count ? 1.0 / static_cast<double>(count) : 0);
    const auto lengths = lengths_of(document);
    double best = 0.5, least = std::numeric_limits<double>::max();
    for (const double share : {0.5, 0.46, 0.54, 0.42, 0.58}) {
        double height = 0;
        for (const auto& [one, other] : lengths) height += std::max(one / share, other / (1 - share));
        if (height < least * 0.99) {  // an uneven page needs a reason
            least = height;
            best = share;
        }
    }
    return {best, 1 - best};
}

}  // namespace sipdex::paint
