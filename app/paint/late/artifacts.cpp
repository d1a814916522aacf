#include "paint/late/artifacts.h"

#include <memory>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFTokenizer.hh>
#include <string>
#include <string_view>
#include <utility>

namespace sipdex::paint {

namespace {

bool is_among(std::string_view word, std::string_view words) {
    return (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

// Reads a page's operators. Outside of tags, a path from where it begins to where it is painted, a text object and a picture
// are each put between marks: so these never cross the bounds of a text object, nor of a tag.
class Marker : public QPDFObjectHandle::TokenFilter {
public:
    void handleToken(const QPDFTokenizer::Token& token) override {
        operands_ += token.getRawValue();
        if (token.getType() != QPDFTokenizer::tt_word) return;
        const std::string word = token.getValue(), unit = std::exchange(operands_, {});
        if (word == "BDC" || word == "BMC") ++depth_;
        if (word == "EMC") --depth_;
        if (in_text_) text(word, unit);
        else if (in_path_) path(word, unit);
        else if (depth_ > 0) write(unit);
        else outside(word, unit);
    }
    void handleEOF() override {
        write(text_);
        write(operands_);
    }

private:
    void outside(const std::string& word, const std::string& unit) {
        in_text_ = word == "BT";
        in_path_ = is_among(word, "m re");
        if (in_text_) {
            text_ = unit;
            return;
        }
        const bool picture = is_among(word, "Do sh");
        if (in_path_ || picture) write("\n/Artifact BMC");
        write(unit);
        if (picture) write("\nEMC");
    }
    void path(const std::string& word, const std::string& unit) {
        write(unit);
        in_path_ = !is_among(word, "f F f* B B* b b* S s n");
        if (!in_path_) write("\nEMC");
    }
    // Known at its end only: a tag may begin within.
    void text(const std::string& word, const std::string& unit) {
        text_ += unit;
        if (word != "ET") return;
        const bool tagged = text_.find("/MCID") != std::string::npos;
        write(tagged ? text_ : "\n/Artifact BMC" + text_ + "\nEMC");
        text_.clear();
        in_text_ = false;
    }

    std::string operands_;  // what stands before the next operator
    std::string text_;      // a text object so far
    int depth_ = 0;         // of tags and marks
    bool in_text_ = false, in_path_ = false;
};

}  // namespace

void mark_artifacts(QPDF& file) {
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(file).getAllPages())
        page.addContentTokenFilter(std::make_shared<Marker>());
}

}  // namespace sipdex::paint
