// Opens the catalog, then hands over to the command line or the window.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/paint_words.h"
#include "language/characters.h"
#include "language/locale.h"
#include "page/explained.h"
#include "page/pages.h"
#include "paint/formats.h"
#include "paint/text.h"
#include "sip/uri.h"
#include "typeset/fonts.h"
#include "user/desk.h"
#include "user/settings.h"
#include "window/catalog_library.h"
#include "window/desktop/ending_signals.h"
#include "window/desktop/shell.h"
#include "window/workbench/view_tabs.h"

namespace {

using namespace sipdex;

constexpr int columns_of_a_text = 80;
constexpr int longest_line = 1000;  // of what goes to the clipboard: whoever pastes it breaks lines as they like

// The language asked for, the one remembered, or the environment's.
std::string language_of(const cli::WindowRequest& request, const user::Settings& settings) {
    if (!request.language.empty()) return request.language;
    const std::vector<std::string>& spoken = language::interface_languages();
    const std::string remembered = settings.text("language");
    if (std::find(spoken.begin(), spoken.end(), remembered) != spoken.end()) return remembered;
    return language::best_match(language::tag_of_environment(), spoken).value_or("en");
}

// What is to be shown first: codes, captures and logs, or an address such as "sipdex://compare/300/607?lang=fr".
bool is_link(const std::vector<std::string>& responses) {
    return responses.size() == 1 && responses[0].starts_with("sipdex:");
}

// Captures and logs, by path or, as desktops hand them over, by address; none where anything else is among the arguments.
std::vector<std::string> files_of(const cli::WindowRequest& request) {
    std::vector<std::string> files;
    for (const std::string& argument : request.responses) {
        constexpr std::string_view scheme = "file://";
        const std::string path =
            argument.starts_with(scheme) ? sip::unescaped(argument.substr(scheme.size())) : argument;
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(path, ignored)) return {};
        files.push_back(std::filesystem::absolute(path, ignored).string());
    }
    return files;
}

window::Place first_place(const cli::WindowRequest& request) {
    if (auto files = files_of(request); !files.empty()) return {"evidence", {}, std::move(files)};
    const std::vector<std::string>& responses = request.responses;
    if (is_link(responses)) return window::place_of_link(responses[0]).value_or(window::Linked{}).place;
    if (responses.empty()) return {request.view, {}, {}};
    if (responses.size() == 1) return {"reference", document::ToResponse{responses[0]}, {}};
    return {"compare", {}, responses};
}

// What a sheet of the window asks for, as the command line would.
cli::OutputOptions output_of(const window::Sheet& sheet) {
    cli::OutputOptions output;
    output.format = sheet.format;
    output.output = sheet.path;
    output.paper = sheet.paper;
    output.monochrome = sheet.monochrome;
    output.landscape = sheet.landscape;
    output.handout = sheet.handout;
    output.form = sheet.form;
    output.header = sheet.header;
    output.logo = sheet.logo;
    output.columns = columns_of_a_text;
    return output;
}

window::CatalogLibrary::Arranged arranged(const catalog::Catalog& catalog, const document::Document& document,
                                          const window::Sheet& sheet, const language::Words& of_sheet) {
    cli::Painted painted = cli::as_asked(cli::Session{catalog, of_sheet, output_of(sheet)}, document);
    painted.options.colour_terminal = false;
    return {std::move(painted.document), std::move(painted.options)};
}

// What goes wrong is said in the words of the window, whatever the language of the sheet.
std::string save(const catalog::Catalog& catalog, const document::Document& document, const window::Sheet& sheet,
                 const language::Words& words) {
    try {
        const language::Words of_sheet(document.language);
        const auto [page, options] = arranged(catalog, document, sheet, of_sheet);
        cli::write_file(words, sheet.path, paint::format_named(sheet.format)->paint(page, options));
        return {};
    } catch (const cli::Failure& failure) {
        return failure.sentence;
    } catch (const cli::UsageError& error) {
        return error.sentence;
    }
}

void refuse_what_cannot_be_shown(const page::Reader& reader, const std::vector<std::string>& responses) {
    cli::refuse_comparison(reader.words, responses);
    for (const std::string& id : responses)
        if (const auto page = page::response(reader, id); cli::is_notice(page))
            throw cli::Failure{document::words_of(page.summary)};
}

