// A preview painted by what writes the file: the same layout, page by page.
#pragma once
#include <optional>
#include <string>

#include "paint/formats.h"
#include "paint/sheet.h"
#include "window/kit/sheet.h"

namespace sipdex::window {

class PaintedPreview : public SheetPreview {
public:
    PaintedPreview(const paint::Format& format, const document::Document& document, const paint::Options& options);

    int pages() const override { return sheet_ ? sheet_->pages() : 0; }
    double shape() const override { return sheet_ ? sheet_->height() / sheet_->width() : 1; }
    Page page(int number, int width) const override;
    std::string beginning() const override { return beginning_; }
    std::string missing() const override { return missing_; }

private:
    std::optional<paint::Sheet> sheet_;
    std::string beginning_, missing_;
};

// Whether a format is drawn on paper, on pages or in one piece.
bool is_on_paper(const paint::Format& format);

}  // namespace sipdex::window
