// sipdex show 607, and sipdex show - for a message or a line of one on standard input
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

// At most so much is read; a message is far shorter.
constexpr std::size_t most_octets = 1 << 20;

int show_pasted(const Session& session) {
    std::string text(most_octets, '\0');
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
    const document::Document page = page::response(reader, arguments.words.at(0));
    if (is_notice(page)) throw Failure{document::words_of(page.summary)};
    put(session, page);
    return 0;
}

}  // namespace sipdex::cli
