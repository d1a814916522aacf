#include "paint/pdf.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "language/characters.h"
#include "paint/sheet.h"
#include "paint/surface.h"

namespace sipdex::paint {

namespace {

// The number behind the last occurrence of a word: "startxref\n1234", "/Root 12 0 R".
std::optional<std::size_t> number_after_last(std::string_view pdf, std::string_view word) {
    const std::size_t at = pdf.rfind(word);
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t digits = pdf.find_first_of("0123456789", at + word.size());
    std::size_t number = 0;
    if (digits == std::string_view::npos) return std::nullopt;
    const auto read = std::from_chars(pdf.data() + digits, pdf.data() + pdf.size(), number);
    return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

std::string as_pdf_string(std::string_view words) {
    std::string quoted = "(";
    for (const char each : words)
        if ((each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z') || each == '-') quoted += each;
    return quoted + ")";
}

// Cairo cannot state the language of a document. So its catalog is written once more, with /Lang, as an
// incremental update (ISO 32000-1 7.5.6). A file of another shape stays as it is.
std::string with_language(std::string pdf, const std::string& language, bool right_to_left) {
    const auto xref = number_after_last(pdf, "startxref"), root = number_after_last(pdf, "/Root"), size = number_after_last(pdf, "/Size"),
               info = number_after_last(pdf, "/Info");
    if (!xref || !root || !size || language.empty()) return pdf;
    const std::string opening = fmt::format("\n{} 0 obj\n", *root);
    const std::size_t begin = pdf.find(opening);
    const std::size_t end = begin == std::string::npos ? begin : pdf.find("endobj", begin);
    if (end == std::string::npos) return pdf;
    std::string object = pdf.substr(begin + 1, end + 6 - begin - 1);
    const std::size_t type = object.find("/Type /Catalog");
    if (type == std::string::npos || object.find("/Lang") != std::string::npos) return pdf;
    object.insert(type + 14, "\n   /Lang " + as_pdf_string(language) + "\n   /ViewerPreferences << /DisplayDocTitle true" +
                                 (right_to_left ? " /Direction /R2L" : "") + " >>" +
                                 (object.find("/MarkInfo") == std::string::npos ? "\n   /MarkInfo << /Marked true >>" : ""));

    if (!pdf.ends_with('\n')) pdf += '\n';
    const std::size_t object_at = pdf.size();
    pdf += object + "\n";
    const std::size_t table_at = pdf.size();
    pdf += fmt::format("xref\n{} 1\n{:010} 00000 n \ntrailer\n<< /Size {}\n   /Root {} 0 R\n{}   /Prev {}\n>>\nstartxref\n{}\n%%EOF\n",
                       *root, object_at, *size, *root, info ? fmt::format("   /Info {} 0 R\n", *info) : "", *xref, table_at);
    return pdf;
}

}  // namespace

std::string pdf(const document::Document& document, const Options& options) {
    const Sheet sheet(document, options, Sheet::Flow::pages);
    std::string octets;
    Surface surface(cairo_pdf_surface_create_for_stream(append, &octets, sheet.width(), sheet.height()));
    cairo_surface_t* pdf = surface.surface();
    cairo_pdf_surface_restrict_to_version(pdf, CAIRO_PDF_VERSION_1_4);      // keeps the catalog readable for with_language
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, language::clean(document.title).c_str());
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Sipdex");
    // Always the same, so that the same document gives the same octets.
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    for (const Sheet::Bookmark& bookmark : sheet.bookmarks()) {
        const std::string place = fmt::format("page={} pos=[0 {:.2f}]", bookmark.page + 1, bookmark.y);
        cairo_pdf_surface_add_outline(pdf, CAIRO_PDF_OUTLINE_ROOT, language::clean(bookmark.title).c_str(), place.c_str(),
                                      static_cast<cairo_pdf_outline_flags_t>(0));
    }
    cairo_tag_begin(surface.cairo(), "Document", nullptr);
    for (int page = 0; page < sheet.pages(); ++page) {
        sheet.paint(surface.cairo(), page, true);
        if (page + 1 == sheet.pages()) cairo_tag_end(surface.cairo(), "Document");     // lost after the last page
        cairo_show_page(surface.cairo());
    }
    surface.finish();
    return with_language(std::move(octets), document.language, document.right_to_left);
}

}  // namespace sipdex::paint
