#include "paint/sheet.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>

#include "paint/fit.h"
#include "paint/in_columns.h"

namespace sipdex::paint {

namespace {

constexpr double footer_size = 7.5, head_height = 18;

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

Sheet::Sheet(const document::Document& document, const Options& options, Flow flow, typeset::Typesetter& typesetter)
    : title_(document.title),
      theme_(options.monochrome ? monochrome_theme() : light_theme()),
      right_to_left_(document.right_to_left) {
    const PaperKind& paper = kind_of(options.paper);
    width_ = options.landscape ? paper.height : paper.width;
    height_ = options.landscape ? paper.width : paper.height;
    scale_ = paper.scale;
    margins_ = {paper.side, paper.top, paper.bottom};
    set_letterhead(document, options.letterhead, typesetter);
    const double room = flow == Flow::pages ? height_ - margins_.top - margins_.bottom : 0;
    const PageRoom content{width_ - 2 * margins_.side, room, scale_};
    pages_ = options.layout == Options::Layout::columns && room > 0
                 ? in_columns(document, options, content, theme_, typesetter)
                 : fitted(document, options, content, theme_, typesetter);
    if (flow == Flow::endless) height_ = margins_.top + end_of(pages_.front()) + margins_.bottom;
    set_footers(document, options, typesetter);
}

Sheet::Sheet(const document::Document& document, const Options& options, Flow flow)
    : Sheet(document, options, flow, typeset::for_paper()) {}

// The logo and the name of whose sheet it is, above the content of each page.
void Sheet::set_letterhead(const document::Document& document, const Letterhead& letterhead,
                           typeset::Typesetter& typesetter) {
    if (!letterhead.logo.empty()) logo_ = std::make_shared<Picture>(letterhead.logo);
    typeset::Style style;
    style.size = std::max(smallest_type, 9 * scale_);
    style.bold = true;
    style.most_lines = 1;
    style.line_height = 1.3;
    const double room = width_ - 2 * margins_.side - (logo_ ? logo_->width_at(head_height * scale_) + 8 * scale_ : 0);
    if (!letterhead.name.empty()) organisation_ = typesetter.set(letterhead.name, style, room, document.language);
    if (logo_ || !letterhead.name.empty()) margins_.top += (head_height + 4) * scale_;
}

void Sheet::set_footers(const document::Document& document, const Options& options, typeset::Typesetter& typesetter) {
    typeset::Style style;
    style.size = std::max(smallest_type, footer_size * std::sqrt(scale_));
    style.most_lines = 1;
    for (int page = 0; page < pages(); ++page) {
        std::string number;
        if (options.first_page > 0) number = std::to_string(options.first_page + page);
        else if (pages() > 1) number = page_of(options.words, page + 1, pages());
        typeset::Lines count = typesetter.set(joined_by_dots({options.date, number}), style, 0, document.language);
        const double room_beside = width_ - 2 * margins_.side - count.width() - 12;
        // An isolate keeps "607 Unwanted" in its order on an Arabic sheet.
        const bool columns = options.layout == Options::Layout::columns;  // whose title stands large on the same page
        const auto set = [&](const std::string& title) {
            const std::string origin =
                title.empty() ? document.footer : joined_by_dots({"\u2068" + title + "\u2069", document.footer});
            return typesetter.set(origin, style, room_beside, document.language);
        };
        // On small paper the title gives way, from its end: where a sheet comes from is told whole.
        std::string title = columns ? std::string() : document.title;
        typeset::Lines words = set(title);
        while (words.is_cut() && !title.empty()) {
            const auto space = title.rfind(' ');
            title = space == std::string::npos ? std::string() : title.substr(0, space);
            words = set(title.empty() ? title : title + "\u2026");
        }
        const double number_x = right_to_left_ ? margins_.side : width_ - margins_.side - count.width();
        origins_.emplace_back(std::move(words), right_to_left_ ? width_ - margins_.side - room_beside : margins_.side);
        numbers_.emplace_back(std::move(count), number_x);
    }
}

// The attributes of a link, as Cairo takes them; empty where the target is nowhere that a sheet of paper leads to.
std::string Sheet::link_of(const document::Target& target) const {
    if (const auto* rfc = std::get_if<document::ToRfc>(&target)) return "uri=" + attribute(document::url_of(*rfc));
    const std::string place = places_ ? places_(target) : std::string();
    return place.empty() ? place : "dest=" + attribute(place);
}

void Sheet::paint_part(cairo_t* to, const Part& part, double x, double y, bool tagged) const {
    const auto& spans = part.text.spans;
    bool in_link = false;
    const auto colour = [&](cairo_t* cairo, std::size_t span) {
        const std::string link = span < spans.size() ? link_of(spans[span].target) : std::string();
        if (tagged && in_link) cairo_tag_end(cairo, CAIRO_TAG_LINK);
        in_link = !link.empty();
        if (tagged && in_link) cairo_tag_begin(cairo, CAIRO_TAG_LINK, link.c_str());
        set_colour(cairo, in_link ? theme_.accent : part.colour);
    };
    if (tagged && part.tag) cairo_tag_begin(to, part.tag, nullptr);
    part.lines.draw(to, x + part.x, y + part.y, colour, part.first, part.last);
    if (tagged && in_link) cairo_tag_end(to, CAIRO_TAG_LINK);
    if (tagged && part.tag) cairo_tag_end(to, part.tag);
}

void Sheet::paint_strip(cairo_t* to, const Placed& placed, bool tagged) const {
    const Strip& strip = placed.strip;
    const double content = width_ - 2 * margins_.side, width = placed.width > 0 ? placed.width : content;
    const double x = margins_.side + (right_to_left_ ? content - placed.x - width : placed.x);
    const double y = margins_.top + placed.y;
    const auto rectangle = [&](Colour colour, double left, double above, double wide, double high) {
        set_colour(to, colour);
        cairo_rectangle(to, right_to_left_ ? x + width - left - wide : x + left, above, wide, high);
        cairo_fill(to);
    };
    const Column fill = strip.fill.width > 0 ? strip.fill : Column{0, width};
    if (strip.filled) rectangle(theme_.surface, fill.x, y, fill.width, strip.height);
    if (strip.barred) rectangle(theme_.secondary, fill.x, y, 2 * scale_, strip.height);
    if (strip.ruled) rectangle(theme_.line, 0, y + strip.height - 0.25, width, 0.5);
    if (strip.opens && placed.y > 0) rectangle(theme_.text, 0, y - strip.before * 0.45, width, 0.6 * scale_);
    const bool own_tag = tagged && !placed.repeated;
    if (own_tag) cairo_tag_begin(to, strip.tag, nullptr);
    if (strip.drawing) strip.drawing(to, x, y);
    for (const Part& part : strip.parts) paint_part(to, part, x, y, own_tag);
    if (own_tag) cairo_tag_end(to, strip.tag);
}

void Sheet::paint_footer(cairo_t* to, int page) const {
    const auto at = static_cast<std::size_t>(page);
    const double y = height_ - margins_.bottom * 0.62;
    for (const auto* side : {&origins_[at], &numbers_[at]})
        side->first.draw(to, side->second, y,
                         [&](cairo_t* cairo, std::size_t) { set_colour(cairo, theme_.secondary); });
}

void Sheet::paint_letterhead(cairo_t* to) const {
    const double high = head_height * scale_, y = margins_.top - high - 10 * scale_;
    double x = margins_.side;
    if (logo_) {
        const double wide = logo_->width_at(high);
        logo_->draw(to, right_to_left_ ? width_ - x - wide : x, y, high);
        x += wide + 8 * scale_;
    }
    if (organisation_.count() == 0) return;
    organisation_.draw(to, right_to_left_ ? width_ - x - organisation_.width() : x,
                       y + (high - organisation_.height()) / 2,
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
    paint_letterhead(to);
    paint_footer(to, page);
}

std::vector<Sheet::Bookmark> Sheet::bookmarks() const {
    std::vector<Bookmark> result;
    for (int page = 0; page < pages(); ++page)
        for (const Placed& placed : pages_[static_cast<std::size_t>(page)])
            if (!placed.strip.outline.empty()) result.push_back({placed.strip.outline, page, margins_.top + placed.y});
    return result;
}

std::vector<Sheet::Mention> Sheet::mentions() const {
    std::vector<Mention> result;
    for (int page = 0; page < pages(); ++page)
        for (const Placed& placed : pages_[static_cast<std::size_t>(page)])
            for (const Part& part : placed.strip.parts)
                for (const document::Span& span : part.text.spans)
                    if (span.target.index() != 0) result.push_back({span.target, page});
    return result;
}

}  // namespace sipdex::paint
