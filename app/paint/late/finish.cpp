#include "paint/late/finish.h"

#include <exception>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>
#include <type_traits>

#include "paint/late/artifacts.h"

namespace sipdex::paint {

namespace {

std::string finished(const std::string& drawn, const std::string& language, bool right_to_left) {
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

    // Hundredths larger than by zlib's own choice, and written sooner by more than that.
    Pl_Flate::setCompressionLevel(3);
    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setDeterministicID(true);             // the same document gives the same octets
    writer.setObjectStreamMode(qpdf_o_disable);  // an old reader, and a person, can follow its links
    writer.write();
    const auto octets = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(octets->getBuffer()), octets->getSize()};
}

}  // namespace

// What is thrown here is caught here: its type is this module's own.
extern "C" __attribute__((visibility("default"))) bool sipdex_finish_pdf(const std::string& drawn,
                                                                         const std::string& language,
                                                                         bool right_to_left, std::string& result) {
    try {
        result = finished(drawn, language, right_to_left);
        return true;
    } catch (const std::exception& trouble) {
        result = trouble.what();
        return false;
    }
}

static_assert(std::is_same_v<decltype(sipdex_finish_pdf), FinishPdf>);

}  // namespace sipdex::paint
