#include <cairo.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "paint/setting.h"

namespace sipdex::paint {

namespace {

using namespace document;
using typeset::Face;

Text code_of(const Masthead& masthead) {
    return {{{std::string(shape_of(masthead.code)) + " ", Span::Style::plain},
             {std::to_string(masthead.code), Span::Style::wire}},
            {},
            false};
}

// One response: its code in the margin column, in the largest type of the sheet; its name beside it, on the same line.
Strip of_one(const Setting& setting, const Masthead& masthead) {
    const Theme& theme = *setting.type.theme;
    const bool beside = setting.type.margin > 0 && masthead.code != 0;
    std::vector<Part> parts;
    Column column = beside ? setting.main() : Column{0, setting.type.width};
    double y = 0;
    const auto below = [&](Part part) {
        part.y = y;
        y += part.lines.height();
        parts.push_back(std::move(part));
    };
    constexpr Look large{2.7, true, Face::prose, false, 2.5}, name{1.9, true, Face::prose, false, 2.0};
    double baseline = 0;
    if (masthead.code != 0) {
        parts.push_back(setting.part(code_of(masthead), beside ? setting.margin() : column, large));
        parts.back().colour = theme.of_class(masthead.code);
        baseline = parts.back().lines.baseline();
        if (!beside) y = parts.back().lines.height();
    }
    below(setting.part(masthead.code != 0 ? wire(masthead.phrase) : plain(masthead.phrase), column, name));
    if (beside) {
        parts.back().y = baseline - parts.back().lines.baseline();
        y += parts.back().y;
    }
    if (!masthead.gloss.empty())
        below(setting.part(setting.shown(masthead.gloss), column, {1.2, true, Face::prose, false, 1.25}));
    if (!masthead.remark.empty()) below(setting.part(plain(masthead.remark), column, look::small));
    Strip row = setting.strip(std::move(parts), 0, "H1");
    row.subjects.emplace_back(code_and_phrase(masthead), setting.type.main_x());
    return row;
}

// Several: each at the head of its column, under a bar in the colour of its class; a gloss beside a gloss.
Strip of_several(const Setting& setting, const std::vector<Masthead>& mastheads) {
    const std::vector<Column> columns = setting.subjects(mastheads.size());
    const bool narrow = columns.front().width < setting.type.density.body * 16;
    const Look large{narrow ? 1.9 : 2.4, true, Face::prose, false, 2.25}, name{1.15, true, Face::prose, false, 1.25},
        gloss{1, true};
    constexpr std::size_t rows = 4;
    std::array<double, rows> heights{};
    std::vector<std::pair<Part, std::size_t>> placed;
    for (std::size_t i = 0; i < mastheads.size(); ++i) {
        const Masthead& masthead = mastheads[i];
        const auto add = [&](const Text& text, const Look& look, std::size_t row) {
            if (text.empty()) return;
            Part part = setting.part(text, columns[i], look);
            if (row == 0) part.colour = setting.type.theme->of_class(masthead.code);
            heights[row] = std::max(heights[row], part.lines.height());
            placed.emplace_back(std::move(part), row);
        };
        if (masthead.code != 0) add(code_of(masthead), large, 0);
        add(masthead.code != 0 ? wire(masthead.phrase) : plain(masthead.phrase), name, 1);
        add(setting.shown(masthead.gloss), gloss, 2);
        add(plain(masthead.remark), look::small, 3);
    }
    // Shapes come from different fonts; what stands beside each other stands on one line.
    for (std::size_t row = 0; row < rows; ++row) {
        double lowest = 0;
        for (const auto& [part, at] : placed)
            if (at == row) lowest = std::max(lowest, part.lines.baseline());
        for (auto& [part, at] : placed)
            if (at == row) part.y = lowest - part.lines.baseline();
    }
    const double bar = setting.quarters(0.7), top = setting.quarters(1.5);
    std::vector<Part> parts;
    for (auto& [part, row] : placed) {
        part.y += top + std::accumulate(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(row), 0.0);
        parts.push_back(std::move(part));
    }
    Strip strip = setting.strip(std::move(parts), 0, "H1");
    std::vector<std::pair<double, Colour>> bars;
    for (std::size_t i = 0; i < mastheads.size(); ++i) {
        strip.subjects.emplace_back(code_and_phrase(mastheads[i]), columns[i].x);
        const double x =
            setting.document.right_to_left ? setting.type.width - columns[i].x - columns[i].width : columns[i].x;
        bars.emplace_back(x, setting.type.theme->of_class(mastheads[i].code));
    }
    std::vector<double> widths;
    for (const Column& column : columns) widths.push_back(column.width);
    strip.drawing = [bars, widths, bar](cairo_t* cairo, double x, double y) {
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const auto& [at, colour] = bars[i];
            cairo_set_source_rgb(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
            cairo_rectangle(cairo, x + at, y, widths[i], bar);
            cairo_fill(cairo);
        }
    };
    return strip;
}

}  // namespace

void arrange_masthead(const Setting& setting, Arranged& to) {
    const auto& mastheads = setting.document.mastheads;
    Strip strip;
    if (mastheads.empty())
        strip = setting.strip({setting.part(plain(setting.document.title), {0, setting.type.width},
                                            {1.9, true, Face::prose, false, 2.0})},
                              0, "H1");
    else strip = mastheads.size() == 1 ? of_one(setting, mastheads.front()) : of_several(setting, mastheads);
    strip.keeps_next = true;
    to.strips.push_back(std::move(strip));
}

}  // namespace sipdex::paint
