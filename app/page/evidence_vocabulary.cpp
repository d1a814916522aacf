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

}  // namespace sipdex::page
