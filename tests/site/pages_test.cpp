#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "site/addresses.h"
#include "support/small_catalog.h"
#include "whole_site.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

bool is_page(const std::string& file) { return file.ends_with(".html"); }
std::string folder_of(const std::string& file) { return file.substr(0, file.rfind('/') + 1); }

// Calls with the name and the elements of every page.
void each_page(const site::Files& files, const auto& act) {
    for (const auto& [file, html] : files) {
        if (!is_page(file)) continue;
        CAPTURE(file);
        act(file, elements_of(html));
    }
}

std::set<std::string> ids_in(const std::vector<Element>& elements) {
    std::set<std::string> ids;
    for (const Element& each : elements)
        if (each.has("id")) ids.insert(each.of("id"));
    return ids;
}

}  // namespace

TEST_CASE("addresses are readable, alike in every language, and lead from page to page by index.html") {
    const site::Addresses addresses(real_catalog());
    using namespace document;
    CHECK(addresses.of(ToResponse{"607"}) == "response/607/");
    CHECK(addresses.of(ToResponse{"603-network-blocked"}) == "response/603-network-blocked/");
    CHECK(addresses.of(ToComparison{{"300", "607"}}) == "compare/300-607/");
    CHECK(addresses.of(ToComparison{{"607", "300"}}) == "compare/300-607/");
    CHECK(addresses.of(ToComparison{{"404", "181"}}) == "compare/#404+181");
    CHECK(addresses.of(ToComparison{{"404", "410", "604"}}) == "compare/#404+410+604");
    CHECK(addresses.of(ToExchange{"607-unwanted"}) == "exchange/607-unwanted/");
    CHECK(addresses.of(ToTerm{"dialog"}) == "term/dialog/");
    CHECK(addresses.of(ToTerm{"header/Retry-After"}) == "header/retry-after/");
    CHECK(addresses.of(ToTerm{"reason/FAILURE_CAUSE"}) == "reason/failure-cause/");
    CHECK(addresses.of(ToTerm{"index/headers"}) == "headers/");
    CHECK(addresses.of(ToTerm{"index/"}) == "vocabulary/");
    CHECK(site::link("fr/response/607/", "en/response/607/") == "../../../en/response/607/index.html");
    CHECK(site::link("fr/", "fr/term/dialog/") == "term/dialog/index.html");
    CHECK(site::link("fr/term/dialog/", "fr/") == "../../index.html");
    CHECK(site::link("fr/response/607/", "fr/compare/#404+181") == "../../compare/index.html#404+181");
    CHECK(site::link("", "en/") == "en/index.html");
    CHECK(site::link_to_file("fr/term/dialog/", "site.css") == "../../../site.css");
}

TEST_CASE("the first question of a symptom path stands at the path's own address") {
    const site::Addresses addresses(real_catalog());
    const std::string id = real_catalog().paths().front();
    const auto path = real_catalog().path(id);
    REQUIRE(path);
    CHECK(addresses.of(document::ToTerm{"path/" + id + "/" + path->questions.front().id}) == "path/" + id + "/");
    const std::string outcome = path->outcomes.front().id;
    CHECK(addresses.of(document::ToTerm{"path/" + id + "/" + outcome}) == "path/" + id + "/" + outcome + "/");
}

TEST_CASE("what is given as the site's address is one, or is refused") {
    CHECK(site::base_of("https://example.org") == "https://example.org/");
    CHECK(site::base_of("http://127.0.0.1:8000/sip") == "http://127.0.0.1:8000/sip/");
    CHECK(site::base_of("https://example.org/sip/") == "https://example.org/sip/");
    for (const char* wrong :
         {"", "example.org", "ftp://example.org/", "https://", "https:///x", "https://example.org/?x",
          "https://example.org/#x", "https://example.org/\"><script>", "https://exa mple.org/", "javascript:alert(1)"})
        CHECK_MESSAGE(site::base_of(wrong).empty(), wrong);
}

