// sipdex replay 607, and sipdex replay 486 --what-if "bob answers 603 after 2s"
#include <CLI/CLI.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/output.h"
#include "cli/replay_json.h"
#include "cli/sipp_scenario.h"
#include "cli/values.h"
#include "page/fact_words.h"
#include "page/lookup.h"
#include "page/pages.h"
#include "paint/mermaid.h"
#include "recording/pcap.h"

namespace sipdex::cli {

namespace {

// Each change is made to what those before it left.
std::vector<simulator::Change> changes_from(const Session& session, const std::string& exchange,
                                            const std::vector<std::string>& texts) {
    std::vector<simulator::Change> changes;
    for (const std::string& text : texts) {
        const page::AskedChange asked = page::change_from(session.reader(), exchange, text, changes);
        if (!asked.change) throw UsageError{asked.problem};
        changes.push_back(*asked.change);
    }
    return changes;
}

// Both runs side by side.
void put_both(const Session& session, const std::string& format, const std::string& exchange,
              const std::vector<simulator::Change>& changes) {
    const page::Reader reader = session.reader();
    if (format != "json") return put(session, page::what_if(reader, exchange, changes));
    const page::Replay first = *page::replay(reader, exchange), second = *page::replay(reader, exchange, changes);
    const auto differences = recording::differences(first.recording, second.recording);
    put_octets(session,
               json_of(first, second, page::difference_words(reader, first.recording, second.recording, differences)));
}

}  // namespace

void replay_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("exchange", arguments.words, words.cli_argument_exchange())
        ->type_name(value::exchange)
        ->required()
        ->expected(1);
    app.add_option("--party", arguments.party, words.cli_option_party())->type_name(value::party);
    app.add_option("--what-if", arguments.changes, words.cli_option_what_if())
        ->type_name(value::change)
        ->allow_extra_args(false);
}

int replay(const Session& session, const Arguments& arguments) {
    const std::string format = format_name(session, "replay");
    const page::Reader reader = session.reader();
    const std::string& asked = arguments.words.at(0);
    const auto id = page::exchange_for(reader, asked);
    if (!id) {
        const auto title = session.catalog.title_of_response(asked);
        if (title) throw Failure{session.words.no_exchange(*title)};
        const std::vector<std::string> near = page::exchanges_near(reader, asked);
        throw Failure{near.empty() ? session.words.unknown_exchange(asked)
                                   : session.words.unknown_exchange_near(asked, page::listed(near))};
    }
    const auto changes = changes_from(session, *id, arguments.changes);
    if (format == "pcap") {
        put_octets(session, recording::pcap_of(page::replay(reader, *id, changes)->recording));
    } else if (format == "sipp") {
        put_octets(session, sipp_scenario(session, page::replay(reader, *id, changes)->recording, arguments.party));
    } else if (format == "mermaid") {
        put_octets(session,
                   paint::mermaid(changes.empty() ? page::exchange(reader, *id) : page::what_if(reader, *id, changes),
                                  paint_options(session)));
    } else if (!changes.empty()) {
        put_both(session, format, *id, changes);
    } else if (format == "json") {
        put_octets(session, json_of(*page::replay(reader, *id)));
    } else {
        put(session, page::exchange(reader, *id));
        if (format == "text") visited(session, document::ToExchange{*id});
    }
    return 0;
}

}  // namespace sipdex::cli
