// sipdex compare 300 607 [603 …]
// sipdex compare 300 607 --ladders                with both exchanges' messages
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/output.h"
#include "cli/values.h"
#include "page/both_ladders.h"
#include "page/forms.h"
#include "page/pages.h"

namespace sipdex::cli {

void compare_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("codes", arguments.words, words.cli_argument_code())
        ->type_name(value::code)
        ->required()
        ->expected(1, 100);
    app.add_flag("--ladders", arguments.ladders, words.cli_option_ladders());
}

void refuse_comparison(const language::Words& words, const std::vector<std::string>& codes) {
    if (codes.size() > 5) throw UsageError{words.too_many_codes(std::to_string(codes.size()))};
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (std::find(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(i), codes[i]) !=
            codes.begin() + static_cast<std::ptrdiff_t>(i))
            throw UsageError{words.same_code_twice(codes[i])};
}

int compare(const Session& session, const Arguments& arguments) {
    format_name(session);
    complain_of_desk(session);
    const std::vector<std::string>& codes = arguments.words;
    if (codes.size() < 2) throw UsageError{session.words.usage_needs("compare")};
    refuse_comparison(session.words, codes);
    const page::Reader reader = session.reader();
    if (arguments.ladders &&
        (codes.size() != 2 || page::form_named(session.output.form).value_or(page::Form::full) != page::Form::full))
        throw UsageError{session.words.usage_ladders()};
    document::Document page = page::comparison(reader, codes);
    if (is_notice(page)) throw Failure{document::words_of(page.summary)};
    if (arguments.ladders) page::add_both_ladders(reader, codes, page);
    put(session, page);
    visited(session, document::ToComparison{codes});
    return 0;
}

}  // namespace sipdex::cli
