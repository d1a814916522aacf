// sipdex-catalog: compiles data/ and i18n/ into the catalog, and the interface's messages into words.h.
//
//     sipdex-catalog build   REPOSITORY --output catalog.db
//     sipdex-catalog words   REPOSITORY --output FOLDER
//     sipdex-catalog check   REPOSITORY
//     sipdex-catalog begin   REPOSITORY it
//     sipdex-catalog missing REPOSITORY it
//     sipdex-catalog stamp   REPOSITORY it [--renew]
//
// Exit 0 done, 1 problems in the sources or a file that cannot be written, 2 wrong usage.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

#include "compile/compile.h"
#include "language/locale.h"

namespace {

using namespace sipdex;

int report(const source::Problems& problems) {
    std::fputs(problems.printed().c_str(), stderr);
    std::fprintf(stderr, "sipdex-catalog: %zu %s found; no file was written\n", problems.size(),
                 problems.size() == 1 ? "problem was" : "problems were");
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Compiles the sources of the Sipdex catalog", "sipdex-catalog"};
    app.require_subcommand(1);
    std::filesystem::path repository, output;
    std::string language;
    bool renew = false;
    const auto subcommand = [&](const char* name, const char* help) {
        CLI::App* command = app.add_subcommand(name, help);
        command->add_option("repository", repository, "the folder that holds data/ and i18n/")
            ->required()
            ->check(CLI::ExistingDirectory);
        return command;
    };
    CLI::App* build = subcommand("build", "write the catalog");
    build->add_option("--output", output, "the file to write")->required();
    CLI::App* words = subcommand("words", "write words.h and words.cpp");
    words->add_option("--output", output, "the folder to write to")->required();
    subcommand("check", "report the problems only");
    CLI::App* stamp = subcommand("stamp", "note which English text each translation was made from");
    CLI::App* begin = subcommand("begin", "lay a language out below i18n/, the English above each empty text");
    CLI::App* missing = subcommand("missing", "list what a language lacks, and what its English has changed since");
    for (CLI::App* command : {stamp, begin, missing})
        command->add_option("language", language, "its tag, such as it")->required();
    stamp->add_flag("--renew", renew, "take outdated translations as made anew");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        repository = std::filesystem::canonical(repository);
        source::Problems problems;
        if (words->parsed()) {
            compile::Model interface;
            compile::read_words(repository, interface, problems);
            problems = {};  // words about SIP are the business of `build`
            compile::read_interface(repository, interface, problems);
            if (!problems.empty()) return report(problems);
            compile::write_words(interface, output);
            return 0;
        }
        if (begin->parsed()) {
            if (!language::is_known_language(language)) {
                std::fprintf(stderr, "sipdex-catalog: '%s' is no language tag; one is 'it' or 'pt-BR'\n",
                             language.c_str());
                return 1;
            }
            const auto written = compile::begin_language(repository, language);
            for (const std::string& file : written) std::printf("%s\n", file.c_str());
            if (written.empty())
                std::fprintf(stderr, "sipdex-catalog: i18n/%s has all files already\n", language.c_str());
            return 0;
        }
        const compile::Model model = compile::read(repository, problems);
        if (!problems.empty()) return report(problems);
        if (build->parsed()) compile::write(model, repository / "data" / "schema.sql", output);
        if ((stamp->parsed() || missing->parsed()) && (language == "en" || !model.words.contains(language))) {
            std::fprintf(stderr, "sipdex-catalog: %s\n",
                         language == "en"
                             ? "English is what the others are translated from"
                             : ("there is no i18n/" + language + "; `sipdex-catalog begin . " + language + "` makes it")
                                   .c_str());
            return 1;
        }
        if (stamp->parsed()) compile::write_stamps(repository, model, language, renew);
        if (missing->parsed()) std::fputs(compile::still_to_translate(model, language).c_str(), stdout);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "sipdex-catalog: %s\n", error.what());
        return 1;
    }
}
