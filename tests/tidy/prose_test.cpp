// What must hold for every text of the catalog, whoever writes it.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/text.h"
#include "tidy/sources.h"

using namespace sipdex;
using test::model;

namespace {

bool ends_like_a_sentence(const std::string& key) {
    return key != "gloss" && key != "name" && key != "title" && key != "says" && !key.ends_with(".aspect") &&
           key.find(".answer.") == std::string::npos;
}

std::vector<std::string> wire_words(const std::string& text) {
    std::vector<std::string> found;
    static const std::regex ticks("`([^`]+)`");
    for (std::sregex_iterator at(text.begin(), text.end(), ticks), end; at != end; ++at)
        found.push_back("`" + (*at)[1].str() + "`");
    return found;
}

template <typename Check>
void each_text(const std::string& language, Check check) {
    for (const auto& [name, subject] : model().words.at(language))
        for (const compile::Words& words : subject.words) check(name + " " + words.key, words.key, words.value.text);
}

}  // namespace

TEST_CASE("every text ends like a sentence") {
    for (const std::string& language : model().languages)
        each_text(language, [&](const std::string& where, const std::string& key, std::string text) {
            if (!ends_like_a_sentence(key)) return;
            while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
            static const std::regex ending(
                "(\\.|\\?|!|…|:)(”|\u00a0»|\\)|`|\\*|\\})*$");  // the last branch of a choice, too
            const bool ended = std::regex_search(text, ending);
            CHECK_MESSAGE(ended, language, " ", where, ": ", text.substr(text.size() > 40 ? text.size() - 40 : 0));
        });
}

TEST_CASE("no word stands twice in a row") {
    static const std::set<std::string> fine = {"nous", "vous", "faire", "had", "that"};
    for (const std::string& language : model().languages)
        each_text(language, [&](const std::string& where, const std::string&, const std::string& text) {
            std::istringstream words(text);
            for (std::string word, last; words >> word; last = word)
                if (word == last && word.size() > 1 && !std::ispunct(static_cast<unsigned char>(word.back())) &&
                    !fine.contains(word))
                    FAIL_CHECK(language, " ", where, ": '", word, "' twice");
        });
}

TEST_CASE("straight quotes and apostrophes stand only on the wire") {
    for (const std::string& language : model().languages)
        each_text(language, [&](const std::string& where, const std::string&, const std::string& text) {
            const std::string prose = std::regex_replace(text, std::regex("`[^`]*`"), "");
            CHECK_MESSAGE(prose.find_first_of("'\"") == std::string::npos, language, " ", where);
        });
}

TEST_CASE("French punctuation has its spaces") {
    each_text("fr", [&](const std::string& where, const std::string&, const std::string& text) {
        // What is on the wire, and how a number is written: "{seconds, number, ::.0}".
        const std::string prose = std::regex_replace(text, std::regex("`[^`]*`|, ::"), "x");
        for (const std::string sign : {";", ":", "!", "?", "»"})
            CHECK_MESSAGE(prose.find(" " + sign) == std::string::npos, where, ": a plain space before '", sign,
                          "' may break the line");
        CHECK_MESSAGE(prose.find("« ") == std::string::npos, where, ": a plain space after « may break the line");
        for (std::size_t at = prose.find_first_of(";!?"); at != std::string::npos;
             at = prose.find_first_of(";!?", at + 1)) {
            const std::string_view before = std::string_view(prose).substr(0, at);
            CHECK_MESSAGE((before.ends_with("\u202f") || before.ends_with("\u00a0")), where,
                          ": a space is missing before '", prose.substr(at, 1), "'");
        }
    });
}

TEST_CASE("what stands on the wire is the same in every language") {
    for (const std::string& language : model().languages) {
        if (language == "en") continue;
        each_text(language, [&](const std::string& where, const std::string& key, const std::string& text) {
            const compile::Subject* english = model().subject("en", where.substr(0, where.find(' ')));
            const compile::Words* source = english ? english->find(key) : nullptr;
            if (!source) return;
            const std::string difference =
                test::difference_of(wire_words(source->value.text), wire_words(text), "English", language);
            CHECK_MESSAGE(difference == "", language, " ", where, ": ", difference);
        });
    }
}

TEST_CASE("no two texts of one response are the same") {
    for (const std::string& language : model().languages)
        for (const auto& named : model().words.at(language)) {
            std::set<std::string> seen;
            if (named.first.starts_with("response/"))
                for (const compile::Words& words : named.second.words)
                    CHECK_MESSAGE(seen.insert(words.value.text).second, language, " ", named.first, " ", words.key,
                                  " repeats another text");
        }
}

TEST_CASE("every English text has its counterpart in French") {
    for (const auto& named : model().words.at("en")) {
        const compile::Subject* french = model().subject("fr", named.first);
        REQUIRE_MESSAGE(french, named.first);
        for (const compile::Words& words : named.second.words)
            if (!words.key.starts_with("symptoms")) CHECK_MESSAGE(french->find(words.key), named.first, " ", words.key);
    }
}

