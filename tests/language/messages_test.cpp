#include "language/messages.h"

#include <doctest/doctest.h>

using namespace sipdex::language;

namespace {

const std::vector<Pattern> english = {
    {"bye", "Good-bye"},
    {"found", "{count, plural, one {# code} other {# codes}} for {name}"},
    {"since", "{seconds, number, ::.000} s"},
};
const std::vector<Pattern> french = {
    {"found", "{count, plural, one {# code} other {# codes}} pour {name}"},
    {"since", "{seconds, number, ::.000}\u00a0s"},
};

}  // namespace

TEST_CASE("a sentence follows the plural and the numbers of its language") {
    const Messages en("en", english, english), fr("fr", french, english);
    CHECK(en.sentence("found", {{"count", 1L}, {"name", "x"}}) == "1 code for x");
    CHECK(en.sentence("found", {{"count", 0L}, {"name", "x"}}) == "0 codes for x");
    CHECK(fr.sentence("found", {{"count", 0L}, {"name", "x"}}) == "0 code pour x");
    CHECK(fr.sentence("since", {{"seconds", 0.204}}) == "0,204\u00a0s");
}

TEST_CASE("what a language lacks is said in English, and a missing message shows its key") {
    const Messages fr("fr", french, english);
    CHECK(fr.sentence("bye") == "Good-bye");
    CHECK_FALSE(fr.translated("bye"));
    CHECK(fr.translated("found"));
    CHECK(fr.sentence("nonsense") == "<nonsense>");
}

TEST_CASE("codes keep their digits in every language") {
    const std::vector<Pattern> arabic = {{"n", "{count, plural, other {#}}"}};
    CHECK(Messages("ar", arabic, english).sentence("n", {{"count", 607L}}) == "607");
}

TEST_CASE("a pattern names its arguments and their kinds, or what is wrong with it") {
    const auto found = arguments_of("{count, plural, one {# of {name}} other {# of {name}}} in {seconds, number, 0.0}");
    REQUIRE(found.arguments.size() == 3);
    CHECK(found.arguments[0].name == "count");
    CHECK(found.arguments[0].kind == PatternArguments::Kind::count);
    CHECK(found.arguments[1].kind == PatternArguments::Kind::text);
    CHECK(found.arguments[2].kind == PatternArguments::Kind::decimal);
}

TEST_CASE("a select names its branches, wherever they stand") {
    const auto found = arguments_of(
        "{kind, select, own {{text, select, yes {a} other {b}}} other {{kind, select, late {c} other {}}}}");
    REQUIRE(found.arguments.size() == 2);
    CHECK(found.arguments[0].branches == std::vector<std::string>{"late", "other", "own"});
    CHECK(found.arguments[1].branches == std::vector<std::string>{"other", "yes"});
}

TEST_CASE("what is wrong with a pattern is said to a translator, not to a programmer") {
    CHECK(
        arguments_of("{count, plural, one {x}").problem ==
        "cannot be read: a {, a } or a branch such as 'other {…}' is missing or too much, near “unt, plural, one {x}”");
    CHECK(arguments_of("{name").problem == "has a { without its }, near “{name”");
    CHECK(arguments_of("{count, plural, one {x}}").problem ==
          "has a select or plural without the branch 'other {…}', near “{count, plural, one {x}}”");
    CHECK(arguments_of("{digit, selct, 1 {first} other {none}}").problem ==
          "formats {digit} as 'selct'; there are 'number', 'plural' and 'select'");
    CHECK(arguments_of("one } too many {count}").problem == "");
}
