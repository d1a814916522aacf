// sipdex show 607, sipdex show Retry-After, and sipdex show - for a message or a line of one on standard input
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/output.h"
#include "cli/values.h"
#include "evidence/evidence.h"
#include "page/lookup.h"
#include "page/pages.h"
#include "page/pasted.h"
#include "paint/json.h"

namespace sipdex::cli {

void show_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("code", arguments.words, words.cli_argument_name())->type_name(value::name)->required()->expected(1);
    app.add_flag("--ticket", arguments.ticket, words.cli_option_ticket());
}

// For scripts, all that was read stands beside the page: the codes, the answer's first; what stands on which line; who speaks.
void put_pasted(const Session& session, const page::Pasted& found) {
    if (format_name(session) != "json") return put(session, found.page);
    nlohmann::ordered_json json = paint::json_of(found.page);
    json["codes"] = nlohmann::ordered_json::array();
    for (const std::string& code : found.codes) json["codes"].push_back(std::stoi(code));
    json["evidence"] = nlohmann::ordered_json::array();
    for (const page::PastedEvidence& one : found.evidence) {
        nlohmann::ordered_json each{{"line", one.line}, {"kind", one.kind}};
        const bool code = (one.kind == "response" || one.kind == "mention" || one.kind == "warning") &&
                          one.subject.find_first_not_of("0123456789") == std::string::npos;
        if (code) each["code"] = std::stoi(one.subject);
        else each[one.kind == "request" ? "method" : one.kind == "reason" ? "protocol" : "name"] = one.subject;
        each["text"] = one.text;
        json["evidence"].push_back(std::move(each));
    }
    const auto told = [](const page::Speaking& one) {
        return nlohmann::ordered_json{
            {"id", one.id}, {"name", one.name}, {"certainty", one.certainty}, {"why", document::words_of(one.why)}};
    };
    json["profile"] = found.who.profile ? nlohmann::ordered_json(found.who.profile->name) : nullptr;
    json["speaker"] = found.who.speaker ? told(*found.who.speaker) : nlohmann::ordered_json(nullptr);
    json["other_speakers"] = nlohmann::ordered_json::array();
    for (const page::Speaking& one : found.who.others) json["other_speakers"].push_back(told(one));
    put_octets(session, paint::written(json));
}

int show_pasted(const Session& session, bool ticket) {
    std::string text(evidence::most_octets + 1, '\0');  // the one more tells that there is more
    text.resize(std::fread(text.data(), 1, text.size(), stdin));
    const page::Reader reader = session.reader();
    const auto found = page::read_pasted(reader, text);
    if (!found) throw Failure{session.words.pasted_nothing()};
    if (ticket) put(session, page::ticket_note(found->page));
    else put_pasted(session, *found);
    return 0;
}

int show(const Session& session, const Arguments& arguments) {
    format_name(session);
    complain_of_desk(session);
    const std::string& asked = arguments.words.at(0);
    if (asked == "-") return show_pasted(session, arguments.ticket);
    const page::Reader reader = session.reader();
    const document::Document page = page::page_for(reader, asked);
    if (is_notice(page)) throw Failure{document::words_of(page.summary)};
    put(session, arguments.ticket ? page::ticket_note(page) : page);
    if (page.mastheads.size() == 1) visited(session, document::ToResponse{page.mastheads.front().id});
    else if (const auto term = page::term_called(reader, asked)) visited(session, document::ToTerm{*term});
    return 0;
}

}  // namespace sipdex::cli
