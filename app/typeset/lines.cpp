#include <algorithm>

#include "typeset/placed.h"
#include "typeset/typeset.h"

namespace sipdex::typeset {

Lines::Lines(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Lines::Lines() : impl_(std::make_shared<const Impl>()) {}

double Lines::width() const { return impl_->width; }
double Lines::height() const { return impl_->height; }
double Lines::baseline() const { return impl_->baseline; }
std::size_t Lines::count() const { return impl_->words.size(); }
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
