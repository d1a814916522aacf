// What a translation has in common with its English source, whatever its words: links, cited sections, what stands on
// the wire, numbers, arguments; and that it is the translation of this text, not of the one beside it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <set>

#include "document/markup.h"
#include "language/fold.h"
#include "language/messages.h"
#include "support/text.h"
#include "tidy/sources.h"

using namespace sipdex;
using test::difference_of;
using test::model;

namespace {

struct Translated {
    std::string where, key, english, text;
    bool outdated = false;
};

// Every text of a language that English has, in the order of its file; the interface's after all others.
std::vector<Translated> translated(const std::string& language) {
    std::vector<Translated> all;
    for (const auto& [name, subject] : model().words.at(language))
        for (const compile::Words& words : subject.words) {
            const compile::Subject* english = model().subject("en", name);
            const compile::Words* source = english ? english->find(words.key) : nullptr;
            if (source)
                all.push_back({language + " " + name, words.key, source->value.text, words.value.text, words.outdated});
        }
    std::vector<std::pair<std::string, compile::InterfaceMessage>> messages(model().interface.at(language).begin(),
                                                                            model().interface.at(language).end());
    std::ranges::sort(messages, {}, [](const auto& message) { return message.second.place.line; });
    for (const auto& [key, message] : messages)
        all.push_back({language + " messages", key, model().interface.at("en").at(key).pattern, message.pattern});
    return all;
}

std::vector<std::string> translations() {
    std::vector<std::string> tags = model().languages;
    std::erase(tags, "en");
    return tags;
}

// "[603]", "[[dialog]]", "RFC 3261 §21.6.2"; the words under which a link stands are the language's own.
std::vector<std::string> links_in(const std::string& markup) {
    std::vector<std::string> found;
    for (const document::Text& paragraph :
         document::parse_markup(markup, [](const document::Target&) { return "name"; }).paragraphs)
        for (const document::Span& span : paragraph.spans) {
            if (const auto* response = std::get_if<document::ToResponse>(&span.target))
                found.push_back("[" + response->id + "]");
            if (const auto* term = std::get_if<document::ToTerm>(&span.target)) found.push_back("[[" + term->id + "]]");
            if (const auto* rfc = std::get_if<document::ToRfc>(&span.target))
                found.push_back("RFC " + std::to_string(rfc->number) +
                                (rfc->section.empty() ? "" : " §" + rfc->section));
        }
    return found;
}

// Whether a text is about this code: "603" of "response/603", "pair/403-603", "exchange/603-declined".
bool is_its_own(const Translated& one, const std::string& number) {
    const std::string subject = one.where.substr(one.where.find('/') + 1);
    return std::regex_search(subject, std::regex("(^|-)" + number + "(-|$)"));
}

// Numbers in the prose, "1,000" and "1 000" as 1000, "0.5" and "0,5" as 0.5. The subject's own codes are left out: one
// language repeats them where another says "it".
std::vector<std::string> numbers_in(const Translated& one, const std::string& markup) {
    static const std::regex apart(
        "`[^`]*`|\\[\\[[^\\]]*\\]\\]|\\[[^\\]]*\\]|RFC(?: |\u00a0)\\d+(?:(?: |\u00a0)§[0-9A-Z.]+)?|§[0-9A-Z.]+"),
        thousands("(\\d)(?:\u202f|\u00a0|,|\\.)(\\d\\d\\d)(?!\\d)"), fraction("(\\d),(\\d)"),
        number("(^|[^A-Za-z0-9.])(\\d+(?:\\.\\d+)*)");
    std::string prose = std::regex_replace(markup, apart, " ");
    prose = std::regex_replace(prose, thousands, "$1$2");
    prose = std::regex_replace(prose, fraction, "$1.$2");
    std::vector<std::string> found;
    for (std::sregex_iterator at(prose.begin(), prose.end(), number), end; at != end; ++at)
        if (!is_its_own(one, std::regex_replace((*at)[2].str(), std::regex("\\."), "\\."))) found.push_back((*at)[2]);
    return found;
}

std::vector<std::string> wire_in(const std::string& markup) {
    static const std::regex ticks("`([^`]+)`");
    std::vector<std::string> found;
    for (std::sregex_iterator at(markup.begin(), markup.end(), ticks), end; at != end; ++at)
        found.push_back("`" + (*at)[1].str() + "`");
    return found;
}

// Each use of each argument. Messages that choose among words are left out: what they choose from looks like arguments.
std::vector<std::string> arguments_in(const std::string& pattern) {
    std::vector<std::string> found;
    if (pattern.find(", select,") != std::string::npos || pattern.find(", plural,") != std::string::npos) return found;
    static const std::regex argument("\\{(\\w+)\\}");
    for (std::sregex_iterator at(pattern.begin(), pattern.end(), argument), end; at != end; ++at)
        found.push_back((*at)[0]);
    return found;
}

}  // namespace

