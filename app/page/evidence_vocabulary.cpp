#include "page/evidence_vocabulary.h"

namespace sipdex::page {

evidence::Vocabulary vocabulary_of(const Reader& reader) {
    evidence::Vocabulary vocabulary;
    for (const std::string& name : reader.catalog.entries("header")) vocabulary.add_field(name);
    for (const catalog::ListedResponse& listed : reader.catalog.responses("en"))
        vocabulary.add_phrase(listed.code, listed.phrase);
    for (const catalog::Speaker& speaker : reader.catalog.speakers())
        for (const catalog::Speaker::Phrase& phrase : speaker.phrases) {
            if (phrase.text.find_first_of("*#@") != std::string::npos) continue;
            if (phrase.in == "number") vocabulary.add_own_number(phrase.text);
            if (phrase.in == "name") vocabulary.add_name(phrase.cause, phrase.text);
        }
    return vocabulary;
}

std::vector<std::string> published_texts(const catalog::Catalog& catalog) {
    std::vector<std::string> all;
    for (const catalog::ListedResponse& listed : catalog.responses("en")) all.push_back(listed.phrase);
    for (const char* kind : {"cause", "warning", "reason"})
        for (const std::string& name : catalog.entries(kind))
            if (const auto entry = catalog.entry(kind, name)) all.push_back(entry->title);
    const auto add = [&](const std::string& in, const std::string& text) {
        for (const char* place : {"phrase", "trying", "reason-text", "warning-text", "name", "field"})
            if (in == place) all.push_back(text);
    };
    for (const catalog::Speaker& speaker : catalog.speakers()) {
        for (const catalog::Speaker::Sign& sign : speaker.signs) add(sign.in, sign.pattern);
        for (const catalog::Speaker::Phrase& phrase : speaker.phrases) add(phrase.in, phrase.text);
    }
    return all;
}

}  // namespace sipdex::page
