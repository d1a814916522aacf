#include "site/structured.h"

#include <nlohmann/json.hpp>

#include "language/characters.h"

namespace sipdex::site {

namespace {

using nlohmann::json;

json code_of(const document::Masthead& masthead) {
    return {{"@type", "DefinedTerm"},
            {"termCode", std::to_string(masthead.code)},
            {"name", std::to_string(masthead.code) + " " + language::clean(masthead.phrase)},
            {"description", language::clean(document::words_of(masthead.gloss))}};
}

// "</script>" would end the element, "<!--" would keep it open.
std::string harmless(const std::string& written) {
    std::string safe;
    for (const char each : written) {
        if (each == '<') safe += "\\u003c";
        else if (each == '>') safe += "\\u003e";
        else if (each == '&') safe += "\\u0026";
        else safe += each;
    }
    return language::escaped_json(safe);
}

}  // namespace

std::string structured(const Structured& page) {
    const json site = {{"@type", "WebSite"}, {"name", "Sipdex"}};
    const std::string title = language::clean(page.document.title);
    json article = {{"@type", "TechArticle"},
                    {"headline", title},
                    {"inLanguage", page.document.language},
                    {"url", page.address},
                    {"isPartOf", site}};
    if (!page.search.empty()) {
        article = site;
        article["url"] = page.address;
        article["inLanguage"] = page.document.language;
        article["potentialAction"] = {{"@type", "SearchAction"},
                                      {"target", page.search + "{search_term_string}"},
                                      {"query-input", "required name=search_term_string"}};
    }
    if (!page.description.empty()) article["description"] = page.description;
    if (page.document.mastheads.size() == 1) article["about"] = code_of(page.document.mastheads[0]);
    if (page.document.mastheads.size() > 1)
        for (const document::Masthead& each : page.document.mastheads) article["about"].push_back(code_of(each));
    json graph = json::array({article});
    if (!page.way.empty()) {
        json list = json::array();
        for (const auto& [name, address] : page.way)
            list.push_back({{"@type", "ListItem"}, {"position", list.size() + 1}, {"name", name}, {"item", address}});
        list.push_back({{"@type", "ListItem"}, {"position", list.size() + 1}, {"name", title}});
        graph.push_back({{"@type", "BreadcrumbList"}, {"itemListElement", list}});
    }
    const json whole = {{"@context", "https://schema.org"}, {"@graph", graph}};
    return harmless(whole.dump(-1, ' ', false, json::error_handler_t::replace));
}

}  // namespace sipdex::site
