#include "window/painted_preview.h"

#include <algorithm>
#include <cmath>

#include "paint/dots.h"
#include "typeset/typeset.h"

namespace sipdex::window {

namespace {

constexpr std::size_t longest_beginning = 6000;  // octets

// Ends at the end of a line, where there is one, and never within a character.
std::string beginning_of(const std::string& octets) {
    if (octets.size() <= longest_beginning) return octets;
    std::size_t end = octets.rfind('\n', longest_beginning);
    if (end == std::string::npos || end < longest_beginning / 2) {
        end = longest_beginning;
        while (end > 0 && (static_cast<unsigned char>(octets[end]) & 0xC0) == 0x80) --end;
    }
    return octets.substr(0, end) + "\n…";
}

}  // namespace

bool is_on_paper(const paint::Format& format) {
    return format.name == "pdf" || format.name == "svg" || format.name == "png";
}

PaintedPreview::PaintedPreview(const paint::Format& format, const document::Document& document,
                               const paint::Options& options) {
    using Flow = paint::Sheet::Flow;
    if (!is_on_paper(format)) {
        beginning_ = beginning_of(format.paint(document, options));
        return;
    }
    typeset::Typesetter& typesetter = typeset::for_paper();
    typesetter.take_missing();  // of another sheet
    sheet_.emplace(document, options, format.name == "pdf" ? Flow::pages : Flow::endless, typesetter);
    missing_ = typesetter.take_missing();
}

SheetPreview::Page PaintedPreview::page(int number, int width) const {
    if (!sheet_ || width <= 0) return {};
    paint::Dots dots = paint::dots_of(*sheet_, std::clamp(number, 0, sheet_->pages() - 1), width);
    return {dots.width, dots.height, std::move(dots.colours)};
}

}  // namespace sipdex::window
