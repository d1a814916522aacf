#include "cli/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/paint_words.h"
#include "cli/values.h"
#include "file/write.h"
#include "language/characters.h"
#include "language/date.h"
#include "page/facts.h"
#include "page/forms.h"
#include "page/handout.h"
#include "page/write_problem.h"
#include "paint/logo.h"
#include "paint/picture.h"
#include "paint/sheet.h"
#include "typeset/typeset.h"

namespace sipdex::cli {

namespace {

int terminal_columns() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    if (const char* columns = std::getenv("COLUMNS")) return std::atoi(columns);
    return 80;
}

// A tree is meant for one page: where it takes more, the next larger paper that has room for it.
void advise_on_paper(const Session& session, const Painted& painted) {
    const auto pages_on = [&](paint::Paper paper) {
        paint::Options options = painted.options;
        options.paper = paper;
        return paint::Sheet(painted.document, options, paint::Sheet::Flow::pages).pages();
    };
    const paint::PaperKind& asked = paint::kind_of(painted.options.paper);
    const int pages = pages_on(asked.paper);
    if (pages == 1) return;
    std::string larger = "none";
    const bool iso = asked.name.front() == 'a';
    for (const paint::PaperKind& kind : paint::papers())
        if (larger == "none" && (kind.name.front() == 'a') == iso && kind.width > asked.width &&
            pages_on(kind.paper) == 1)
            larger = kind.name;
    complain(session.words.tree_pages(larger, std::to_string(pages), std::string(asked.name)));
}

// The octets of the picture that was named; empty where none was.
std::string logo_of(const Session& session) {
    if (session.output.logo.empty()) return {};
    try {
        return paint::logo_in(session.output.logo);
    } catch (const paint::NotAPicture&) {
        throw Failure{session.words.logo_unreadable(session.output.logo)};
    }
}

}  // namespace

std::string format_name(const Session& session, std::string_view command) {
    const std::string& asked = session.output.format;
    const std::string extension = std::filesystem::path(session.output.output).extension().string();
    const std::vector<std::string> known = formats_of(command);
    if (asked.empty()) {
        if (const paint::Format* format = paint::format_for_file(session.output.output))
            return std::string(format->name);
        if (!extension.empty() && std::ranges::find(known, extension.substr(1)) != known.end())
            return extension.substr(1);
        return "text";
    }
    if (const paint::Format* format = paint::format_named(asked)) return std::string(format->name);
    if (std::ranges::find(known, asked) != known.end()) return asked;
    throw UsageError{session.words.unknown_format(asked, value::listed(known))};
}

const paint::Format& format_of(const Session& session) { return *paint::format_named(format_name(session)); }

bool is_drawn(const paint::Format& format) {
    return format.name == "pdf" || format.name == "svg" || format.name == "png";
}

paint::Options paint_options(const Session& session) {
    paint::Options options;
    const OutputOptions& asked = session.output;
    const auto paper = paint::paper_named(asked.paper);
    if (!paper) throw UsageError{session.words.unknown_paper(asked.paper, value::listed(value::papers()))};
    if (!asked.form.empty() && !page::form_named(asked.form))
        throw UsageError{session.words.usage_not_among(asked.form, value::listed(value::forms()))};
    options.paper = *paper;
    options.landscape = asked.landscape;
    options.letterhead = {asked.header, logo_of(session)};
    if (asked.date != "none") {
        const auto date = asked.date.empty() ? language::today() : language::date_from(asked.date);
        if (!date) throw UsageError{session.words.usage_date(language::shown(asked.date, 40))};
        options.date = language::long_date(*date, session.words.tag());
        options.day = language::plain_date(*date);
    }
    options.monochrome = session.output.monochrome;
    options.columns = std::clamp(session.output.columns > 0 ? session.output.columns : terminal_columns(), 20, 400);
    options.colour_terminal =
        session.output.output.empty() && isatty(STDOUT_FILENO) && !options.monochrome && !std::getenv("NO_COLOR");
    options.words = paint_words(session.words);
    return options;
}

Painted as_asked(const OutputOptions& asked, const paint::Options& options, document::Document document) {
    const page::Form form = page::form_named(asked.form).value_or(page::Form::full);
    Painted painted{page::in_form(std::move(document), form), options};
    painted.options.most_pages = page::most_pages(painted.document, form);
    // Two pages are promised on A4 and what is larger; on smaller paper nothing is left out for that.
    painted.options.whole =
        form == page::Form::full && paint::kind_of(options.paper).height < paint::kind_of(paint::Paper::letter).height;
    if (!page::fits_upright(painted.document)) painted.options.landscape = true;
    if (std::getenv("SIPDEX_MIRRORED")) painted.document.right_to_left = true;
    return painted;
}

Painted as_asked(const Session& session, document::Document document) {
    if (format_name(session) == "csv") document = page::with_facts(session.reader(), std::move(document));
    Painted painted = as_asked(session.output, paint_options(session), std::move(document));
    if (session.output.handout) {
        painted.document = page::handout(painted.document, session.words);
        painted.options.most_pages = 0;
    }
    return painted;
}

// A sheet whose script has no font shows boxes. It is written all the same, since the rest of it may be
// what the reader wants, but not without saying so.
void put(const Session& session, const document::Document& document) {
    const paint::Format& format = format_of(session);
    const Painted painted = as_asked(session, document);
    const std::string octets = format.paint(painted.document, painted.options);
    // Only what is drawn asks for fonts; text needs none, and none may be installed.
    const std::string missing = is_drawn(format) ? typeset::for_paper().take_missing() : std::string();
    if (!missing.empty()) complain(session.words.missing_glyphs(missing));
    if (format.name == "pdf" && document::has_tree(painted.document)) advise_on_paper(session, painted);
    put_octets(session, octets);
}

void put_octets(const Session& session, std::string_view octets) {
    if (!session.output.output.empty()) return write_file(session.words, session.output.output, octets);
    put_on_standard_output(session.words, octets);
}

void put_on_standard_output(const language::Words& words, std::string_view octets) {
    std::fflush(stdout);
    if (const auto error = file::write(STDOUT_FILENO, octets))
        throw Failure{words.cannot_write_output(page::write_problem_branch(error), error.message())};
}

void write_file(const language::Words& words, const std::filesystem::path& file, std::string_view octets) {
    if (const auto error = file::write(file, octets)) throw Failure{page::write_problem(words, file, error)};
}

}  // namespace sipdex::cli
