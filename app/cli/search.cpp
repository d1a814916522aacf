// sipdex search appel indésirable
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "paint/json.h"

namespace sipdex::cli {

namespace {

const char* kind_name(catalog::Hit::Kind kind) {
    switch (kind) {
        case catalog::Hit::Kind::comparison: return "comparison";
        case catalog::Hit::Kind::term: return "term";
        case catalog::Hit::Kind::exchange: return "exchange";
        case catalog::Hit::Kind::group: return "group";
        case catalog::Hit::Kind::path: return "path";
        case catalog::Hit::Kind::vocabulary: return "vocabulary";
        case catalog::Hit::Kind::response: break;
    }
    return "response";
}

document::Document results(const Session& session, const std::string& query, const std::vector<catalog::Hit>& hits) {
    const page::Reader reader = session.reader();
    document::Document page = page::blank(reader, document::Document::Kind::notice, session.words.search_results(query));
    document::List list;
    for (const catalog::Hit& hit : hits) {
        document::Text text = document::link(hit.title, hit.target);
        if (!hit.gloss.empty()) text.spans.push_back({" · " + hit.gloss});
        list.items.push_back({{}, std::move(text)});
    }
    page.sections.push_back({"results", session.words.search_results(query), {std::move(list)}, false, false});
    return page;
}

}  // namespace

void search_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("query", arguments.words, words.cli_argument_query())->required();
}

int search(const Session& session, const Arguments& arguments) {
    const std::string format = format_name(session);
    std::string query;
    for (const std::string& word : arguments.words) query += (query.empty() ? "" : " ") + word;
    const std::vector<catalog::Hit> hits = session.catalog.search(query, session.words.tag());
    if (format == "json") {
        nlohmann::ordered_json json{{"query", query}, {"results", nlohmann::ordered_json::array()}};
        for (const catalog::Hit& hit : hits)
            json["results"].push_back({{"kind", kind_name(hit.kind)}, {"id", hit.id}, {"title", hit.title}, {"gloss", hit.gloss}});
        put_octets(session, paint::written(json));
        return 0;
    }
    if (hits.empty()) throw Failure{session.words.nothing_found(query)};
    if (format != "text") {
        put(session, results(session, query, hits));
        return 0;
    }
    std::string lines;
    for (const catalog::Hit& hit : hits) lines += hit.title + (hit.gloss.empty() ? "" : "  ·  " + hit.gloss) + "\n";
    put_octets(session, lines);
    return 0;
}

}  // namespace sipdex::cli
