// sipdex catalog info|check|coverage
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include <cmath>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "document/markup.h"
#include "language/locale.h"
#include "page/pages.h"
#include "paint/json.h"
#include "simulator/run.h"

namespace sipdex::cli {

namespace {

int info(const Session& session) {
    const catalog::Info info = session.catalog.info();
    if (format_name(session) == "json") {
        nlohmann::ordered_json json{{"version", info.version},
                                    {"file", session.catalog.path().string()},
                                    {"registered", info.registered},
                                    {"unregistered", info.unregistered},
                                    {"curated_pairs", info.curated_pairs},
                                    {"terms", info.terms},
                                    {"exchanges", info.exchanges},
                                    {"symptom_paths", info.symptom_paths},
                                    {"groups", info.groups},
                                    {"vocabulary", info.entries}};
        for (const auto& [tag, coverage] : info.languages)
            json["languages"][tag] = std::round(coverage * 10000) / 10000;
        put_octets(session, paint::written(json));
        return 0;
    }
    std::string lines = session.words.catalog_summary(info.version, info.registered, std::to_string(info.unregistered),
                                                      info.curated_pairs, info.terms, info.exchanges) +
                        "\n";
    lines += session.words.catalog_file(session.catalog.path().string()) + "\n";
    for (const auto& [tag, coverage] : info.languages)
        lines +=
            session.words.catalog_language(language::own_name(tag), std::to_string(static_cast<int>(coverage * 100))) +
            "\n";
    put_octets(session, lines);
    return 0;
}

int coverage(const Session& session) {
    const language::Words& words = session.words;
    const page::Reader reader = session.reader();
    document::Document page = page::blank(reader, document::Document::Kind::notice, words.coverage_title());
    for (const std::string& tag : session.catalog.languages()) {
        document::FactTable table{{document::plain(words.coverage_present()),
                                   document::plain(words.coverage_outdated()), document::plain(words.coverage_of())},
                                  {}};
        for (const catalog::Coverage& line : session.catalog.coverage())
            if (line.language == tag)
                table.rows.push_back(
                    {document::plain(words.coverage_kind_name(line.kind)),
                     {document::plain(std::to_string(line.present)), document::plain(std::to_string(line.outdated)),
                      document::plain(std::to_string(line.of))},
                     false});
        page.sections.push_back({tag, language::own_name(tag), {std::move(table)}, false, false});
    }
    put(session, page);
    return 0;
}

// Reads every page and runs every exchange in every language; what the compiler checks in the sources is
// checked here in the file that a user has.
int check(const Session& session) {
    if (!session.catalog.as_it_was_made())
        throw Failure{session.words.catalog_altered(session.catalog.path().string())};
    long texts = 0, problems = 0;
    const auto problem = [&](const std::string& sentence) {
        ++problems;
        complain(sentence);
    };
    for (const std::string& tag : session.catalog.languages()) {
        const language::Words words(tag);
        const page::Reader reader{session.catalog, words};
        for (const catalog::ListedResponse& listed : session.catalog.responses(tag)) {
            const document::Document page = page::response(reader, listed.id);
            texts += static_cast<long>(page.sections.size());
            if (is_notice(page)) problem(listed.id + " (" + tag + ")");
        }
        for (const catalog::Exchange& exchange : session.catalog.exchanges()) {
            const auto replay = page::replay(reader, exchange.id);
            texts += replay ? static_cast<long>(replay->narration.size()) : 0;
            if (!replay || replay->recording.cut_off) problem(exchange.id + " (" + tag + ")");
        }
        for (const std::string& id : session.catalog.terms())
            texts += static_cast<long>(page::term(reader, id).sections.size());
    }
    if (problems > 0) throw Failure{session.words.catalog_unsound(problems)};
    put_octets(session, session.words.catalog_sound(texts) + "\n");
    return 0;
}

}  // namespace

void catalog_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("what", arguments.words, words.cli_argument_task(value::listed(value::tasks)))
        ->type_name(value::task)
        ->required()
        ->expected(1);
}

int catalog_command(const Session& session, const Arguments& arguments) {
    const std::string& what = arguments.words.at(0);
    if (what == "info") return info(session);
    if (what == "check") return check(session);
    if (what == "coverage") return coverage(session);
    throw UsageError{session.words.usage_not_among(what, value::listed(value::tasks))};
}

}  // namespace sipdex::cli
