#include "window/kit/ink.h"

#include <algorithm>
#include <cmath>

namespace sipdex::window {

namespace {

constexpr std::size_t lines_to_keep = 1500;
constexpr unsigned frames_to_keep = 240;

void append_style(std::string& key, const typeset::Style& style, double width, std::string_view language) {
    key += '\x1f';
    key += char('0' + int(style.face));
    key += char('0' + int(style.align));
    key += style.bold ? 'b' : 'n';
    for (const double number : {style.size * 4, style.line_height * 100, double(style.most_lines), width}) {
        key += std::to_string(std::lround(number));
        key += ' ';
    }
    key += language;
}

void push_texture(ImDrawList* list, ImTextureID texture) {
#if IMGUI_VERSION_NUM >= 19200
    list->PushTexture(texture);
#else
    list->PushTextureID(texture);
#endif
}

void pop_texture(ImDrawList* list) {
#if IMGUI_VERSION_NUM >= 19200
    list->PopTexture();
#else
    list->PopTextureID();
#endif
}

// The texture that glyphs are drawn from, taken off again also when one of them cannot be drawn.
class DrawnFrom {
public:
    explicit DrawnFrom(ImDrawList* list) : list_(list) {}
    ~DrawnFrom() {
        if (open_) pop_texture(list_);
    }
    DrawnFrom(const DrawnFrom&) = delete;
    DrawnFrom& operator=(const DrawnFrom&) = delete;

