#include "language/locale.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace sipdex::language;

TEST_CASE("a tag is taken in any usual spelling, and a word that is none is refused") {
    CHECK(canonical("fr") == "fr");
    CHECK(canonical("FR_ca") == "fr-CA");
    CHECK(canonical("zh-hant-tw") == "zh-Hant-TW");
    CHECK_FALSE(canonical("french please"));
    CHECK_FALSE(canonical("fr-!!"));
    CHECK_FALSE(canonical(""));
}

TEST_CASE("a reader is served the nearest language on offer") {
    const std::vector<std::string> offered = {"en", "fr"};
    CHECK(best_match("fr-CA", offered) == "fr");
    CHECK(best_match("en-AU", offered) == "en");
    CHECK_FALSE(best_match("ja", offered));
}

TEST_CASE("the environment's language is found where POSIX has it") {
    const auto tag_for = [](const char* all, const char* lang) {
        setenv("LC_ALL", all, 1);
        setenv("LANG", lang, 1);
        unsetenv("LC_MESSAGES");
        const std::string tag = tag_of_environment();
        unsetenv("LC_ALL");
        unsetenv("LANG");
        return tag;
    };
    CHECK(tag_for("", "fr_CA.UTF-8") == "fr-CA");
    CHECK(tag_for("de_DE@euro", "fr_FR") == "de-DE");
    CHECK(tag_for("C", "fr_FR") == "en");
    CHECK(tag_for("", "") == "en");
}

TEST_CASE("languages call themselves by their own name and sort by their own rules") {
    CHECK(own_name("fr") == "français");
    CHECK(is_right_to_left("ar"));
    CHECK_FALSE(is_right_to_left("fr"));
    std::vector<std::string> words = {"zèbre", "étape", "eau"};
    sort_for_reader(words, "fr");
    CHECK(words == std::vector<std::string>{"eau", "étape", "zèbre"});
    CHECK(number_for_reader(2775, "en") == "2,775");
}
