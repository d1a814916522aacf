#include "paint/pdf.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "language/characters.h"
#include "paint/pdf_file.h"
#include "paint/pdf_finish.h"
#include "paint/sheet.h"

namespace sipdex::paint {

PdfFile::PdfFile(const std::string& title, const Options& options, double width, double height)
    : surface_(cairo_pdf_surface_create_for_stream(append, &octets_, width, height)) {
    cairo_surface_t* pdf = surface_.surface();
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, language::clean(title).c_str());
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Sipdex");
    // Not the moment, so that the same document of the same day gives the same octets.
    const std::string made = (options.day.empty() ? "2000-01-01" : options.day) + "T00:00:00Z";
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
}

int PdfFile::bookmark(const std::string& title, int page, double y, int below) {
    const std::string place = fmt::format("page={} pos=[0 {:.2f}]", page, y);
    return cairo_pdf_surface_add_outline(surface_.surface(), below, language::clean(title).c_str(), place.c_str(),
                                         static_cast<cairo_pdf_outline_flags_t>(0));
}

std::string PdfFile::finished(const std::string& language, bool right_to_left) {
    surface_.finish();
    return finished_pdf(octets_, language, right_to_left);
}

std::string pdf(const document::Document& document, const Options& options) {
    const Sheet sheet(document, options, Sheet::Flow::pages);
    PdfFile file(document.title, options, sheet.width(), sheet.height());
    for (const Sheet::Bookmark& bookmark : sheet.bookmarks())
        file.bookmark(bookmark.title, bookmark.page + 1, bookmark.y);
    cairo_tag_begin(file.cairo(), "Document", nullptr);
    for (int page = 0; page < sheet.pages(); ++page) {
        sheet.paint(file.cairo(), page, true);
        if (page + 1 == sheet.pages()) cairo_tag_end(file.cairo(), "Document");  // lost after the last page
        cairo_show_page(file.cairo());
    }
    return file.finished(document.language, document.right_to_left);
}

}  // namespace sipdex::paint