    void texture(ImTextureID wanted) {
        if (open_ && wanted == current_) return;
        if (open_) pop_texture(list_);
        push_texture(list_, wanted);
        current_ = wanted;
        open_ = true;
    }

private:
    ImDrawList* list_;
    ImTextureID current_{};
    bool open_ = false;
};

}  // namespace

bool contains(const Rect& rect, double x, double y) {
    return x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;
}

Rect common(const Rect& one, const Rect& other) {
    Rect both;
    both.x = std::max(one.x, other.x);
    both.y = std::max(one.y, other.y);
    both.width = std::max(0.0, std::min(one.x + one.width, other.x + other.width) - both.x);
    both.height = std::max(0.0, std::min(one.y + one.height, other.y + other.height) - both.y);
    return both;
}

bool touch(const Rect& one, const Rect& other) {
    return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height &&
           other.y < one.y + one.height;
}

Rect grown(const Rect& rect, double by) {
    return {rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
}

Ink::Ink(typeset::Typesetter& typesetter, GlyphAtlas& atlas) : typesetter_(typesetter), atlas_(atlas) {}

void Ink::begin(ImDrawList* list, double width, double height, bool mirrored, const Palette* palette) {
    list_ = list;
    width_ = width;
    height_ = height;
    mirrored_ = mirrored;
    palette_ = palette;
    written_.clear();
    clips_.assign(1, Rect{0, 0, width, height});
    ++frame_;
    if (kept_.size() > lines_to_keep) forget_unused();
}

void Ink::forget_unused() {
    for (auto entry = kept_.begin(); entry != kept_.end();)
        entry = frame_ - entry->second.frame > frames_to_keep ? kept_.erase(entry) : std::next(entry);
}

// Lines begin at the edge of the page: words of a left-to-right language stand at the right one in a mirrored window.
typeset::Style Ink::by_page(typeset::Style style, std::string_view language) const {
    if (style.align != typeset::Align::centre && mirrored_ != typeset::is_right_to_left(language))
        style.align = style.align == typeset::Align::start ? typeset::Align::end : typeset::Align::start;
    return style;
}

typeset::Lines Ink::set(std::string_view words, const typeset::Style& wished, double width, std::string_view language) {
    const typeset::Style style = by_page(wished, language);
    std::string key(words);
    append_style(key, style, width, language);
    auto entry = kept_.find(key);
    if (entry == kept_.end())
        entry = kept_.emplace(std::move(key), Kept{typesetter_.set(words, style, width, language)}).first;
    entry->second.frame = frame_;
    return entry->second.lines;
}

typeset::Lines Ink::set(const document::Text& text, const typeset::Style& style, double width,
                        std::string_view language) {
    const std::string_view own = text.language.empty() ? language : std::string_view(text.language);
    return typesetter_.set(text, by_page(style, own), width, own);
}

Rect Ink::on_screen(const Rect& rect) const {
    return mirrored_ ? Rect{width_ - rect.x - rect.width, rect.y, rect.width, rect.height} : rect;
}

void Ink::text(const typeset::Lines& lines, double x, double y, double box, ImU32 colour) {
    text(lines, x, y, box, [colour](std::size_t) { return colour; });
}

void Ink::text(const typeset::Lines& lines, double x, double y, double box, const ColourOfSpan& colour) {
    const double width = box > 0 ? box : lines.width();
    const Rect where{x, y, std::max(width, 1.0), std::max(lines.height(), 1.0)};
    if (!visible(where)) return;
    const Rect screen = on_screen(where);
    const float left = float(std::round(screen.x)), top = float(std::round(screen.y));
    DrawnFrom from(list_);
    std::size_t span = std::size_t(-1);
    ImU32 tint = 0;
    for (const typeset::Glyph& glyph : lines.glyphs()) {
        const GlyphAtlas::Slot& slot = atlas_.slot(typesetter_, glyph.font, glyph.index);
        if (slot.width == 0) continue;
        from.texture(slot.texture);
        if (glyph.span != span) {
            span = glyph.span;
            tint = colour(span);
        }
        const float gx = left + float(std::round(glyph.x)) + float(slot.left);
        const float gy = top + float(std::round(glyph.y)) + float(slot.top);
        list_->PrimReserve(6, 4);
        list_->PrimRectUV({gx, gy}, {gx + float(slot.width), gy + float(slot.height)}, {slot.u0, slot.v0},
                          {slot.u1, slot.v1}, tint);
    }
    if (recording_ || hears_) {
        std::string words;
        for (const std::string& row : lines.words()) words += (words.empty() ? "" : " ") + row;
        if (words.empty()) return;
        if (hears_) hears_(words, screen);
        if (!recording_) return;
        std::vector<Rect> inked = lines.boxes_between(0, lines.text().size());
        for (Rect& line : inked) line = {line.x + screen.x, line.y + screen.y, line.width, line.height};
        const Rect& clip = clips_.back();
        written_.push_back(
            {where, common(where, clip), std::move(words), std::move(inked), on_screen(clip), lines.is_cut(), layer_});
    }
}

// Lines that are drawn at x, y; boxes within them, as views speak of places.
std::vector<Rect> Ink::placed(std::vector<Rect> boxes, const typeset::Lines& lines, double x, double y,
                              double box) const {
    const Rect screen = on_screen({x, y, box > 0 ? box : lines.width(), lines.height()});
    for (Rect& rect : boxes) {
        rect.x += screen.x;
        rect.y += y;
        rect = on_screen(rect);  // mirroring twice is none
    }
    return boxes;
}

std::vector<Rect> Ink::boxes_of(const typeset::Lines& lines, std::size_t span, double x, double y, double box) const {
    return placed(lines.boxes_of(span), lines, x, y, box);
}

std::vector<Rect> Ink::boxes_between(const typeset::Lines& lines, std::size_t first, std::size_t last, double x,
                                     double y, double box) const {
    return placed(lines.boxes_between(first, last), lines, x, y, box);
}

double Ink::caret_of(const typeset::Lines& lines, std::size_t offset, double x, double y, double box) const {
    const Rect screen = on_screen({x, y, box > 0 ? box : lines.width(), lines.height()});
    return mirrored_x(screen.x + lines.x_of(offset));
}

std::size_t Ink::offset_at(const typeset::Lines& lines, double x, double y, double box, double screen_x,
                           double screen_y) const {
    const Rect screen = on_screen({x, y, box > 0 ? box : lines.width(), lines.height()});
    return lines.offset_at(screen_x - screen.x, screen_y - y);
}

void Ink::fill(const Rect& rect, ImU32 colour, double radius) {
    const Rect screen = on_screen(rect);
    list_->AddRectFilled({float(screen.x), float(screen.y)},
                         {float(screen.x + screen.width), float(screen.y + screen.height)}, colour, float(radius));
}

void Ink::frame(const Rect& rect, ImU32 colour, double radius, double thickness) {
    const Rect screen = on_screen(rect);
    list_->AddRect({float(screen.x), float(screen.y)},
                   {float(screen.x + screen.width), float(screen.y + screen.height)}, colour, float(radius), 0,
                   float(thickness));
}

void Ink::line(double x1, double y1, double x2, double y2, ImU32 colour, double thickness) {
    // Straight lines are boxes on whole pixels: crisp, whatever the anti-aliasing.
    const double half = thickness / 2;
    if (y1 == y2) fill({std::min(x1, x2), std::round(y1 - half), std::abs(x2 - x1), thickness}, colour);
    else if (x1 == x2) fill({std::round(x1 - half), std::min(y1, y2), thickness, std::abs(y2 - y1)}, colour);
    else list_->AddLine(at(x1, y1), at(x2, y2), colour, float(thickness));
}

void Ink::picture(ImTextureID picture, const Rect& box) {
    if (!visible(box)) return;
    const Rect screen = on_screen(box);
    list_->AddImage(picture, {float(screen.x), float(screen.y)},
                    {float(screen.x + screen.width), float(screen.y + screen.height)});
}

void Ink::triangle(double x1, double y1, double x2, double y2, double x3, double y3, ImU32 colour) {
    list_->AddTriangleFilled(at(x1, y1), at(x2, y2), at(x3, y3), colour);
}

void Ink::push_clip(const Rect& rect) {
    const Rect inner = common(clips_.back(), rect);
    clips_.push_back(inner);
    const Rect screen = on_screen(inner);
    list_->PushClipRect({float(screen.x), float(screen.y)},
                        {float(screen.x + screen.width), float(screen.y + screen.height)});
}

void Ink::pop_clip() {
    list_->PopClipRect();
    clips_.pop_back();
}

void Ink::back_to(const Mark& mark) {
    while (clips_.size() > mark.clips) pop_clip();
    if (written_.size() > mark.written) written_.resize(mark.written);
}

}  // namespace sipdex::window
