// sipdex export --what responses|pairs|all-pairs|exchanges|all --format pdf -o DIR
// sipdex export --what poster|deskcard -o FILE
// sipdex export --what booklet [300 607 …] -o FILE.pdf
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/batch.h"
#include "cli/book.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "language/characters.h"
#include "page/pages.h"

namespace sipdex::cli {

namespace {

// One of the documents that an export writes: its file's name and what it is about.
struct Exported {
    std::string name;
    std::vector<std::string> codes;  // one: a response; two: a comparison
    std::string exchange;            // in place of codes
};

std::vector<Exported> exported(const Session& session, const std::string& what) {
    const bool all = what == "all";
    std::vector<Exported> documents;
    const auto pair = [&](const std::string& one, const std::string& other) {
        documents.push_back({one + "-vs-" + other, {one, other}, {}});
    };
    const auto responses = session.catalog.responses(session.words.tag());
    if (all || what == "responses")
        for (const catalog::ListedResponse& response : responses) documents.push_back({response.id, {response.id}, {}});
    if (all || what == "pairs")
        for (const catalog::ListedResponse& response : responses)
            for (const catalog::Pair& each : session.catalog.pairs_with(response.id))
                if (each.ids[0] == response.id) pair(each.ids[0], each.ids[1]);
    if (what == "all-pairs")
        for (std::size_t i = 0; i < responses.size(); ++i)
            for (std::size_t j = i + 1; j < responses.size(); ++j)
                if (responses[i].status == "registered" && responses[j].status == "registered")
                    pair(responses[i].id, responses[j].id);
    if (all || what == "exchanges")
        for (const catalog::Exchange& exchange : session.catalog.exchanges())
            documents.push_back({"exchange-" + exchange.id, {}, exchange.id});
    return documents;
}

document::Document page_of(const page::Reader& reader, const Exported& one) {
    if (!one.exchange.empty()) return page::exchange(reader, one.exchange);
    return one.codes.size() == 1 ? page::response(reader, one.codes[0]) : page::comparison(reader, one.codes);
}

}  // namespace

void export_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("--what", arguments.what, words.cli_option_what(value::listed(value::exported)))
        ->type_name(value::what)
        ->required();
    app.add_option("--jobs", arguments.jobs, words.cli_option_jobs())->type_name(value::number);
    app.add_flag("--resume", arguments.resume, words.cli_option_resume());
    app.add_flag("--imposed", arguments.imposed, words.cli_option_imposed());
    app.add_option("names", arguments.words, words.cli_argument_name())->type_name(value::name)->expected(0, 1000);
}

int export_documents(const Session& session, const Arguments& arguments) {
    if (std::ranges::find(value::exported, arguments.what) == value::exported.end())
        throw UsageError{session.words.usage_not_among(arguments.what, value::listed(value::exported))};
    if (arguments.what == "poster" || arguments.what == "deskcard") return export_overview(session, arguments.what);
    if (arguments.what == "booklet") return export_book(session, arguments.words, arguments.imposed);
    if (!arguments.words.empty())
        throw UsageError{session.words.usage_unexpected(language::shown(arguments.words.front(), 80), "sipdex export")};
    if (session.output.output.empty()) throw UsageError{session.words.folder_needed()};
    if (session.output.format.empty()) throw UsageError{session.words.format_needed()};
    const paint::Format& format = format_of(session);
    const paint::Options options = paint_options(session);
    const std::vector<Exported> documents = exported(session, arguments.what);

    Batch batch;
    batch.folder = session.output.output;
    batch.jobs = jobs_from(session.words, arguments.jobs);
    batch.resume = arguments.resume;
    for (const Exported& one : documents) batch.names.push_back(one.name + "." + std::string(format.extension));
    batch.octets = [&](const Session& own, std::size_t at) {
        const Painted painted = as_asked(own.output, options, page_of(own.reader(), documents[at]));
        return format.paint(painted.document, painted.options);
    };
    std::error_code error;
    std::filesystem::create_directories(batch.folder, error);
    if (error) throw Failure{write_problem(session.words, batch.folder, error)};

    const BatchDone done = run_batch(session, batch);
    const std::string folder = batch.folder.string();
    if (done.stopped)
        throw Failure{session.words.export_stopped(std::to_string(done.written + done.left_out),
                                                   std::to_string(documents.size()), folder)};
    put_on_standard_output(session.words, session.words.exported(done.written, folder) + "\n");
    return 0;
}

}  // namespace sipdex::cli
