#include <algorithm>

#include "typeset/direction.h"
#include "typeset/placed.h"
#include "typeset/typeset.h"

namespace sipdex::typeset {

Lines::Lines(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Lines::Lines() : impl_(std::make_shared<const Impl>()) {}

double Lines::width() const { return impl_->width; }
double Lines::height() const { return impl_->height; }
double Lines::baseline() const { return impl_->baseline; }
std::size_t Lines::count() const { return impl_->words.size(); }
bool Lines::is_cut() const { return impl_->cut; }
const std::vector<Glyph>& Lines::glyphs() const { return impl_->glyphs; }
const std::vector<std::string>& Lines::words() const { return impl_->words; }

std::optional<std::size_t> Lines::span_at(double x, double y) const {
    for (const PlacedRun& run : impl_->runs)
        if (x >= run.box.x && x < run.box.x + run.box.width && y >= run.box.y && y < run.box.y + run.box.height)
            return run.span;
    return std::nullopt;
}

std::vector<Rect> Lines::boxes_of(std::size_t span) const {
    std::vector<Rect> boxes;
    std::optional<std::size_t> line;
    for (const PlacedRun& run : impl_->runs) {
        if (run.span != span || run.box.width <= 0) continue;
        if (line != run.line) {
            boxes.push_back(run.box);
        } else {
            Rect& box = boxes.back();
            const double right = std::max(box.x + box.width, run.box.x + run.box.width);
            box.x = std::min(box.x, run.box.x);
            box.width = right - box.x;
        }
        line = run.line;
    }
    return boxes;
}

const std::string& Lines::text() const { return impl_->shaped; }

std::size_t Lines::offset_at(double x, double y) const {
    const PlacedRun* nearest = nullptr;
    double least = 0;
    for (const PlacedRun& run : impl_->runs) {
        const double above = std::max({run.box.y - y, y - run.box.y - run.box.height, 0.0});
        const double beside = std::max({run.box.x - x, x - run.box.x - run.box.width, 0.0});
        const double distance = above * 1000 + beside;  // the line first
        if (nearest && distance >= least) continue;
        nearest = &run;
        least = distance;
    }
    if (!nearest) return 0;
    PangoItem& item = *nearest->item->item;
    const char* text = impl_->shaped.c_str() + item.offset;
    int index = 0, behind = 0;
    const double within = std::clamp(x - nearest->box.x, 0.0, std::max(0.0, nearest->box.width - 0.1));
    pango_glyph_string_x_to_index(nearest->item->glyphs, const_cast<char*>(text), item.length, &item.analysis,
                                  static_cast<int>(within * PANGO_SCALE), &index, &behind);
    const char* at = text + index;
    for (; behind > 0 && at < text + item.length; --behind) at = g_utf8_next_char(at);
    return static_cast<std::size_t>(at - impl_->shaped.c_str());
}

double Lines::x_of(std::size_t offset) const {
    const PlacedRun* at = nullptr;
    for (const PlacedRun& run : impl_->runs) {
        const auto begin = static_cast<std::size_t>(run.item->item->offset);
        const auto end = begin + static_cast<std::size_t>(run.item->item->length);
        // Between two runs the one that ends there counts: the caret goes on from what stands before it.
        if (begin <= offset && offset <= end && (!at || begin < offset)) at = &run;
    }
    if (!at) return impl_->runs.empty() ? 0 : impl_->runs.front().x;
    PangoItem& item = *at->item->item;
    int x = 0;
    pango_glyph_string_index_to_x(at->item->glyphs, const_cast<char*>(impl_->shaped.c_str()) + item.offset, item.length,
                                  &item.analysis, static_cast<int>(offset) - item.offset, FALSE, &x);
    return at->x + double(x) / PANGO_SCALE;
}

std::vector<Rect> Lines::boxes_between(std::size_t first, std::size_t last) const {
    std::vector<Rect> boxes;
    std::optional<std::size_t> line;
    for (const PlacedRun& run : impl_->runs) {
        PangoItem& item = *run.item->item;
        const auto begin = static_cast<std::size_t>(item.offset), end = begin + static_cast<std::size_t>(item.length);
        const std::size_t from = std::max(first, begin), to = std::min(last, end);
        if (from >= to) continue;
        char* text = const_cast<char*>(impl_->shaped.c_str()) + item.offset;
        const auto x_of = [&](std::size_t offset) {
            int x = 0;
            pango_glyph_string_index_to_x(run.item->glyphs, text, item.length, &item.analysis,
                                          static_cast<int>(offset - begin), FALSE, &x);
            return run.x + double(x) / PANGO_SCALE;
        };
        const double one = x_of(from), other = x_of(to);
        const Rect box{std::min(one, other), run.box.y, std::abs(other - one), run.box.height};
        const bool goes_on = line == run.line && std::abs(boxes.back().x + boxes.back().width - box.x) < 1;
        if (goes_on) boxes.back().width = box.x + box.width - boxes.back().x;
        else boxes.push_back(box);
        line = run.line;
    }
    return boxes;
}

std::string Lines::words_between(std::size_t first, std::size_t last) const {
    const std::size_t end = std::min(last, impl_->shaped.size());
    return first < end ? without_isolates(std::string_view(impl_->shaped).substr(first, end - first)) : std::string();
}

double Lines::top_of(std::size_t line) const { return line < impl_->tops.size() ? impl_->tops[line] : impl_->height; }

void Lines::draw(cairo_t* to, double x, double y, const Colouring& colour) const { draw(to, x, y, colour, 0, count()); }

void Lines::draw(cairo_t* to, double x, double y, const Colouring& colour, std::size_t first, std::size_t last) const {
    const double above = top_of(first);
    for (const PlacedRun& run : impl_->runs) {
        if (run.line < first || run.line >= last) continue;
        colour(to, run.span);
        cairo_move_to(to, x + run.x, y - above + run.baseline);
        // Shows the glyphs together with their words, so that a PDF gives the words back.
        pango_cairo_show_glyph_item(to, impl_->shaped.c_str(), run.item);
    }
}

}  // namespace sipdex::typeset
