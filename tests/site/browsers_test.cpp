// The site in real browsers; browsers.py drives them and says what it tries.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "page/pages.h"
#include "site/page_html.h"
#include "support/text.h"
#include "whole_site.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// Comparisons of codes that nobody has written about, as Sipdex itself writes them: each code with another, far away in the
// list, and one of three.
void write_comparisons(const TemporaryFolder& folder, const std::string& tag, std::size_t step) {
    const site::LanguageFolder language(real_catalog(), tag, {});
    const site::Addresses addresses(real_catalog());
    const site::Place place{language, addresses, language.folder() + "compare/"};
    const auto codes = real_catalog().responses(tag);
    const auto write = [&](const std::vector<std::string>& ids) {
        std::string name = tag + "-";
        for (const std::string& id : ids) name += (name.ends_with('-') ? "" : "+") + id;
        folder.write(name + ".html", site::sections_html(place, page::comparison(language.reader, ids)));
    };
    for (std::size_t i = 0; i < codes.size(); i += step) {
        const std::string one = codes[i].id, other = codes[(i * 37 + 11) % codes.size()].id;
        if (one != other && !real_catalog().pair(one, other)) write({one, other});
    }
    write({"404", "410", "604"});
}

void write_searches(const TemporaryFolder& folder) {
    const site::Addresses addresses(real_catalog());
    // By names, sayings and numbers, with typos, without accents: there the browser finds first what Sipdex finds first. By
    // loose words the two weigh alike, but not the same.
    nlohmann::json all = nlohmann::json::array();
    for (const auto& [tag, queries] : std::map<std::string, std::vector<std::string>>{
             {"en",
              {"robocal", "robocall", "607", "603", "Retry-Aftr", "607 300", "181 vs 404", "BUSY here", "early dialog",
               "asterisk", "Unauthorised", "loop detectd", "INVITE", "timer B", "Bob marks the call", "blocked number",
               "rings twice"}},
             {"fr",
              {"appel indesirable", "APPEL INDÉSIRABLE", "occupe", "numéro non attribue", "temporisateur b", "dialogue",
               "boucle", "488"}}})
        for (const std::string& query : queries) {
            nlohmann::json one = {tag, query};
            for (const catalog::Hit& hit : real_catalog().search(query, tag, 3))
                one.push_back(addresses.of(hit.target));
            all.push_back(one);
        }
    folder.write("searches.json", all.dump());
}

}  // namespace

TEST_CASE(
    "in Chromium and Firefox the site searches, compares, steps and can be read, from a folder and from a server") {
    if (!has_program("python3")) {
        MESSAGE("skipped: python3 is not installed");
        return;
    }
    const TemporaryFolder made, expected;
    site::write_folder(made.path() / "site", whole_site());
    write_comparisons(expected, "en", 4);
    write_comparisons(expected, "fr", 8);
    write_searches(expected);
    const Ran ran = run("timeout 240 python3 -B " SIPDEX_SOURCE_DIR "/tests/site/browsers.py " +
                        (made.path() / "site").string() + " " + expected.path().string());
    MESSAGE(ran.out);
    CHECK_MESSAGE(ran.code == 0, ran.err);
}
