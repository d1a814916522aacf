// sipdex export --what responses|pairs|all-pairs|exchanges|all --format pdf -o DIR
// sipdex export --what poster|deskcard -o FILE|DIR
// sipdex export --what booklet [300 607 …] -o FILE.pdf|DIR
// sipdex export --what site [--base https://example.org/sip/] -o DIR
#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <optional>

#include "cli/batch.h"
#include "cli/book.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/paint_words.h"
#include "cli/values.h"
#include "language/characters.h"
#include "page/facts.h"
#include "page/pages.h"
#include "page/write_problem.h"
#include "site/addresses.h"
#include "site/site.h"

namespace sipdex::cli {

namespace {

// One of the documents that an export writes: its file's name and what it is about.
struct Exported {
    std::string name;
    std::vector<std::string> codes;  // one: a response; two: a comparison
    std::string exchange;            // in place of codes
};

// A few responses with a few others, then the next few: so that their words are still at hand, as they were set before.
void each_pair_of(const catalog::Catalog& catalog, const std::string& language,
                  const std::function<void(const std::string&, const std::string&)>& pair) {
    constexpr std::size_t few = 4;
    std::vector<std::string> ids;
    for (const catalog::ListedResponse& response : catalog.responses(language))
        if (response.status == "registered") ids.push_back(response.id);
    for (std::size_t ones = 0; ones < ids.size(); ones += few)
        for (std::size_t others = ones; others < ids.size(); others += few)
            for (std::size_t i = ones; i < std::min(ones + few, ids.size()); ++i)
                for (std::size_t j = std::max(i + 1, others); j < std::min(others + few, ids.size()); ++j)
                    pair(ids[i], ids[j]);
}

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
    if (what == "all-pairs") each_pair_of(session.catalog, session.words.tag(), pair);
    if (all || what == "exchanges")
        for (const catalog::Exchange& exchange : session.catalog.exchanges())
            documents.push_back({"exchange-" + exchange.id, {}, exchange.id});
    return documents;
}

document::Document page_of(const page::Reader& reader, const Exported& one) {
    if (!one.exchange.empty()) return page::exchange(reader, one.exchange);
    return one.codes.size() == 1 ? page::response(reader, one.codes[0]) : page::comparison(reader, one.codes);
}

Failure failure_of(const language::Words& words, const site::Obstacle& obstacle) {
    switch (obstacle.why) {
        case site::Obstacle::Why::foreign_folder:
            return {words.site_folder_foreign(obstacle.path.string(), obstacle.name)};
        case site::Obstacle::Why::foreign_file: return {words.site_file_foreign(obstacle.path.string())};
        case site::Obstacle::Why::unwritable: break;
    }
    return {page::write_problem(words, obstacle.path, obstacle.error)};
}

// A folder that is made where it does not exist, and gone again, with those above it that were made, where nothing was
// written into it.
class MadeFolder {
public:
    MadeFolder(const language::Words& words, const std::filesystem::path& folder) {
        std::error_code error;
        for (std::filesystem::path at = folder; !at.empty() && !std::filesystem::exists(at, error);
             at = at.parent_path())
            if (at.has_filename()) made_.push_back(at);
        std::filesystem::create_directories(folder, error);
        if (error) throw Failure{page::write_problem(words, folder, error)};
    }
    ~MadeFolder() {
        std::error_code not_empty;
        for (const std::filesystem::path& each : made_)
            if (!std::filesystem::remove(each, not_empty) || not_empty) return;
    }
    MadeFolder(const MadeFolder&) = delete;
    MadeFolder& operator=(const MadeFolder&) = delete;

private:
    std::vector<std::filesystem::path> made_;  // innermost first
};

// One file: where a folder was given, as every other export takes one, in it, under a name of its own; as PDF, unless
// something else was asked for.
Session into_one_file(Session session, const std::string& what) {
    OutputOptions& output = session.output;
    if (output.output.empty()) return session;
    const std::filesystem::path given = output.output;
    std::error_code error;
    const bool fresh = !given.has_extension() && !std::filesystem::exists(given, error);
    if (!fresh && !std::filesystem::is_directory(given, error)) return session;
    if (output.format.empty()) output.format = "pdf";
    const std::string_view extension = format_of(session).extension;
    output.output = given / ("sipdex-" + what + "-" + session.words.tag() + "." + std::string(extension));
    return session;
}

int export_one_file(const Session& asked, const Arguments& arguments) {
    const Session session = into_one_file(asked, arguments.what);
    std::optional<MadeFolder> folder;
    if (session.output.output != asked.output.output) folder.emplace(session.words, asked.output.output);
    const int code = arguments.what == "booklet" ? export_book(session, arguments.words, arguments.imposed)
                                                 : export_overview(session, arguments.what);
    if (folder) put_on_standard_output(session.words, session.words.window_saved(session.output.output) + "\n");
    return code;
}

// Every page in every language, whichever is spoken here.
int export_site(const Session& session, const Arguments& arguments) {
    const std::string base = site::base_of(arguments.base);
    if (!arguments.base.empty() && base.empty())
        throw UsageError{session.words.usage_base(language::shown(arguments.base))};
    const std::filesystem::path folder = session.output.output;
    const site::Files files = site::files_of(session.catalog, {base, paint_words});
    try {
        site::write_folder(folder, files);
    } catch (const site::Obstacle& obstacle) {
        throw failure_of(session.words, obstacle);
    }
    put_on_standard_output(
        session.words, session.words.site_exported(folder.string(), site::pages_in(files), site::megabytes_in(files),
                                                   (folder / "index.html").string()) +
                           "\n");
    return 0;
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
    app.add_option("--base", arguments.base, words.cli_option_base())->type_name(value::address);
}

int export_documents(const Session& session, const Arguments& arguments) {
    if (std::ranges::find(value::exported, arguments.what) == value::exported.end())
        throw UsageError{session.words.usage_not_among(arguments.what, value::listed(value::exported))};
    if (arguments.what == "poster" || arguments.what == "deskcard" || arguments.what == "booklet")
        return export_one_file(session, arguments);
    if (!arguments.words.empty())
        throw UsageError{session.words.usage_unexpected(language::shown(arguments.words.front(), 80), "sipdex export")};
    if (session.output.output.empty()) throw UsageError{session.words.folder_needed()};
    if (arguments.what == "site") return export_site(session, arguments);
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
        document::Document page = page_of(own.reader(), documents[at]);
        if (format.name == "csv") page = page::with_facts(own.reader(), std::move(page));
        const Painted painted = as_asked(own.output, options, std::move(page));
        return format.paint(painted.document, painted.options);
    };
    std::error_code error;
    std::filesystem::create_directories(batch.folder, error);
    if (error) throw Failure{page::write_problem(session.words, batch.folder, error)};

    const BatchDone done = run_batch(session, batch);
    const std::string folder = batch.folder.string();
    if (done.stopped)
        throw Failure{session.words.export_stopped(std::to_string(done.written + done.left_out),
                                                   std::to_string(documents.size()), folder)};
    put_on_standard_output(session.words, session.words.exported(done.written, folder) + "\n");
    return 0;
}

}  // namespace sipdex::cli
