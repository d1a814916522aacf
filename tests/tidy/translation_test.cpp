// What a translation has in common with its English source, whatever its words: links, cited sections, what stands on
// the wire, numbers, arguments; and that it is the translation of this text, not of the one beside it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <map>
#include <regex>
#include <set>
#include <unordered_map>

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

// The words of a text by how they begin, folded, each once.
std::vector<std::string> beginnings_of(const std::string& text) {
    static constexpr std::size_t least = 3, longest = 5;
    std::set<std::string> found;
    std::string word;
    for (const char c : language::folded(text) + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '.') {
            word += c;
            continue;
        }
        if (word.size() >= least) found.insert(word.substr(0, longest));
        word.clear();
    }
    return {found.begin(), found.end()};
}

// Two languages as sets of words that stand in the same texts. Nobody says what "caller" is in French: wherever it stands
// in an English text, "appelant" stands in the French one.
class Learnt {
public:
    // A text in both languages, its words as numbers.
    struct Text {
        std::vector<std::uint32_t> english, other;
        double english_length = 0, other_length = 0;  // in characters
    };

    Text learn(const std::string& english, const std::string& other) {
        Text text{numbered(english), numbered(other), length_of(english), length_of(other)};
        for (const std::uint32_t word : text.english) ++in_english_[word];
        for (const std::uint32_t word : text.other) ++in_other_[word];
        for (const std::uint32_t one : text.english)
            for (const std::uint32_t word : text.other) ++together_[pair_of(one, word)];
        return text;
    }

    // By how much two texts fit their translations better than each other's: below 0 they look exchanged. What these two
    // have taught is left out.
    double better_kept(const Text& one, const Text& next) const {
        const std::array<const Text*, 2> out{&one, &next};
        return fit(one, one, out) + fit(next, next, out) - fit(one, next, out) - fit(next, one, out);
    }

private:
    static std::uint64_t pair_of(std::uint32_t english, std::uint32_t other) {
        return std::uint64_t(english) << 32 | other;
    }
    static double length_of(const std::string& text) {
        return double(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
    }

    std::vector<std::uint32_t> numbered(const std::string& text) {
        std::vector<std::uint32_t> numbers;
        for (const std::string& word : beginnings_of(text))
            numbers.push_back(numbers_.try_emplace(word, std::uint32_t(numbers_.size())).first->second);
        std::ranges::sort(numbers);
        return numbers;
    }

    // From 0, never in the same text, to 1, always.
    double likeness(std::uint32_t english, std::uint32_t other, const std::array<const Text*, 2>& out) const {
        const auto both = together_.find(pair_of(english, other));
        if (both == together_.end()) return 0;
        int together = both->second, alone = in_english_.at(english), beside = in_other_.at(other);
        for (const Text* text : out) {
            const bool here = std::ranges::binary_search(text->english, english),
                       there = std::ranges::binary_search(text->other, other);
            alone -= here, beside -= there, together -= here && there;
        }
        return together > 0 ? 2.0 * together / (alone + beside) : 0;
    }

    // How well the English of one text and the words of another go together.
    double fit(const Text& english, const Text& other, const std::array<const Text*, 2>& out) const {
        constexpr double longer = 1.15;  // than English, as a rule
        constexpr double weight = 0.3;   // of the lengths
        const double length = std::abs(std::log((other.other_length + 5) / (longer * english.english_length + 5)));
        if (english.english.empty() || other.other.empty()) return -weight * length;
        double from = 0, to = 0;
        for (const std::uint32_t one : english.english) {
            double best = 0;
            for (const std::uint32_t word : other.other) best = std::max(best, likeness(one, word, out));
            from += best;
        }
        for (const std::uint32_t word : other.other) {
            double best = 0;
            for (const std::uint32_t one : english.english) best = std::max(best, likeness(one, word, out));
            to += best;
        }
        return from / double(english.english.size()) + to / double(other.other.size()) - weight * length;
    }

    std::map<std::string, std::uint32_t> numbers_;
    std::unordered_map<std::uint32_t, int> in_english_, in_other_;
    std::unordered_map<std::uint64_t, int> together_;
};

constexpr double nearly = 0.1;  // what chance can do

}  // namespace

// Two texts that change places keep every other rule of this file. Of all neighbours that do, this finds 399 in 400.
TEST_CASE("a translation is nearer to its own English than to its neighbour's") {
    const std::set<std::string> fine = {"fr messages window_forward"};  // of two words that stand nowhere else
    for (const std::string& language : translations()) {
        const std::vector<Translated> all = translated(language);
        Learnt learnt;
        std::vector<Learnt::Text> texts;
        for (const Translated& one : all) texts.push_back(learnt.learn(one.english, one.text));
        int looked_at = 0, found = 0;  // when they are exchanged
        for (std::size_t i = 1; i < all.size(); ++i) {
            const Translated &one = all[i - 1], &next = all[i];
            if (one.where != next.where || one.text == next.text || fine.contains(one.where + " " + one.key)) continue;
            const double better = learnt.better_kept(texts[i - 1], texts[i]);
            CHECK_MESSAGE(better > -nearly, one.where, ": ‘", one.key, "’ and ‘", next.key, "’ look exchanged: “",
                          one.text.substr(0, 80), "”");
            ++looked_at, found += better > nearly;
        }
        CHECK_MESSAGE(found > looked_at * 99 / 100, language, ": of ", looked_at, " exchanges ", found, " are found");
    }
}
