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
#include "paint/text.h"
#include "typeset/typeset.h"

namespace sipdex::cli {

namespace {

int terminal_columns() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    if (const char* columns = std::getenv("COLUMNS")) return std::atoi(columns);
    return 80;
}

// The branch of `cannot_write` that words an error; the system's own sentence stands in where there is none.
std::string reason_of(std::error_code error) {
    if (error == std::errc::no_space_on_device || error.value() == EDQUOT) return "no_room";
    if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted) return "not_allowed";
    if (error == std::errc::read_only_file_system) return "read_only";
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) return "no_folder";
    if (error == std::errc::is_a_directory) return "folder";
    if (error == std::errc::filename_too_long) return "name";
    if (error == std::errc::too_many_symbolic_link_levels) return "links";
    if (error == std::errc::broken_pipe) return "reader";
    if (error == std::errc::bad_file_descriptor) return "closed";
    return "other";
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

paint::Options paint_options(const Session& session) {
    paint::Options options;
    if (session.output.paper != "a4" && session.output.paper != "letter")
        throw UsageError{session.words.unknown_paper(session.output.paper)};
    options.paper = session.output.paper == "letter" ? paint::Paper::letter : paint::Paper::a4;
    options.monochrome = session.output.monochrome;
    options.columns = std::clamp(session.output.columns > 0 ? session.output.columns : terminal_columns(), 20, 400);
    options.colour_terminal =
        session.output.output.empty() && isatty(STDOUT_FILENO) && !options.monochrome && !std::getenv("NO_COLOR");
    options.words = paint_words(session.words);
    return options;
}

// A sheet whose script has no font shows boxes. It is written all the same, since the rest of it may be
// what the reader wants, but not without saying so.
static void warn_of_missing_glyphs(const Session& session, const document::Document& document,
                                   const paint::Options& options) {
    typeset::Typesetter typesetter(typeset::Typesetter::For::paper);
    std::string words = paint::text(document, options);
    std::replace(words.begin(), words.end(), '\n', ' ');
    const std::string missing = typesetter.without_glyph(words, document.language);
    if (!missing.empty()) complain(session.words.missing_glyphs(missing));
}

void put(const Session& session, const document::Document& document) {
    const paint::Format& format = format_of(session);
    const paint::Options options = paint_options(session);
    if (format.name == "pdf" || format.name == "svg" || format.name == "png")
        warn_of_missing_glyphs(session, document, options);
    put_octets(session, format.paint(document, options));
}

void put_octets(const Session& session, std::string_view octets) {
    if (!session.output.output.empty()) return write_file(session.words, session.output.output, octets);
    put_on_standard_output(session.words, octets);
}

void put_on_standard_output(const language::Words& words, std::string_view octets) {
    std::fflush(stdout);
    if (const auto error = file::write(STDOUT_FILENO, octets))
        throw Failure{words.cannot_write_output(reason_of(error), error.message())};
}

void write_file(const language::Words& words, const std::filesystem::path& file, std::string_view octets) {
    if (const auto error = file::write(file, octets)) throw Failure{write_problem(words, file, error)};
}

std::string write_problem(const language::Words& words, const std::filesystem::path& file, std::error_code error) {
    return words.cannot_write(reason_of(error), file.string(), error.message());
}

}  // namespace sipdex::cli