TEST_CASE("no English is left in French") {
    static const std::regex english(
        "(^|[^A-Za-z-])(the|and|with|which|when|is|are|of|not|from|this|that|because|without|into|their|has|have|was|"
        "will|your|it|for)([^A-Za-z-]|$)");
    static const std::regex quoted(
        "`[^`]*`|\\[\\[[^\\]|]*\\||«.*?»|“.*?”|\\{[a-z_]+[,}]");  // the wire, ids, names in their own language, arguments
    each_text("fr", [&](const std::string& where, const std::string& key, const std::string& text) {
        if (key.starts_with("symptoms")) return;  // what a log says, in whatever language
        std::smatch found;
        std::string prose = std::regex_replace(text, quoted, "");
        std::replace_if(
            prose.begin(), prose.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
            'x');  // "noté" holds no "not"
        CHECK_MESSAGE(!std::regex_search(prose, found, english), where, ": ‘", found.str(2), "’ in “",
                      prose.substr(0, 120), "”");
    });
}

namespace {

// How often each strength of RFC 2119 is stressed in a text, by the words of a language.
std::map<std::string, int> strengths(const std::string& text, const std::map<std::string, std::regex>& words) {
    std::map<std::string, int> found;
    static const std::regex stressed("\\*([^*]+)\\*");
    for (std::sregex_iterator at(text.begin(), text.end(), stressed), end; at != end; ++at)
        for (const auto& [strength, word] : words)
            if (std::regex_search((*at)[1].str(), word)) ++found[strength];
    return found;
}

std::regex any_of(const char* words) {
    return std::regex(std::string("(^|[ ’])(") + words + ")( |$)", std::regex::icase);
}

const std::map<std::string, std::regex>& english_strengths() {
    static const std::map<std::string, std::regex> words = {
        {"must", any_of("must|requires?|required|forbids?|forbidden")},
        {"should", any_of("should|recommends?|recommended")},
        {"may", any_of("may|optional|allows?|permits?")}};
    return words;
}

const std::map<std::string, std::regex>& french_strengths() {
    static const std::map<std::string, std::regex> words = {
        {"must", any_of("must|doit|doivent|devra|devront|devez|obligatoires?|impérativement|exige|exigent|impose|"
                        "imposent|interdit|interdisent")},
        {"should", any_of("should|devrait|devraient|devriez|recommandée?s?|recommande|recommandent")},
        {"may",
         any_of("may|peut|peuvent|pouvez|pourra|pourront|facultatifs?|facultatives?|permet|permettent|autorise")}};
    return words;
}

}  // namespace

TEST_CASE("a must stays a must in translation") {
    each_text("fr", [&](const std::string& where, const std::string& key, const std::string& text) {
        const compile::Subject* english = model().subject("en", where.substr(0, where.find(' ')));
        const compile::Words* source = english ? english->find(key) : nullptr;
        if (source)
            CHECK_MESSAGE(strengths(text, french_strengths()) == strengths(source->value.text, english_strengths()),
                          where);
    });
}

TEST_CASE("a text that opens with a header field's strength has the one of the facts") {
    for (const auto& told : model().responses)
        for (const catalog::HeaderFact& header : told.fact.headers)
            for (const std::string language : {"en", "fr"}) {
                const compile::Subject* subject = model().subject(language, "response/" + told.fact.id);
                const compile::Words* words = subject ? subject->find("header." + header.name) : nullptr;
                if (!words || words->value.text[0] != '*') continue;
                const std::string opening = words->value.text.substr(0, words->value.text.find('*', 1) + 1);
                for (const auto& [strength, count] :
                     strengths(opening, language == "en" ? english_strengths() : french_strengths()))
                    CHECK_MESSAGE(strength == header.strength, language, " ", told.fact.id, " ", header.name, ": ",
                                  opening, " but the facts say ", header.strength);
            }
}

namespace {

// "must not" and "must" apart, in the order of the text.
std::string strengths_in_order(const std::string& text) {
    static const std::regex stressed("\\*([^*]+)\\*"),
        word(
            "(^| "
            ")(must|should|may|requires?|required|forbids?|forbidden|recommends?|recommended|optional|allows?|permits?)"
            "( not)?( |$)",
            std::regex::icase);
    std::string out;
    for (std::sregex_iterator at(text.begin(), text.end(), stressed), end; at != end; ++at) {
        const std::string inside = (*at)[1];
        if (std::smatch found; std::regex_search(inside, found, word)) {
            std::string strength = found[2].str() + found[3].str();
            std::ranges::transform(strength, strength.begin(),
                                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
            out += (out.empty() ? "" : ", ") + strength;
        }
    }
    return out;
}

std::string sections_of(const std::string& text) {
    static const std::regex cited("RFC \\d+(?: §[0-9A-Z]+(?:\\.[0-9A-Z]+)*)?|§[0-9A-Z]+(?:\\.[0-9A-Z]+)*");
    std::string out;
    for (std::sregex_iterator at(text.begin(), text.end(), cited), end; at != end; ++at)
        out += (out.empty() ? "" : ", ") + at->str();
    return out;
}

}  // namespace

TEST_CASE("no edit of the words loses or moves a strength or a section") {
    std::vector<std::string> lines;
    each_text("en", [&](const std::string& where, const std::string&, const std::string& text) {
        const std::string strengths = strengths_in_order(text), sections = sections_of(text);
        if (!strengths.empty() || !sections.empty())
            lines.push_back(where + " | " + strengths + " | " + sections + "\n");
    });
    std::ranges::sort(lines);
    std::string ledger;
    for (const std::string& line : lines) ledger += line;
    CHECK(test::difference_from_expected("tidy/strengths.txt", ledger) == "");
}
