// Opens the catalog, then hands over to the command line or the window.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "language/locale.h"
#include "page/pages.h"
#include "user/settings.h"
#include "window/catalog_library.h"
#include "window/shell.h"

namespace {

using namespace sipdex;

// The language asked for, the one remembered, or the environment's.
std::string language_of(const cli::WindowRequest& request, const user::Settings& settings) {
    if (!request.language.empty()) return request.language;
    const std::vector<std::string>& spoken = language::interface_languages();
    const std::string remembered = settings.text("language");
    if (std::find(spoken.begin(), spoken.end(), remembered) != spoken.end()) return remembered;
    return language::best_match(language::tag_of_environment(), spoken).value_or("en");
}

window::Place first_place(const std::vector<std::string>& responses) {
    if (responses.empty()) return {};
    if (responses.size() == 1) return {"reference", document::ToResponse{responses[0]}, {}};
    return {"compare", {}, responses};
}

std::string save(const catalog::Catalog& catalog, const document::Document& document, const window::Sheet& sheet, const language::Words& words) {
    try {
        cli::put({catalog, words, {sheet.format, sheet.path, sheet.paper, sheet.monochrome, 0}}, document);
        return {};
    } catch (const cli::Failure& failure) {
        return failure.sentence;
    } catch (const cli::UsageError& error) {
        return error.sentence;
    }
}

// What the window would show first, in the terminal.
int without_window(const catalog::Catalog& catalog, const language::Words& words, std::vector<std::string> responses) {
    std::fprintf(stderr, "sipdex: %s\n", words.no_display().c_str());
    if (responses.empty()) responses = {"300", "607"};
    const page::Reader reader{catalog, words};
    cli::put({catalog, words, {}}, page::comparison(reader, responses));
    return 0;
}

int open_window(const cli::WindowRequest& request) {
    user::Settings settings(user::default_file());
    const catalog::Catalog catalog(request.catalog);
    const std::string tag = language_of(request, settings);
    const language::Words words(tag);
    for (const std::string& id : request.responses)
        if (const auto page = page::response({catalog, words}, id); cli::is_notice(page)) throw cli::Failure{document::words_of(page.summary)};
    if (!window::has_display()) return without_window(catalog, words, request.responses);
    window::CatalogLibrary library(catalog, tag, [&](const document::Document& document, const window::Sheet& sheet, const language::Words& in) {
        return save(catalog, document, sheet, in);
    });
    const std::string trouble = window::run(library, settings, {first_place(request.responses), request.dump_file, std::getenv("SIPDEX_MIRRORED") != nullptr});
    if (!trouble.empty()) throw cli::Failure{words.window_failed(trouble)};
    return 0;
}

}  // namespace

int main(int argc, char** argv) { return sipdex::cli::run(argc, argv, open_window); }
