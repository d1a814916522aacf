// sipdex export --what responses|pairs|exchanges|all --format pdf -o DIR
// sipdex export --what site [--base https://example.org/sip/] -o DIR
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/paint_words.h"
#include "cli/values.h"
#include "language/characters.h"
#include "page/pages.h"
#include "site/addresses.h"
#include "site/site.h"

namespace sipdex::cli {

namespace {

Failure failure_of(const language::Words& words, const site::Obstacle& obstacle) {
    switch (obstacle.why) {
        case site::Obstacle::Why::foreign_folder:
            return {words.site_folder_foreign(obstacle.path.string(), obstacle.name)};
        case site::Obstacle::Why::foreign_file: return {words.site_file_foreign(obstacle.path.string())};
        case site::Obstacle::Why::unwritable: break;
    }
    return {write_problem(words, obstacle.path, obstacle.error)};
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
    app.add_option("--what", arguments.what, words.cli_option_what())->type_name(value::what)->required();
    app.add_option("--base", arguments.base, words.cli_option_base())->type_name(value::address);
}

int export_documents(const Session& session, const Arguments& arguments) {
    if (std::ranges::find(value::exported, arguments.what) == value::exported.end())
        throw UsageError{session.words.usage_not_among(arguments.what, value::listed(value::exported))};
    if (session.output.output.empty()) throw UsageError{session.words.folder_needed()};
    if (arguments.what == "site") return export_site(session, arguments);
    if (session.output.format.empty()) throw UsageError{session.words.format_needed()};
    const paint::Format& format = format_of(session);
    const paint::Options options = paint_options(session);
    const std::filesystem::path folder = session.output.output;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw Failure{write_problem(session.words, folder, error)};

    const page::Reader reader = session.reader();
    long written = 0;
    const auto write = [&](const std::string& name, const document::Document& page) {
        write_file(session.words, folder / (name + "." + std::string(format.extension)), format.paint(page, options));
        ++written;
    };
    const bool all = arguments.what == "all";
    const auto responses = session.catalog.responses(session.words.tag());
    if (all || arguments.what == "responses")
        for (const catalog::ListedResponse& response : responses)
            write(response.id, page::response(reader, response.id));
    if (all || arguments.what == "pairs")
        for (const catalog::ListedResponse& response : responses)
            for (const catalog::Pair& pair : session.catalog.pairs_with(response.id))
                if (pair.ids[0] == response.id)
                    write(pair.ids[0] + "-vs-" + pair.ids[1], page::comparison(reader, pair.ids));
    if (all || arguments.what == "exchanges")
        for (const catalog::Exchange& exchange : session.catalog.exchanges())
            write("exchange-" + exchange.id, page::exchange(reader, exchange.id));
    put_on_standard_output(session.words, session.words.exported(written, folder.string()) + "\n");
    return 0;
}

}  // namespace sipdex::cli
