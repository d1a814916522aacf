// sipdex show 607, sipdex show Retry-After, and sipdex show - for a message or a line of one on standard input
#include <CLI/CLI.hpp>

#include <cstdio>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "page/pages.h"
#include "page/pasted.h"

namespace sipdex::cli {

void show_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("code", arguments.words, words.cli_argument_code())->required()->expected(1);
}

int show_pasted(const Session& session) {
    std::string text(page::most_pasted + 1, '\0');      // the one more tells that there is more
    text.resize(std::fread(text.data(), 1, text.size(), stdin));
    const page::Reader reader = session.reader();
    const auto page = page::pasted(reader, text);
    if (!page) throw Failure{session.words.pasted_nothing()};
    if (is_notice(*page)) throw Failure{document::words_of(page->summary)};
    put(session, *page);
    return 0;
}

int show(const Session& session, const Arguments& arguments) {
    format_name(session);
    if (arguments.words.at(0) == "-") return show_pasted(session);
    const page::Reader reader = session.reader();
    const std::string& asked = arguments.words.at(0);
    document::Document page = page::response(reader, asked);
    if (is_notice(page)) {
        // Not a code: perhaps the name of something else that has a page.
        const auto id = page::term_called(reader, asked);
        if (!id) throw Failure{document::words_of(page.summary)};
        page = page::term(reader, *id);
    }
    put(session, page);
    return 0;
}

}  // namespace sipdex::cli