TEST_CASE("a translation leads to the same pages and cites the same sections as English") {
    for (const std::string& language : translations())
        for (const Translated& one : translated(language)) {
            const std::string difference =
                difference_of(links_in(one.english), links_in(one.text), "English", language);
            CHECK_MESSAGE(difference == "", one.where, " ", one.key, ": ", difference);
        }
}

TEST_CASE("a translation has the numbers of English") {
    // "a lifetime of 0" is "une durée nulle".
    const std::set<std::string> in_words = {"fr speaker/flexisip phrase.register-invalid",
                                            "fr speaker/kamailio phrase.register-star-expires"};
    for (const std::string& language : translations())
        for (const Translated& one : translated(language)) {
            if (in_words.contains(one.where + " " + one.key)) continue;
            const std::string difference =
                difference_of(numbers_in(one, one.english), numbers_in(one, one.text), "English", language);
            CHECK_MESSAGE(difference == "", one.where, " ", one.key, ": ", difference);
        }
}

TEST_CASE("a message of the interface has the arguments and the wire words of English, each as often") {
    for (const std::string& language : translations())
        for (const Translated& one : translated(language)) {
            if (!one.where.ends_with(" messages")) continue;
            // An example of a language is one of the reader's own; one sentence says "il" where English repeats a name.
            if (one.key == "sip_fault_language" || one.key == "decision_503_becomes_500") continue;
            const std::string arguments =
                difference_of(arguments_in(one.english), arguments_in(one.text), "English", language);
            CHECK_MESSAGE(arguments == "", one.where, " ", one.key, ": ", arguments);
            const std::string wire = difference_of(wire_in(one.english), wire_in(one.text), "English", language);
            CHECK_MESSAGE(wire == "", one.where, " ", one.key, ": ", wire);
        }
}

TEST_CASE("no translation is older than its English, and each has its stamp") {
    for (const std::string& language : translations()) {
        const std::string stamps =
            test::content_of(std::filesystem::path(SIPDEX_SOURCE_DIR) / "i18n" / language / "stamps.toml");
        for (const Translated& one : translated(language)) {
            if (one.where.ends_with(" messages")) continue;
            const std::string name = one.where.substr(language.size() + 1) + " " + one.key;
            CHECK_MESSAGE(stamps.find("\"" + name + "\" = ") != std::string::npos, language, " ", name,
                          " has no stamp: sipdex-catalog stamp . ", language);
            CHECK_MESSAGE(!one.outdated, language, " ", name, ": the English has changed to “", one.english, "”");
        }
    }
}

namespace {

// How the words of a text begin: many words of two languages, and all names, begin alike.
std::map<std::string, int> beginnings_of(const std::string& text) {
    static const std::regex word("[a-z0-9§.-]{3,}");
    std::map<std::string, int> found;
    const std::string folded = language::folded(text);
    for (std::sregex_iterator at(folded.begin(), folded.end(), word), end; at != end; ++at)
        ++found[at->str().substr(0, 4)];
    return found;
}

// A text as it is compared with others.
struct Measured {
    std::map<std::string, int> beginnings;
    double words = 0, length = 0;
    explicit Measured(const std::string& text)
        : beginnings(beginnings_of(text)),
          length(double(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }))) {
        for (const auto& [beginning, count] : beginnings) words += count;
    }
};

// Between 1, alike in words and length, and far below 0.
double likeness(const Measured& english, const Measured& other) {
    double shared = 0;
    for (const auto& [beginning, count] : english.beginnings)
        if (const auto found = other.beginnings.find(beginning); found != other.beginnings.end())
            shared += std::min(count, found->second);
    const double alike = english.words + other.words > 0 ? 2 * shared / (english.words + other.words) : 0;
    const double longer = 1.15;  // than English, as a rule
    return alike - 0.6 * std::abs(std::log((other.length + 5) / (longer * english.length + 5)));
}

}  // namespace

// Two texts that change places keep every other rule of this file. Of all neighbours that do, this finds 19 in 20.
TEST_CASE("a translation is nearer to its own English than to its neighbour's") {
    const std::set<std::string> fine = {"fr messages window_forward",
                                        "fr messages section_headers"};  // few words, and "page" or "et" in the other
    for (const std::string& language : translations()) {
        std::string last_where, last_key;
        std::vector<Measured> last;
        for (const Translated& one : translated(language)) {
            const std::vector<Measured> now = {Measured(one.english), Measured(one.text)};
            if (one.where == last_where && !fine.contains(last_where + " " + last_key)) {
                const double kept = likeness(last[0], last[1]) + likeness(now[0], now[1]);
                const double exchanged = likeness(last[0], now[1]) + likeness(now[0], last[1]);
                CHECK_MESSAGE(kept - exchanged > -0.2, one.where, ": ‘", last_key, "’ and ‘", one.key,
                              "’ look exchanged: “", one.text.substr(0, 80), "”");
            }
            last_where = one.where, last_key = one.key, last = now;
        }
    }
}