// What the window would show first, in the terminal.
int without_window(const page::Reader& reader, std::vector<std::string> responses,
                   const std::vector<std::string>& files) {
    const std::string display = language::shown(window::display_name(), 60);
    const std::string why = display.empty() ? reader.words.no_display() : reader.words.display_silent(display);
    cli::complain(why);
    if (!files.empty()) {
        const page::Brought brought =
            page::bring(page::means_of(reader), std::vector<page::HandedIn>(files.begin(), files.end()));
        if (brought.empty()) throw cli::Failure{page::nothing_read(reader, brought, language::shown(files.front()))};
        cli::put({reader.catalog, reader.words, {}}, page::explained(reader, brought));
        return 0;
    }
    if (responses.empty()) responses = {"300", "607"};
    cli::put({reader.catalog, reader.words, {}}, page::comparison(reader, responses));
    return 0;
}

window::Ended show_window(const cli::WindowRequest& request, const catalog::Catalog& catalog, const std::string& tag,
                          user::Settings& settings, user::Desk& desk) {
    window::CatalogLibrary library(
        catalog, tag,
        [&](const document::Document& document, const window::Sheet& sheet, const language::Words& in) {
            return save(catalog, document, sheet, in);
        },
        [](const document::Document& document, const language::Words& in) {
            paint::Options options;
            options.columns = longest_line;
            options.words = cli::paint_words(in);
            return paint::text(document, options);
        },
        &desk, [&] { return settings.text("author"); },
        [&](const document::Document& document, const window::Sheet& sheet, const language::Words& of_sheet) {
            return arranged(catalog, document, sheet, of_sheet);
        });
    window::Place place = first_place(request);
    if (!request.view.empty() && request.view != place.view)
        place = window::place_behind_tab(library, request.view, place);
    return window::run(
        library, settings,
        {std::move(place), request.dump_file, std::getenv("SIPDEX_MIRRORED") != nullptr, !request.language.empty()});
}

// The codes that an address shows; a language that it names counts as asked for, unless another was.
cli::WindowRequest followed(cli::WindowRequest request) {
    if (!is_link(request.responses)) return request;
    const auto linked = window::place_of_link(request.responses[0]);
    if (!linked) {
        const std::string tag =
            request.language.empty()
                ? language::best_match(language::tag_of_environment(), language::interface_languages()).value_or("en")
                : request.language;
        throw cli::Failure{language::Words(tag).bad_link(language::shown(request.responses[0], 80))};
    }
    const auto& spoken = language::interface_languages();
    if (request.language.empty())
        if (const auto best = language::best_match(linked->language, spoken); best && !linked->language.empty())
            request.language = *best;
    return request;
}

// The codes that would be shown, for those who have no window.
std::vector<std::string> codes_of(const cli::WindowRequest& request) {
    if (!files_of(request).empty()) return {};
    if (!is_link(request.responses)) return request.responses;
    const window::Place place = first_place(request);
    if (const auto* response = std::get_if<document::ToResponse>(&place.target)) return {response->id};
    return place.view == "compare" ? place.ids : std::vector<std::string>{};
}

int open_window(const cli::WindowRequest& asked) {
    const cli::WindowRequest request = followed(asked);
    int signal = 0;
    {
        user::Settings settings(user::default_file());
        user::Desk desk(user::default_desk_file());
        const catalog::Catalog catalog(request.catalog);
        const std::string tag = language_of(request, settings);
        const language::Words words(tag);
        const page::Reader reader{catalog, words, &desk.kept()};
        const std::vector<std::string> codes = codes_of(request);
        refuse_what_cannot_be_shown(reader, codes);
        if (window::display_name().empty()) return without_window(reader, codes, files_of(request));
        try {
            const window::Ended ended = show_window(request, catalog, tag, settings, desk);
            if (ended.why == window::Ended::Why::no_display) return without_window(reader, codes, files_of(request));
            if (ended.why == window::Ended::Why::no_window)
                throw cli::Failure{words.window_failed(language::shown(ended.reason, 200))};
            signal = ended.signal;
        } catch (const typeset::NoFonts&) {
            throw cli::Failure{words.no_fonts()};
        }
    }
    // Everything is saved and put away: now the signal does what it would have done at once.
    if (signal) window::end_by(signal);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    typeset::quiet_libraries();
    return cli::run(argc, argv, open_window);
}
