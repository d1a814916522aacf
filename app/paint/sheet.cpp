#include "paint/sheet.h"

#include <cairo-pdf.h>

#include <algorithm>

namespace sipdex::paint {

namespace {

constexpr double margin = 27, top = 24, bottom = 29, footer_size = 7.5;

struct PaperSize {
    double width, height;
};
constexpr PaperSize a4 = {595.276, 841.89}, letter = {612, 792};

void set_colour(cairo_t* to, Colour colour) {
    cairo_set_source_rgb(to, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

// Attribute values stand between apostrophes.
std::string attribute(const std::string& value) {
    std::string quoted;
    for (const char each : value) {
        if (each == '\'' || each == '\\') quoted += '\\';
        quoted += each;
    }
    return "'" + quoted + "'";
}

}  // namespace

Sheet::Sheet(const document::Document& document, const Options& options, Flow flow)
    : theme_(options.monochrome ? monochrome_theme() : light_theme()), right_to_left_(document.right_to_left) {
    const PaperSize paper = options.paper == Paper::letter ? letter : a4;
    width_ = paper.width;
    height_ = paper.height;
    typeset::Typesetter typesetter(typeset::Typesetter::For::paper);
    const double room = flow == Flow::pages ? height_ - top - bottom : 0;
    for (Typography typography : {Typography{0, 9.5, 1.36, 1.2},
                                  {0, 9.25, 1.3, 0.9},
                                  {0, 9, 1.24, 0.6},
                                  {0, 9, 1.2, 0.3},
                                  {0, 9, 1.16, 0.2},
                                  {0, 8.75, 1.16, 0.2},
                                  {0, 8.5, 1.16, 0.2}}) {
        typography.width = width_ - 2 * margin;
        typography.theme = &theme_;
        std::vector<Page> pages = paginated(arranged(document, options, typography, typesetter), room);
        if (pages_.empty() || pages.size() < pages_.size()) pages_ = std::move(pages);
        if (pages_.size() == 1) break;
    }
    if (flow == Flow::endless) height_ = top + end_of(pages_.front()) + bottom;

    typeset::Style style;
    style.size = footer_size;
    style.most_lines = 1;
    for (int page = 0; page < pages(); ++page) {
        const std::string number = flow == Flow::pages ? page_of(options.words, page + 1, pages()) : "";
        typeset::Lines count = typesetter.set(number, style, 0, document.language);
        const double room_beside = width_ - 2 * margin - count.width() - 12;
        // An isolate keeps "607 Unwanted" in its order on an Arabic sheet.
        const std::string origin = joined_by_dots({"\u2068" + document.title + "\u2069", document.footer});
        typeset::Lines words = typesetter.set(origin, style, room_beside, document.language);
        const double number_x = right_to_left_ ? margin : width_ - margin - count.width();
        origins_.emplace_back(std::move(words), right_to_left_ ? width_ - margin - room_beside : margin);
        numbers_.emplace_back(std::move(count), number_x);
    }
}

void Sheet::paint_part(cairo_t* to, const Part& part, double x, double y, bool tagged) const {
    const auto& spans = part.text.spans;
    bool in_link = false;
    const auto colour = [&](cairo_t* cairo, std::size_t span) {
        const auto* rfc = span < spans.size() ? std::get_if<document::ToRfc>(&spans[span].target) : nullptr;
        if (tagged && in_link) cairo_tag_end(cairo, CAIRO_TAG_LINK);
        in_link = rfc != nullptr;
        if (tagged && in_link)
            cairo_tag_begin(cairo, CAIRO_TAG_LINK, ("uri=" + attribute(document::url_of(*rfc))).c_str());
        set_colour(cairo, in_link ? theme_.accent : part.colour);
    };
    if (tagged && part.tag) cairo_tag_begin(to, part.tag, nullptr);
    part.lines.draw(to, x + part.x, y + part.y, colour, part.first, part.last);
    if (tagged && in_link) cairo_tag_end(to, CAIRO_TAG_LINK);
    if (tagged && part.tag) cairo_tag_end(to, part.tag);
}

void Sheet::paint_strip(cairo_t* to, const Placed& placed, bool tagged) const {
    const Strip& strip = placed.strip;
    const double x = margin, y = top + placed.y, width = width_ - 2 * margin;
    if (strip.filled) {
        set_colour(to, theme_.surface);
        cairo_rectangle(to, x, y, width, strip.height);
        cairo_fill(to);
    }
    if (strip.barred) {
        set_colour(to, theme_.secondary);
        cairo_rectangle(to, right_to_left_ ? x + width - 2 : x, y, 2, strip.height);
        cairo_fill(to);
    }
    if (strip.ruled) {
        set_colour(to, theme_.line);
        cairo_rectangle(to, x, y + strip.height - 0.25, width, 0.5);
        cairo_fill(to);
    }
    const bool own_tag = tagged && !placed.repeated;
    if (own_tag) cairo_tag_begin(to, strip.tag, nullptr);
    if (strip.drawing) strip.drawing(to, x, y);
    for (const Part& part : strip.parts) paint_part(to, part, x, y, own_tag);
    if (own_tag) cairo_tag_end(to, strip.tag);
}

void Sheet::paint_footer(cairo_t* to, int page) const {
    const auto at = static_cast<std::size_t>(page);
    const double y = height_ - bottom + 10;
    for (const auto* side : {&origins_[at], &numbers_[at]})
        side->first.draw(to, side->second, y,
                         [&](cairo_t* cairo, std::size_t) { set_colour(cairo, theme_.secondary); });
}

void Sheet::paint(cairo_t* to, int page, bool tagged) const {
    if (!tagged) {  // Cairo drops what was recorded below an opaque ground, and the opened tags with it
        set_colour(to, theme_.background);
        cairo_paint(to);
    }
    int group = 0;
    const char* group_tag = nullptr;
    const auto end_group = [&] {
        if (tagged && group_tag) cairo_tag_end(to, group_tag);
        group_tag = nullptr;
    };
    for (const Placed& placed : pages_[static_cast<std::size_t>(page)]) {
        if (placed.strip.group != group || !placed.strip.group_tag) end_group();
        if (tagged && placed.strip.group_tag && !group_tag) {
            group_tag = placed.strip.group_tag;
            cairo_tag_begin(to, group_tag, nullptr);
        }
        group = placed.strip.group;
        paint_strip(to, placed, tagged);
    }
    end_group();
    paint_footer(to, page);
}

std::vector<Sheet::Bookmark> Sheet::bookmarks() const {
    std::vector<Bookmark> result;
    for (int page = 0; page < pages(); ++page)
        for (const Placed& placed : pages_[static_cast<std::size_t>(page)])
            if (!placed.strip.outline.empty()) result.push_back({placed.strip.outline, page, top + placed.y});
    return result;
}

}  // namespace sipdex::paint
