#include "paint/late/artifacts.h"

#include <algorithm>
#include <initializer_list>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <string>
#include <string_view>

#include "paint/late/operators.h"

namespace sipdex::paint {

namespace {

using Words = std::initializer_list<std::string_view>;

bool is_among(std::string_view word, Words words) { return std::ranges::find(words, word) != words.end(); }

// Reads a page's operators. Outside of tags, a path from where it begins to where it is painted, a text object and a picture
// are each put between marks: so these never cross the bounds of a text object, nor of a tag.
class Marker {
public:
    std::string marked(std::string_view content) {
        written_.reserve(content.size() + content.size() / 8);
        Operators operators(content);
        while (const auto each = operators.next()) {
            if (each->word == "BDC" || each->word == "BMC") ++depth_;
            if (each->word == "EMC") --depth_;
            if (in_text_) text(*each);
            else if (in_path_) path(*each);
            else if (depth_ > 0) written_ += each->unit;
            else outside(*each);
        }
        written_ += text_;
        written_ += operators.rest();
        return std::move(written_);
    }

private:
    void outside(const Operators::Operator& each) {
        in_text_ = each.word == "BT";
        in_path_ = is_among(each.word, {"m", "re"});
        if (in_text_) {
            text_ = each.unit;
            return;
        }
        const bool picture = is_among(each.word, {"Do", "sh"});
        if (in_path_ || picture) written_ += "\n/Artifact BMC";
        written_ += each.unit;
        if (picture) written_ += "\nEMC";
    }
    void path(const Operators::Operator& each) {
        written_ += each.unit;
        in_path_ = !is_among(each.word, {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"});
        if (!in_path_) written_ += "\nEMC";
    }
    // Known at its end only: a tag may begin within.
    void text(const Operators::Operator& each) {
        text_ += each.unit;
        if (each.word != "ET") return;
        const bool tagged = text_.find("/MCID") != std::string::npos;
        if (!tagged) written_ += "\n/Artifact BMC";
        written_ += text_;
        if (!tagged) written_ += "\nEMC";
        text_.clear();
        in_text_ = false;
    }

    std::string written_;
    std::string text_;  // a text object so far
    int depth_ = 0;     // of tags and marks
    bool in_text_ = false, in_path_ = false;
};

}  // namespace

void mark_artifacts(QPDF& file) {
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(file).getAllPages()) {
        page.coalesceContentStreams();
        QPDFObjectHandle stream = page.getObjectHandle().getKey("/Contents");
        if (!stream.isStream()) continue;
        const auto content = stream.getStreamData();
        stream.replaceStreamData(
            Marker().marked({reinterpret_cast<const char*>(content->getBuffer()), content->getSize()}),
            QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    }
}

}  // namespace sipdex::paint
