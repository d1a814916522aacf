// Every section that is cited exists, and a code of RFC 3261 is defined in the section named after it.
//
// sections.csv holds the headings of the RFCs whose text the project has at hand. Later ones are cited unchecked, each
// named in not_at_hand.
#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <set>

#include "support/text.h"
#include "tidy/sources.h"

using namespace sipdex;

namespace {

using Cited = std::pair<std::string, std::string>;  // "3261", "21.4.24"

const std::filesystem::path root = SIPDEX_SOURCE_DIR;

const std::map<Cited, std::string>& headings() {
    static const std::map<Cited, std::string> all = [] {
        std::map<Cited, std::string> read;
        for (const auto& row : test::read_csv(test::content_of(root / "tests/tidy/sections.csv")))
            read[{row.at("rfc"), row.at("section")}] = row.at("title");
        return read;
    }();
    return all;
}

const std::set<std::string> not_at_hand = {
    "792",  "1918", "2663", "3550", "3608", "3725", "3960", "4032", "4443", "4568", "5031", "5853", "5905",
    "6140", "6890", "6979", "7044", "7095", "7315", "7340", "7362", "7515", "7518", "8197", "8224", "8225",
    "8373", "8446", "8588", "8599", "8606", "8688", "8760", "8876", "8898", "9293", "9366", "9410"};

std::vector<Cited> cited_in(const std::string& text) {
    static const std::regex section(
        "RFC(?: |\u00a0)(\\d{4})(?: |\u00a0|\n)?§(?: |\u00a0)?([0-9A-Z](?:\\.?[0-9A-Za-z]+)*)");
    std::vector<Cited> found;
    for (std::sregex_iterator at(text.begin(), text.end(), section), end; at != end; ++at)
        found.emplace_back((*at)[1], (*at)[2]);
    return found;
}

}  // namespace

TEST_CASE("every section that is cited is a heading of its RFC") {
    std::size_t found = 0;
    for (const char* folder : {"data", "i18n", "app"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".toml" && extension != ".cpp" && extension != ".h") continue;
            for (const Cited& one : cited_in(test::content_of(entry.path()))) {
                ++found;
                if (!not_at_hand.contains(one.first))
                    CHECK_MESSAGE(headings().contains(one), entry.path().string(), ": RFC ", one.first, " has no §",
                                  one.second, " that tests/tidy/sections.csv knows");
            }
        }
    CHECK(found > 1000);
}

TEST_CASE("every RFC that is named has its title in data/rfcs.toml") {
    const std::string titles = test::content_of(root / "data/rfcs.toml");
    static const std::regex rfc("RFC(?: |\u00a0)(\\d+)");
    for (const char* folder : {"data", "i18n"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            if (entry.path().extension() != ".toml") continue;
            const std::string text = test::content_of(entry.path());
            for (std::sregex_iterator at(text.begin(), text.end(), rfc), end; at != end; ++at)
                CHECK_MESSAGE(titles.find("[" + (*at)[1].str() + "]") != std::string::npos, entry.path().string(),
                              ": RFC ", (*at)[1].str());
        }
}

TEST_CASE("a code of RFC 3261 is defined in the section that has its number and phrase as heading") {
    for (const auto& told : test::model().responses) {
        const auto cited = cited_in(told.fact.defined_in);
        if (cited.empty() || cited[0].first != "3261" || !told.fact.registered()) continue;
        const auto heading = headings().find(cited[0]);
        REQUIRE_MESSAGE(heading != headings().end(), told.fact.id, " is defined in ", told.fact.defined_in);
        CHECK_MESSAGE(heading->second == std::to_string(told.fact.code) + " " + told.fact.phrase, told.fact.id,
                      " is defined in ", told.fact.defined_in);
    }
}
