// sipdex show 607 [603 …]
#include <CLI/CLI.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "page/pages.h"

namespace sipdex::cli {

void show_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("code", arguments.words, words.cli_argument_code())->required()->expected(1);
}

int show(const Session& session, const Arguments& arguments) {
    format_name(session);
    const page::Reader reader = session.reader();
    const document::Document page = page::response(reader, arguments.words.at(0));
    if (is_notice(page)) throw Failure{document::words_of(page.summary)};
    put(session, page);
    return 0;
}

}  // namespace sipdex::cli
