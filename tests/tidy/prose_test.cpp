// What must hold for every text of the catalog, whoever writes it.
#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <sstream>

#include "compile/compile.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const compile::Model& model() {
    static const compile::Model read = [] {
        source::Problems problems;
        compile::Model whole = compile::read(SIPDEX_SOURCE_DIR, problems);
        REQUIRE_MESSAGE(problems.empty(), problems.printed());
        return whole;
    }();
    return read;
}

bool ends_like_a_sentence(const std::string& key) {
    return key != "gloss" && key != "name" && key != "title" && key != "says" && !key.ends_with(".aspect") && key.find(".answer.") == std::string::npos;
}

std::multiset<std::string> wire_words(const std::string& text) {
    std::multiset<std::string> found;
    static const std::regex ticks("`([^`]+)`");
    for (std::sregex_iterator at(text.begin(), text.end(), ticks), end; at != end; ++at) found.insert((*at)[1]);
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
            static const std::regex ending("(\\.|\\?|!|…|:)(”|\u00a0»|\\)|`|\\*)*$");
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
                if (word == last && word.size() > 1 && !std::ispunct(static_cast<unsigned char>(word.back())) && !fine.contains(word))
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
        const std::string prose = std::regex_replace(text, std::regex("`[^`]*`"), "x");
        for (const std::string sign : {";", ":", "!", "?", "»"})
            CHECK_MESSAGE(prose.find(" " + sign) == std::string::npos, where, ": a plain space before '", sign, "' may break the line");
        CHECK_MESSAGE(prose.find("« ") == std::string::npos, where, ": a plain space after « may break the line");
        for (std::size_t at = prose.find_first_of(";!?"); at != std::string::npos; at = prose.find_first_of(";!?", at + 1)) {
            const std::string_view before = std::string_view(prose).substr(0, at);
            CHECK_MESSAGE((before.ends_with("\u202f") || before.ends_with("\u00a0")), where, ": a space is missing before '", prose.substr(at, 1), "'");
        }
    });
}

TEST_CASE("what stands on the wire is the same in every language") {
    for (const std::string& language : model().languages) {
        if (language == "en") continue;
        each_text(language, [&](const std::string& where, const std::string& key, const std::string& text) {
            const compile::Subject* english = model().subject("en", where.substr(0, where.find(' ')));
            const compile::Words* source = english ? english->find(key) : nullptr;
            if (source) CHECK_MESSAGE(wire_words(text) == wire_words(source->value.text), language, " ", where);
        });
    }
}

TEST_CASE("no two texts of one response are the same") {
    for (const std::string& language : model().languages)
        for (const auto& [name, subject] : model().words.at(language)) {
            std::set<std::string> seen;
            if (name.starts_with("response/"))
                for (const compile::Words& words : subject.words)
                    CHECK_MESSAGE(seen.insert(words.value.text).second, language, " ", name, " ", words.key, " repeats another text");
        }
}

TEST_CASE("the 24 first responses and the 9 first pairs are whole in English and French") {
    for (const std::string language : {"en", "fr"}) {
        for (const char* code : {"100", "180", "183", "200", "300", "301", "302", "401", "403", "404", "407", "408", "480", "486", "487", "488", "500", "503", "600", "603", "604", "606", "607", "608"}) {
            const compile::Subject* words = model().subject(language, std::string("response/") + code);
            REQUIRE_MESSAGE(words, language, " ", code);
            CHECK_MESSAGE(words->words.size() == model().subject("en", std::string("response/") + code)->words.size(), language, " ", code);
        }
        for (const char* pair : {"300-607", "300-302", "401-407", "404-604", "480-486", "486-600", "488-606", "603-607", "607-608"})
            CHECK_MESSAGE(model().subject(language, std::string("pair/") + pair), language, " ", pair);
    }
}
