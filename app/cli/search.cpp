// sipdex search appel indésirable
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/output.h"
#include "cli/values.h"
#include "document/markup.h"
#include "language/characters.h"
#include "page/lookup.h"
#include "paint/json.h"

namespace sipdex::cli {

namespace {

const char* kind_name(catalog::Hit::Kind kind) {
    switch (kind) {
        case catalog::Hit::Kind::comparison: return "comparison";
        case catalog::Hit::Kind::term: return "term";
        case catalog::Hit::Kind::exchange: return "exchange";
        case catalog::Hit::Kind::group: return "group";
        case catalog::Hit::Kind::speaker: return "speaker";
        case catalog::Hit::Kind::path: return "path";
        case catalog::Hit::Kind::vocabulary: return "vocabulary";
        case catalog::Hit::Kind::response: break;
    }
    return "response";
}

struct Listed {
    std::string kind, id, title;
    std::string second;  // the gloss, or how an exchange is replayed
    document::Target target;
    bool weak = false;
};

Listed listed(const Session& session, const catalog::Hit& hit) {
    return {kind_name(hit.kind),
            hit.id,
            hit.title,
            hit.kind == catalog::Hit::Kind::exchange ? session.words.replay_command(hit.id) : hit.gloss,
            hit.target,
            hit.weak};
}

// What is meant exactly stands first, then what the reader's own desk says of it, then all else.
std::vector<Listed> hits_of(const Session& session, const page::Found& found) {
    std::vector<Listed> hits;
    std::size_t exact = 0;
    while (exact < found.hits.size() && found.hits[exact].exact) ++exact;
    for (std::size_t i = 0; i < exact; ++i) hits.push_back(listed(session, found.hits[i]));
    for (const page::OwnHit& own : found.own) hits.push_back({own.kind, own.id, own.title, own.words, own.target});
    for (std::size_t i = exact; i < found.hits.size(); ++i) hits.push_back(listed(session, found.hits[i]));
    return hits;
}

// A text that was pasted has one answer before all others: the page of what it holds.
std::vector<Listed> hits_for(const Session& session, const std::string& query) {
    const page::Found found = page::look_up(session.reader(), query);
    std::vector<Listed> others = hits_of(session, found);
    if (!found.pasted) return others;
    std::vector<Listed> hits;
    for (const std::string& code : found.pasted->codes)
        if (session.catalog.title_of_response(code)) {
            const bool answer = hits.empty() && !found.pasted->response.empty();
            const std::string id = answer ? found.pasted->response : code;
            hits.push_back({"response", id, *session.catalog.title_of_response(id), session.words.pasted_title(),
                            document::ToResponse{id}});
        }
    if (found.pasted->who.speaker) {
        const page::Speaking& speaker = *found.pasted->who.speaker;
        hits.push_back({"speaker", speaker.id, speaker.name, document::words_of(speaker.why),
                        document::ToTerm{"speaker/" + speaker.id}});
    }
    for (Listed& hit : others)
        if (std::ranges::none_of(hits, [&](const Listed& one) { return one.kind == hit.kind && one.id == hit.id; }))
            hits.push_back(std::move(hit));
    return hits;
}

document::Document results(const Session& session, const std::string& query, const std::vector<Listed>& hits) {
    const page::Reader reader = session.reader();
    document::Document page =
        page::blank(reader, document::Document::Kind::notice, session.words.search_results(query));
    document::List list;
    for (const Listed& hit : hits) {
        document::Text text = document::link(hit.title, hit.target);
        if (!hit.second.empty()) text.spans.push_back({" · " + hit.second});
        list.items.push_back({{}, std::move(text)});
    }
    page.sections.push_back({"results", session.words.search_results(query), {std::move(list)}, false, false});
    if (hits.front().weak) page.summary = page::sentence(reader, &language::Words::only_weak_hits);
    return page;
}

}  // namespace

void search_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("query", arguments.words, words.cli_argument_query())->type_name(value::query)->required();
}

int search(const Session& session, const Arguments& arguments) {
    const std::string format = format_name(session);
    std::string query;
    for (const std::string& word : arguments.words) query += (query.empty() ? "" : " ") + word;
    complain_of_desk(session);
    const std::vector<Listed> hits = hits_for(session, query);
    if (format == "json") {
        nlohmann::ordered_json json{{"query", query}, {"results", nlohmann::ordered_json::array()}};
        for (const Listed& hit : hits)
            json["results"].push_back(
                {{"kind", hit.kind}, {"id", hit.id}, {"title", hit.title}, {"gloss", hit.second}, {"weak", hit.weak}});
        put_octets(session, paint::written(json));
        return 0;
    }
    if (hits.empty()) throw Failure{session.words.nothing_found(query)};
    if (format != "text") {
        put(session, results(session, query, hits));
        return 0;
    }
    std::string lines = hits.front().weak ? session.words.only_weak_hits() + "\n" : std::string();
    for (const Listed& hit : hits)
        lines += language::clean(hit.title + (hit.second.empty() ? "" : "  ·  " + hit.second)) + "\n";
    put_octets(session, lines);
    return 0;
}

}  // namespace sipdex::cli
