// sipdex export --what responses|pairs|exchanges|all --format pdf -o DIR
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "page/pages.h"

namespace sipdex::cli {

void export_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("--what", arguments.what, words.cli_option_what())->type_name(value::what)->required();
}

int export_documents(const Session& session, const Arguments& arguments) {
    if (std::ranges::find(value::exported, arguments.what) == value::exported.end())
        throw UsageError{session.words.usage_not_among(arguments.what, value::listed(value::exported))};
    if (session.output.output.empty()) throw UsageError{session.words.folder_needed()};
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
