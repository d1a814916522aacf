#include "paint/setting.h"

#include <algorithm>

#include "paint/column_shares.h"

namespace sipdex::paint {

using namespace document;

Setting::Setting(const Document& set, const Options& as, const Typography& in, typeset::Typesetter& by)
    : document(set), options(as), type(in), typesetter(by), shares_(column_shares(set)) {}

Part Setting::part(const Text& text, Column column, const Look& look, const char* tag) const {
    typeset::Style style;
    style.face = look.face;
    style.bold = look.bold;
    style.size = std::max(smallest_type, type.density.body * look.size);
    style.line_height = type.density.leading * look.leading / style.size;
    style.align = look.align;
    Part result;
    result.text = text;
    result.lines = typesetter.set(text, style, column.width, document.language);
    result.x = document.right_to_left ? type.width - column.x - column.width : column.x;
    result.colour = look.secondary ? type.theme->secondary : type.theme->text;
    result.tag = tag;
    result.last = result.lines.count();
    return result;
}

Part Setting::hanging(const std::string& sign, double x, const Look& look, const char* tag) const {
    Look ended = look;
    // Next to the column: digits and signs run from the left in a document of either direction.
    ended.align = document.right_to_left ? typeset::Align::start : typeset::Align::end;
    const double room = type.density.body * 2;
    return part(plain(sign), {x - type.density.body * 0.55 - room, room}, ended, tag);
}

void Setting::level(std::vector<Part>& parts) {
    double lowest = 0;
    for (const Part& part : parts)
        if (part.y == 0) lowest = std::max(lowest, part.lines.baseline());
    for (Part& part : parts)
        if (part.y == 0) part.y = lowest - part.lines.baseline();
}

Strip Setting::strip(std::vector<Part> parts, double before, const char* tag) const {
    Strip result;
    for (const Part& each : parts) result.height = std::max(result.height, each.y + each.lines.height());
    result.parts = std::move(parts);
    result.before = before;
    result.tag = tag;
    return result;
}

Text Setting::shown(const Text& text) const { return paint::shown(text, document, options.words); }

Text Setting::item(const Item& item) const {
    Text text = shown(item.text);
    if (!item.label.empty()) {
        // The label keeps its own words; an en space, not punctuation, parts it from what follows.
        text.spans.insert(text.spans.begin(), {words_of(item.label) + "\u2002", Span::Style::strong});
    }
    return text;
}

std::vector<Column> Setting::subjects(std::size_t count) const {
    const double room = type.main_width() - gutter() * static_cast<double>(count - 1);
    std::vector<Column> columns;
    double x = type.main_x();
    for (std::size_t i = 0; i < count; ++i) {
        const double width = room * (shares_.size() == count ? shares_[i] : 1.0 / static_cast<double>(count));
        columns.push_back({x, width});
        x += width + gutter();
    }
    return columns;
}

Typography typography_for(double width, double scale, const Density& density, const Theme& theme) {
    Typography type;
    type.width = width;
    type.density = density;
    type.theme = &theme;
    // A sixth of the width names what stands beside it, as long as words fit there.
    const double margin = std::min(width * (density.tight ? 0.14 : 0.178), 118 * scale);
    if (margin >= density.body * 8.5) {
        type.margin = margin;
        type.gap = density.body * (density.tight ? 1.7 : 1.9);
    }
    return type;
}

}  // namespace sipdex::paint