TEST_CASE("everything that the catalog has is a page in every language") {
    const site::Files& files = whole_site();
    const catalog::Catalog& catalog = real_catalog();
    const site::Addresses addresses(catalog);
    std::vector<document::Target> all;
    for (const auto& each : catalog.responses("en")) {
        all.emplace_back(document::ToResponse{each.id});
        for (const auto& pair : catalog.pairs_with(each.id)) all.emplace_back(document::ToComparison{pair.ids});
    }
    for (const auto& each : catalog.exchanges())
        if (each.id != "common") all.emplace_back(document::ToExchange{each.id});
    for (const std::string& id : catalog.terms()) all.emplace_back(document::ToTerm{id});
    for (const std::string& id : catalog.groups()) all.emplace_back(document::ToTerm{"group/" + id});
    for (const auto& each : catalog.speakers()) all.emplace_back(document::ToTerm{"speaker/" + each.id});
    for (const char* kind : {"header", "method", "timer", "warning", "reason", "cause", "rfc"}) {
        CHECK_MESSAGE(!catalog.entries(kind).empty(), kind);
        for (const std::string& name : catalog.entries(kind))
            all.emplace_back(document::ToTerm{std::string(kind) + "/" + name});
    }
    for (const std::string& id : catalog.paths()) {
        const auto path = catalog.path(id);
        for (const auto& question : path->questions)
            all.emplace_back(document::ToTerm{"path/" + id + "/" + question.id});
        for (const auto& outcome : path->outcomes) all.emplace_back(document::ToTerm{"path/" + id + "/" + outcome.id});
    }
    CHECK(all.size() > 900);
    for (const std::string& tag : catalog.languages())
        for (const document::Target& target : all) {
            const std::string file = tag + "/" + addresses.of(target) + "index.html";
            CHECK_MESSAGE(files.contains(file), file);
        }
}

TEST_CASE("every page has one h1, headings without a gap, a title and a language of its own, and no id twice") {
    std::map<std::string, std::string> titles;  // of English pages
    each_page(whole_site(), [&](const std::string& file, const std::vector<Element>& elements) {
        const bool choice = file == "index.html";
        CHECK(elements[0].name == "html");
        CHECK(elements[0].of("lang") == (choice ? "en" : file.substr(0, file.find('/'))));
        int h1 = 0, level = 0, mains = 0;
        std::string title;
        std::multiset<std::string> ids;
        std::map<std::string, int> landmarks;
        for (const Element& each : elements) {
            if (each.has("id")) ids.insert(each.of("id"));
            if (each.name == "title" && title.empty()) title = each.text;  // a drawing has titles, too
            mains += each.name == "main" ? 1 : 0;
            if (each.name == "nav") CHECK((each.has("aria-label") || each.has("aria-labelledby")));
            if (each.name.size() != 2 || each.name[0] != 'h' || each.name[1] < '1' || each.name[1] > '6') continue;
            h1 += each.name == "h1" ? 1 : 0;
            CHECK_MESSAGE(each.name[1] - '0' <= level + 1, each.name, " ", each.text);
            level = each.name[1] - '0';
        }
        CHECK(h1 == 1);
        CHECK(mains == 1);
        CHECK(!title.empty());
        for (const std::string& id : ids) CHECK_MESSAGE(ids.count(id) == 1, id);
        if (file.starts_with("en/"))
            CHECK_MESSAGE(titles.emplace(title, file).second, title, " is also that of ", titles[title]);
    });
}

TEST_CASE("every link leads to a page of the site, and every fragment to an element of that page") {
    const site::Files& files = whole_site();
    std::map<std::string, std::set<std::string>> ids;
    each_page(files,
              [&](const std::string& file, const std::vector<Element>& elements) { ids[file] = ids_in(elements); });
    std::set<std::string> codes;
    for (const auto& each : real_catalog().responses("en")) codes.insert(each.id);
    long links = 0;
    each_page(files, [&](const std::string& file, const std::vector<Element>& elements) {
        for (const Element& each : elements)
            for (const char* name : {"href", "src", "action"}) {
                const std::string reference = each.of(name);
                if (!each.has(name) || leads_elsewhere(reference)) continue;
                ++links;
                const Reached to = reached(file, reference);
                CHECK_MESSAGE(files.contains(to.file), each.name, " ", reference);
                if (to.fragment.empty()) continue;
                if (to.file.ends_with("/compare/index.html") && !ids[to.file].contains(to.fragment)) {
                    std::istringstream parts(to.fragment);
                    for (std::string id; std::getline(parts, id, '+');) CHECK_MESSAGE(codes.contains(id), reference);
                } else CHECK_MESSAGE(ids[to.file].contains(to.fragment), reference);
            }
    });
    CHECK(links > 50000);
}

