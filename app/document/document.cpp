#include "document/document.h"

#include <algorithm>

namespace sipdex::document {

Text plain(std::string words) { return {{{std::move(words)}}, {}, false}; }

Text wire(std::string octets) { return {{{std::move(octets), Span::Style::wire}}, {}, false}; }

Text link(std::string words, Target target) {
    return {{{std::move(words), Span::Style::plain, std::move(target)}}, {}, false};
}

std::string words_of(const Text& text) {
    std::string words;
    for (const Span& span : text.spans) words += span.text;
    return words;
}

std::string url_of(const ToRfc& rfc) {
    std::string url = "https://www.rfc-editor.org/rfc/rfc" + std::to_string(rfc.number);
    if (!rfc.section.empty()) url += "#section-" + rfc.section;
    return url;
}

bool has_tree(const Document& document) {
    return std::ranges::any_of(document.sections, [](const Section& section) {
        return std::ranges::any_of(section.blocks,
                                   [](const Block& block) { return std::holds_alternative<Tree>(block); });
    });
}

const char* shape_of(int code) {
    static constexpr const char* shapes[] = {"○", "✓", "↷", "▲", "■", "⬣"};
    const int digit = code / 100;
    return digit >= 1 && digit <= 6 ? shapes[digit - 1] : "·";
}

const char* sign_of(FactTable::Verdict verdict) {
    switch (verdict) {
        case FactTable::Verdict::yes: return "✓";
        case FactTable::Verdict::no: return "✕";
        case FactTable::Verdict::on_condition: return "◐";
        case FactTable::Verdict::none: break;
    }
    return "";
}

}  // namespace sipdex::document
