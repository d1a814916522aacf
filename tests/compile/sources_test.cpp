#include <doctest/doctest.h>

#include "compile/compile.h"
#include "support/small_catalog.h"

using namespace sipdex;
using test::busy_sources;
using test::picture;
using test::problems_in;

namespace {

test::Sources with(const std::string& file, const std::string& was, const std::string& is) {
    test::Sources sources = busy_sources();
    std::string& text = sources.at(file);
    const auto at = text.find(was);
    REQUIRE(at != std::string::npos);
    text.replace(at, was.size(), is);
    return sources;
}

}  // namespace

TEST_CASE("right sources give no problem") { CHECK(problems_in(busy_sources()) == ""); }

TEST_CASE("a misspelt key is shown with a caret and the key that was meant") {
    CHECK(problems_in(with("data/responses/486.toml", "phrase =", "phrse =")) == picture(R"(
        data/responses/486.toml:1:1: 'phrase' is missing
            code = 486
            ^
        data/responses/486.toml:2:1: unknown key 'phrse'; did you mean 'phrase'?
            phrse = "Busy Here"
            ^~~~~
    )"));
}

TEST_CASE("a misspelt token names the one that was meant") {
    CHECK(problems_in(with("data/responses/600.toml", "stored-6xx", "sotred-6xx"))
              .find("'sotred-6xx' is not a value of 'forwarding'; did you mean 'stored-6xx'?\n") != std::string::npos);
}

TEST_CASE("problems of several files come in one run, each with its line") {
    test::Sources sources = with("data/responses/486.toml", "related = [600]", "related = [601]");
    sources["i18n/en/terms.toml"] = "[dialog]\nname = \"dialog\"\n";
    sources["i18n/fr/responses/486.toml"] += "[cause]\non-the-fone = \"…\"\n";
    sources["data/pairs/486-600.toml"] = "codes = [486, 600\n";
    const std::string said = problems_in(sources);
    CAPTURE(said);
    CHECK(said.find("data/responses/486.toml:12:12: no other response is called '601'; did you mean '600'?") !=
          std::string::npos);
    CHECK(said.find("i18n/en/terms.toml: 'text' is missing") != std::string::npos);
    CHECK(said.find("i18n/fr/responses/486.toml:5:15: English has no text 'cause.on-the-fone'; did you mean "
                    "'cause.on-the-phone'?") != std::string::npos);
    CHECK(said.find("data/pairs/486-600.toml:1:19: not valid TOML") != std::string::npos);
}

TEST_CASE("a link that leads nowhere is found at its own line and column") {
    const std::string said = problems_in(with("i18n/en/responses/486.toml", "[600]", "[601]"));
    CHECK(said.find("i18n/en/responses/486.toml:5:40: no response is called '601'\n") != std::string::npos);
}

TEST_CASE("every cause has its words, and no words stand without a cause") {
    const std::string said = problems_in(with("i18n/en/responses/600.toml", "on-the-phone =", "in-a-call ="));
    CAPTURE(said);
    CHECK(said.find("[cause] lacks a text for 'on-the-phone', which data/responses/600.toml names") !=
          std::string::npos);
    CHECK(said.find("data/responses/600.toml has no cause 'in-a-call'") != std::string::npos);
}

TEST_CASE("a step of an exchange may not have the id of a common one, whose messages it would speak for") {
    test::Sources sources = busy_sources();
    sources["i18n/en/exchanges/common.toml"] = "[step.answered]\nwhat = \"The call is answered.\"\n";
    sources["i18n/en/exchanges/486-busy.toml"] =
        "title = \"Busy\"\nstory = \"Bob is busy.\"\n\n[step.answered]\nwhat = \"Bob answers.\"\n";
    CHECK(problems_in(sources).find("i18n/en/exchanges/486-busy.toml:5:8: exchanges/common.toml has a step 'answered', "
                                    "too; give this one an id of its own") != std::string::npos);
    CHECK(problems_in(sources).find("i18n/en/exchanges/common.toml:2") == std::string::npos);
}

TEST_CASE("a message of the interface takes the same arguments in every language") {
    test::Sources sources = busy_sources();
    sources["i18n/en/messages.toml"] =
        "found = \"{count, plural, one {# code} other {# codes}}\"\nbroken = \"{count, plural\"\n";
    sources["i18n/fr/messages.toml"] = "found = \"{number, plural, one {# code} other {# codes}}\"\nfuond = \"x\"\n";
    const std::string said = problems_in(sources);
    CAPTURE(said);
    CHECK(said.find("i18n/en/messages.toml:2:10: 'broken' has a { without its }") != std::string::npos);
    CHECK(said.find("'found' takes the arguments count in English, here number") != std::string::npos);
    CHECK(said.find("English has no message 'fuond'; did you mean 'found'?") != std::string::npos);
}

TEST_CASE("the same sources give the same catalog, octet for octet") {
    const test::SmallCatalog one(busy_sources()), other(busy_sources());
    CHECK(test::content_of(one.file()) == test::content_of(other.file()));
}

TEST_CASE("a translation older than its English source is marked and counted") {
    test::TemporaryFolder folder;
    test::Sources sources = busy_sources();
    sources["VERSION"] = "1";
    sources["i18n/en/messages.toml"] = "hello = \"Hello\"\n";
    for (const auto& [name, content] : sources) folder.write(name, content);
    source::Problems problems;
    compile::write_stamps(folder.path(), compile::read(folder.path(), problems), "fr", false);

    folder.write("i18n/en/responses/486.toml",
                 with("i18n/en/responses/486.toml", "This phone is busy.", "This one phone is busy.")
                     .at("i18n/en/responses/486.toml"));
    const auto outdated = [&] {
        std::string keys;
        const compile::Model model = compile::read(folder.path(), problems);
        for (const compile::Words& words : model.subject("fr", "response/486")->words)
            if (words.outdated) keys += words.key + "\n";
        return keys;
    };
    CHECK(outdated() == "summary\n");
    compile::write_stamps(folder.path(), compile::read(folder.path(), problems), "fr", true);
    CHECK(outdated() == "");
    CHECK(problems.printed() == "");
}