TEST_CASE("no page loads anything from elsewhere") {
    for (const site::Files* files : {&whole_site(), &site_on_a_server()}) {
        each_page(*files, [&](const std::string&, const std::vector<Element>& elements) {
            for (const Element& each : elements) {
                CHECK_MESSAGE((!each.has("src") || !leads_elsewhere(each.of("src"))), each.of("src"));
                // Of links, those to follow and those that only name the page's address may lead out.
                const std::string rel = each.of("rel");
                if (each.has("href") && leads_elsewhere(each.of("href")))
                    CHECK_MESSAGE(
                        (each.name == "a" || (each.name == "link" && (rel == "canonical" || rel == "alternate"))),
                        each.name, " ", each.of("href"));
                for (const auto& [name, value] : each.attributes) {
                    if (name.starts_with("on") || name == "style") FAIL_CHECK(name, " ", value);
                }
                CHECK_MESSAGE(
                    (each.name != "iframe" && each.name != "object" && each.name != "embed" && each.name != "base"),
                    each.name);
                if (each.name == "script" && !each.has("src")) CHECK(each.of("type").ends_with("json"));
            }
        });
        const std::string& css = files->at("site.css");
        CHECK(css.find("url(") == std::string::npos);
        CHECK(css.find("@import") == std::string::npos);
        const std::string& script = files->at("site.js");
        for (const char* asks :
             {"fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "EventSource", "import(", "http:", "https:"})
            CHECK_MESSAGE(script.find(asks) == std::string::npos, asks);
    }
}

TEST_CASE("a page and the same page in another language name each other, in the head and in the switch") {
    for (const site::Files* files : {&whole_site(), &site_on_a_server()}) {
        const bool server = files == &site_on_a_server();
        std::map<std::string, std::map<std::string, std::string>> named;  // page → language → page
        each_page(*files, [&](const std::string& file, const std::vector<Element>& elements) {
            if (file == "index.html") return;
            std::map<std::string, std::string> in_switch;
            for (const Element& each : elements) {
                if (!each.has("hreflang")) continue;
                std::string to = each.of("href");
                if (each.name == "link" && server) {
                    REQUIRE(to.starts_with(example_base));
                    to = to.substr(std::string_view(example_base).size()) + "index.html";
                } else to = reached(file, to).file;
                (each.name == "link" ? named[file] : in_switch)[each.of("hreflang")] = to;
            }
            for (const std::string& tag : real_catalog().languages()) {
                CHECK(named[file].contains(tag));
                CHECK(in_switch[tag] == named[file][tag]);
            }
            CHECK(named[file].contains("x-default"));
            CHECK(named[file][file.substr(0, file.find('/'))] == file);
        });
        for (const auto& [file, others] : named)
            for (const auto& [tag, other] : others)
                if (tag != "x-default") CHECK_MESSAGE(named[other] == others, file, " and ", other);
    }
}

TEST_CASE("structured data of every page is JSON that says what the page is and where it stands") {
    each_page(site_on_a_server(), [&](const std::string& file, const std::vector<Element>& elements) {
        if (file == "index.html") return;
        const auto data = std::ranges::find_if(
            elements, [](const Element& each) { return each.of("type") == "application/ld+json"; });
        REQUIRE(data != elements.end());
        const auto read = nlohmann::json::parse(data->text);
        const auto& about = read.at("@graph").at(0);
        CHECK(about.at("url") == example_base + folder_of(file));
        CHECK(about.at("inLanguage") == file.substr(0, file.find('/')));
        if (file == "en/response/607/index.html") {
            CHECK(about.at("about").at("termCode") == "607");
            CHECK(read.at("@graph").at(1).at("itemListElement").size() == 3);
        }
    });
}

TEST_CASE("the map of the site lists each page once, where its address is known; elsewhere there is none") {
    CHECK(!whole_site().contains("sitemap.xml"));
    CHECK(!whole_site().contains("robots.txt"));
    const site::Files& files = site_on_a_server();
    const std::string& map = files.at("sitemap.xml");
    std::multiset<std::string> listed;
    const std::regex location("<loc>([^<]*)</loc>");
    for (std::sregex_iterator at(map.begin(), map.end(), location), end; at != end; ++at) listed.insert((*at)[1]);
    std::multiset<std::string> pages;
    for (const auto& [file, octets] : files)
        if (is_page(file) && file != "index.html") pages.insert(example_base + folder_of(file));
    CHECK((listed == pages));
    CHECK(files.at("robots.txt").find("Sitemap: https://example.org/sip/sitemap.xml\n") != std::string::npos);
}

TEST_CASE("the same catalog makes the same site, octet by octet") {
    CHECK((site::files_of(real_catalog(), {}) == whole_site()));
}

TEST_CASE("the messages of an exchange and the rungs of its ladder lead to each other") {
    const site::Files& files = whole_site();
    int ladders = 0;
    each_page(files, [&](const std::string& file, const std::vector<Element>& elements) {
        if (file.find("/exchange/") == std::string::npos) return;
        std::vector<std::string> rungs, steps;
        for (const Element& each : elements) {
            if (each.of("class") == "rung") rungs.push_back(each.of("href").substr(1));
            if (each.of("class") == "step") steps.push_back(each.of("id"));
        }
        ++ladders;
        CHECK(!rungs.empty());
        CHECK((rungs == steps));
    });
    CHECK(ladders == 2 * 102);
}

TEST_CASE("whatever stands in the catalog's words, it is text on the site") {
    Sources sources = busy_sources();
    const std::string evil =
        R"(</script><script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover=\"alert(3) <!-- ]]>)";
    for (auto& [name, content] : sources) {
        if (!name.starts_with("i18n/en/")) continue;
        for (const char* key : {"gloss = \"", "summary = \"", "tell = \"", "text = \"", "aspect = \"", "name = \""})
            if (const std::size_t at = content.find(key); at != std::string::npos)
                content.insert(at + std::string_view(key).size(), evil);
    }
    sources["data/responses/486.toml"].replace(sources["data/responses/486.toml"].find("Busy Here"), 9,
                                               "<b>Busy</b> \\\" onclick=\\\"x");
    const SmallCatalog catalog(sources);
    const site::Files files = site::files_of(*catalog, {example_base, {}});
    each_page(files, [&](const std::string&, const std::vector<Element>& elements) {
        for (const Element& each : elements) {
            CHECK_MESSAGE((each.name != "script" || each.has("src") || each.of("type").ends_with("json")), each.text);
            CHECK_MESSAGE((each.name != "img" || each.of("src").ends_with("sipdex.svg")), each.of("src"));
            for (const auto& [name, value] : each.attributes) CHECK_MESSAGE(!name.starts_with("on"), name, value);
            if (each.name == "script" && !each.text.empty())
                CHECK_MESSAGE(nlohmann::json::accept(each.text), each.text);
        }
    });
    const std::string& page = files.at("en/response/486/index.html");
    CHECK(page.find("&lt;script&gt;alert(1)") != std::string::npos);
    CHECK(page.find("<script>alert") == std::string::npos);
    for (const char* script : {"en/index.js", "en/compare/486.js"}) {
        std::string text = files.at(script);
        text = text.substr(text.find_first_of("({") + (text.starts_with("sipdexCode") ? 1 : 0));
        text = text.substr(0, text.find_last_of('}') + 1);
        CHECK_MESSAGE(nlohmann::json::accept(text), text);
    }
}

TEST_CASE("a language that lacks words shows the English ones and marks them as such") {
    const SmallCatalog catalog(busy_sources());
    const site::Files files = site::files_of(*catalog, {});
    const std::string& page = files.at("fr/response/600/index.html");
    CHECK(page.find("<html lang=\"fr\"") != std::string::npos);
    CHECK(page.find("<span lang=\"en\" dir=\"auto\">Every device is busy.</span>") != std::string::npos);
}
