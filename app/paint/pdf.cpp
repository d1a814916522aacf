#include "paint/pdf.h"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include "language/characters.h"
#include "paint/pdf_artifacts.h"
#include "paint/pdf_file.h"
#include "paint/sheet.h"

namespace sipdex::paint {

namespace {

// Cairo cannot state the language of a document, nor that viewers show its title and read it from the right.
std::string with_language(const std::string& drawn, const std::string& language, bool right_to_left) {
    QPDF file;
    file.processMemoryFile("sheet", drawn.data(), drawn.size());
    QPDFObjectHandle catalog = file.getRoot(), preferences = QPDFObjectHandle::newDictionary();
    if (!language.empty()) catalog.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(language));
    preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
    if (right_to_left) preferences.replaceKey("/Direction", QPDFObjectHandle::newName("/R2L"));
    catalog.replaceKey("/ViewerPreferences", preferences);
    QPDFObjectHandle marked = QPDFObjectHandle::newDictionary();
    marked.replaceKey("/Marked", QPDFObjectHandle::newBool(true));
    catalog.replaceKey("/MarkInfo", marked);

    mark_artifacts(file);

    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setDeterministicID(true);             // the same document gives the same octets
    writer.setObjectStreamMode(qpdf_o_disable);  // an old reader, and a person, can follow its links
    writer.write();
    const auto octets = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(octets->getBuffer()), octets->getSize()};
}

}  // namespace

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
    return with_language(octets_, language, right_to_left);
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
