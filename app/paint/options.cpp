#include "paint/options.h"

#include <fmt/format.h>

#include <algorithm>

namespace sipdex::paint {

std::string page_of(const PaintWords& words, int page, int pages) {
    return words.page_of ? words.page_of(page, pages) : fmt::format("{} / {}", page, pages);
}

std::string time_of(const PaintWords& words, const document::Rung& rung) {
    if (rung.untimed) return {};
    return words.time ? words.time(rung.at) : fmt::format("{:.3f} s", static_cast<double>(rung.at.count()) / 1e6);
}

std::string remark_on(const document::Text& text, const document::Document& in, const PaintWords& words) {
    if (text.empty()) return {};
    if (!text.language.empty() && text.language != in.language) return words.not_translated;
    return text.outdated ? words.outdated : std::string{};
}

document::Text shown(const document::Text& text, const document::Document& in, const PaintWords& words) {
    document::Text result = text;
    if (const std::string remark = remark_on(text, in, words); !remark.empty()) {
        result.spans.push_back({" [" + remark + "]"});
    }
    return result;
}

std::vector<const document::Section*> in_reading_order(const document::Document& document) {
    std::vector<const document::Section*> sections;
    for (const document::Section& section : document.sections) sections.push_back(&section);
    std::stable_partition(sections.begin(), sections.end(),
                          [](const document::Section* section) { return section->at_a_glance; });
    return sections;
}

std::string code_and_phrase(const document::Masthead& masthead) {
    return masthead.code == 0 ? masthead.phrase : fmt::format("{} {}", masthead.code, masthead.phrase);
}

std::string joined_by_dots(const std::vector<std::string>& parts) {
    std::string joined;
    for (const std::string& part : parts)
        if (!part.empty()) joined += (joined.empty() ? "" : " · ") + part;
    return joined;
}

}  // namespace sipdex::paint
