// sipdex explain office.pcapng proxy.log, and sipdex explain - for what is piped in
#include <CLI/CLI.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/explain_json.h"
#include "cli/output.h"
#include "cli/sipp_scenario.h"
#include "cli/values.h"
#include "language/characters.h"
#include "page/beside.h"
#include "page/explained.h"
#include "page/pages.h"
#include "paint/mermaid.h"
#include "recording/pcap.h"

namespace sipdex::cli {

namespace {

constexpr const char* threshold_example = "challenge-loop.attempts=5";
constexpr const char* beside_example = "486-busy";
constexpr std::size_t longest_name = 80;  // characters of what is quoted

findings::Thresholds thresholds_of(const Session& session, const std::vector<std::string>& written) {
    findings::Thresholds thresholds;
    for (const std::string& one : written)
        if (!page::set_threshold(session.reader().catalog.finding_rules(), one, &thresholds))
            throw UsageError{session.words.explain_bad_threshold(one, threshold_example)};
    return thresholds;
}

// A number that a person typed; 0 for anything else.
std::size_t number_in(const std::string& typed) {
    const bool digits =
        !typed.empty() && typed.size() < 10 && typed.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::stoul(typed) : 0;
}

std::set<std::size_t> stories_of(const Session& session, const page::Brought& brought,
                                 const std::vector<std::string>& numbers) {
    std::set<std::size_t> stories;
    for (const std::string& number : numbers) {
        const auto count = brought.calls.stories.size();
        const std::size_t story = number_in(number);
        if (story == 0 || story > count) throw Failure{session.words.explain_no_call(number, std::to_string(count))};
        stories.insert(story - 1);
    }
    return stories;
}

// The call that was chosen beside another one, or beside an exchange of the catalog.
document::Document beside(const Session& session, const page::Brought& brought, const std::set<std::size_t>& stories,
                          const std::string& other) {
    const page::Reader reader = session.reader();
    if (stories.size() != 1) throw UsageError{session.words.explain_beside_needs()};
    const page::Replay first = page::call_replay(reader, brought, {*stories.begin()});
    if (const auto exchange = page::replay(reader, other)) return page::beside(reader, first, *exchange);
    if (other.find_first_not_of("0123456789") != std::string::npos)
        throw Failure{session.words.explain_no_beside(language::shown(other, longest_name),
                                                      std::to_string(brought.calls.stories.size()))};
    return page::beside(reader, first,
                        page::call_replay(reader, brought, {*stories_of(session, brought, {other}).begin()}));
}

document::Document finding(const Session& session, const page::Brought& brought, const std::string& number) {
    const page::Reader reader = session.reader();
    if (auto page = page::finding_page(reader, brought, number_in(number))) return std::move(*page);
    throw Failure{session.words.explain_no_finding(static_cast<long>(page::findings_in(brought)),
                                                   language::shown(number, longest_name))};
}

// Those formats that take one recording mean no page that was put together.
void refuse_recordings(const Session& session, const std::string& format) {
    if (paint::format_named(format)) return;
    std::vector<std::string> names;
    for (const paint::Format& one : paint::formats()) names.emplace_back(one.name);
    throw UsageError{session.words.unknown_format(format, value::listed(names))};
}

}  // namespace

void explain_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("file", arguments.words, words.cli_argument_evidence())->type_name(value::file);
    app.add_option("--call", arguments.calls, words.cli_option_call())
        ->type_name(value::number)
        ->allow_extra_args(false);
    app.add_option("--finding", arguments.finding, words.cli_option_finding())->type_name(value::number);
    app.add_option("--beside", arguments.beside, words.cli_option_beside(beside_example))->type_name(value::text);
    app.add_option("--threshold", arguments.thresholds, words.cli_option_threshold(threshold_example))
        ->type_name(value::text)
        ->allow_extra_args(false);
    app.add_flag("--ticket", arguments.ticket, words.cli_option_ticket());
    app.add_flag("--rules", arguments.rules, words.cli_option_rules());
    app.add_option("--party", arguments.party, words.cli_option_party())->type_name(value::party);
}

int explain(const Session& session, const Arguments& arguments) {
    const std::string format = format_name(session, "explain");
    const page::Reader reader = session.reader();
    const findings::Thresholds thresholds = thresholds_of(session, arguments.thresholds);
    if (arguments.rules) {
        put(session, page::finding_rules(reader));
        return 0;
    }
    if (arguments.words.empty()) throw UsageError{session.words.usage_needs("explain")};
    const page::Brought brought =
        page::bring(page::means_of(reader), std::vector<page::HandedIn>(arguments.words.begin(), arguments.words.end()),
                    thresholds);
    if (brought.empty()) throw Failure{page::nothing_read(reader, brought, arguments.words.front())};
    page::Explain how;
    how.stories = stories_of(session, brought, arguments.calls);
    std::vector<std::size_t> stories(how.stories.begin(), how.stories.end());
    if (stories.empty())
        for (std::size_t story = 0; story < brought.calls.stories.size(); ++story) stories.push_back(story);
    if (!arguments.finding.empty()) {
        refuse_recordings(session, format);
        put(session, finding(session, brought, arguments.finding));
        return 0;
    }
    if (!arguments.beside.empty()) {
        refuse_recordings(session, format);
        put(session, beside(session, brought, how.stories, arguments.beside));
        return 0;
    }
    if (arguments.ticket) {
        refuse_recordings(session, format);
        put(session, page::ticket_note(page::explained(reader, brought, how)));
        return 0;
    }
    if (format == "json") put_octets(session, json_of(reader, brought, how));
    else if (format == "pcap")
        put_octets(session, recording::pcap_of(calls::recording_of(brought.captured, brought.calls, stories)));
    else if (format == "sipp")
        put_octets(session, sipp_scenario(session, calls::recording_of(brought.captured, brought.calls, stories),
                                          arguments.party));
    else if (format == "mermaid")
        put_octets(session, paint::mermaid(page::explained(reader, brought, how), paint_options(session)));
    else put(session, page::explained(reader, brought, how));
    return 0;
}

}  // namespace sipdex::cli
