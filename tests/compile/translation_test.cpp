#include <doctest/doctest.h>

#include "compile/compile.h"
#include "support/small_catalog.h"

using namespace sipdex;
using test::busy_sources;
using test::problems_in;

namespace {

std::string waiting_in(const test::Sources& sources, const std::string& language) {
    test::TemporaryFolder folder;
    test::lay_out(folder, sources);
    source::Problems problems;
    const compile::Model model = compile::read(folder.path(), problems);
    REQUIRE_MESSAGE(problems.empty(), problems.printed());
    return compile::still_to_translate(model, language);
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a sentence that is still the English one counts as missing, a name that is the same does not") {
    test::Sources sources = busy_sources();
    sources["i18n/fr/responses/486.toml"] = "gloss = \"Busy on this phone\"\nsummary = \"Ce téléphone est occupé.\"\n";
    sources["i18n/fr/terms.toml"] = "[dialog]\nname = \"dialog\"\n";
    const std::string waiting = waiting_in(sources, "fr");
    CAPTURE(waiting);
    CHECK(says(waiting, "i18n/en/responses/486.toml:1: gloss: missing: Busy on this phone\n"));
    CHECK_FALSE(says(waiting, "486.toml:2: summary"));
    CHECK(says(waiting, "i18n/en/terms.toml:3: text: missing: A relation of two user agents.\n"));
    CHECK_FALSE(says(waiting, "terms.toml:2: name"));
    CHECK(says(waiting, "i18n/en/messages.toml:1: hello: missing: Hello\n"));
}

TEST_CASE("a language begins with the English above each empty text, which is no mistake, and all of it is missing") {
    test::TemporaryFolder folder;
    test::lay_out(folder, busy_sources());
    folder.write("i18n/it/terms.toml", "[dialog]\nname = \"dialogo\"\n");
    const auto written = compile::begin_language(folder.path(), "it");
    CHECK(written == std::vector<std::string>{"i18n/it/messages.toml", "i18n/it/pairs/486-600.toml",
                                              "i18n/it/responses/486.toml", "i18n/it/responses/600.toml"});
    CHECK(test::content_of(folder.path() / "i18n/it/messages.toml") == "# English: \"Hello\"\nhello = \"\"\n");
    CHECK(test::content_of(folder.path() / "i18n/it/pairs/486-600.toml") == test::picture(R"(
        # English: "One phone or all."
        summary = ""
        [difference.reach]
        # English: "Reach"
        aspect = ""
        # English: "One phone."
        486 = ""
        # English: "All phones."
        600 = ""
        [trace]
        # English: "Look at the number."
        line = ""
        [when]
        # English: "One is busy."
        486 = ""
        # English: "All are busy."
        600 = ""
    )"));
    CHECK(test::content_of(folder.path() / "i18n/it/terms.toml") == "[dialog]\nname = \"dialogo\"\n");
    CHECK(compile::begin_language(folder.path(), "it").empty());
    source::Problems problems;
    const compile::Model model = compile::read(folder.path(), problems);
    CHECK(problems.printed() == "");
    const std::string waiting = compile::still_to_translate(model, "it");
    CHECK(says(waiting, "i18n/en/pairs/486-600.toml:3: difference.reach.aspect: missing: Reach\n"));
    CHECK_FALSE(says(waiting, "terms.toml:2"));
}

TEST_CASE("a text of several lines stands whole above its empty key") {
    test::TemporaryFolder folder;
    test::Sources sources;
    sources["i18n/en/terms.toml"] =
        "[dialog]\nname = \"dialog\"\ntext = \"\"\"\nOne line.\n\nAnother.\n\"\"\"\nsymptoms = [\n  \"dialogue\",\n]\n";
    test::lay_out(folder, sources);
    compile::begin_language(folder.path(), "it");
    CHECK(test::content_of(folder.path() / "i18n/it/terms.toml") == test::picture(R"(
        [dialog]
        # English: "dialog"
        name = ""
        # English:
        # One line.
        #
        # Another.
        text = ""
        # English: [
        symptoms = []
        #   "dialogue",
        # ]
    )"));
}

TEST_CASE("a branch is named as in English, and none is left out") {
    test::Sources sources = busy_sources();
    sources["i18n/en/messages.toml"] =
        "status = \"{status, select, vendor {a vendor’s} historic {historic} other {unknown}}\"\n";
    const auto said = [&](const std::string& french) {
        sources["i18n/fr/messages.toml"] = "status = \"" + french + "\"\n";
        return problems_in(sources);
    };
    CHECK(said("{status, select, vendor {d’un éditeur} historic {historique} other {inconnu}}") == "");
    CHECK(says(said("{status, select, vendeur {d’un éditeur} historic {historique} other {inconnu}}"),
               "i18n/fr/messages.toml:1:10: 'status' has a branch 'vendeur' of {status} that English has not; branches "
               "keep their English names; did you mean 'vendor'?\n"));
    CHECK(says(said("{status, select, vendor {d’un éditeur} other {inconnu}}"),
               "'status' lacks the branch 'historic' of {status}; English has historic, other, vendor\n"));
    CHECK(says(said("{status, selct, vendor {d’un éditeur} other {inconnu}}"),
               "'status' formats {status} as 'selct'; there are 'number', 'plural' and 'select'\n"));
}

TEST_CASE("what would be passed over in silence is named: a folder misspelt, a language that is none") {
    test::Sources sources = busy_sources();
    sources["i18n/fr/response/600.toml"] = "gloss = \"Occupé partout\"\n";
    sources["i18n/italiano/terms.toml"] = "";
    const std::string said = problems_in(sources);
    CAPTURE(said);
    CHECK(says(said, "i18n/fr/response: holds no words that are read; did you mean 'responses'?\n"));
    CHECK(says(said, "i18n/italiano: 'italiano' is no language tag; a folder of i18n/ is called 'it' or 'pt-BR'\n"));
}
