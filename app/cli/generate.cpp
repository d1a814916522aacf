#include "cli/generate.h"

#include <cstdlib>
#include <ctime>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/completions.h"
#include "cli/manual.h"
#include "cli/output.h"
#include "cli/values.h"
#include "page/write_problem.h"

namespace sipdex::cli {

namespace {

void write_into(const language::Words& words, const std::filesystem::path& file, const std::string& octets) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) throw Failure{page::write_problem(words, file.parent_path(), error)};
    write_file(words, file, octets);
}

// A package says of which day its sources are, so that it comes out the same on any day.
std::string date() {
    const char* given = std::getenv("SOURCE_DATE_EPOCH");
    const std::time_t at = given ? static_cast<std::time_t>(std::atoll(given)) : std::time(nullptr);
    std::tm day{};
    gmtime_r(&at, &day);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &day)};
}

void write_manual(const language::Words& words, const std::filesystem::path& folder) {
    for (const std::string& tag : language::interface_languages()) {
        const language::Words in(tag);
        const std::filesystem::path section = (tag == "en" ? folder : folder / tag) / "man1";
        for (const ManPage& page : manual(outline_in(in), in, date()))
            write_into(words, section / (page.name + ".1"), page.roff);
    }
}

void write_completions(const language::Words& words, const std::filesystem::path& file,
                       const std::filesystem::path& folder) {
    const catalog::Catalog catalog(file);
    std::vector<Spoken> spoken;
    for (const std::string& tag : language::interface_languages()) {
        const language::Words in(tag);
        spoken.push_back({tag, outline_in(in), offers({catalog, in, {}})});
    }
    write_into(words, folder / "bash", bash_completions(spoken));
    write_into(words, folder / "zsh", zsh_completions(spoken));
    write_into(words, folder / "fish", fish_completions(spoken));
}

}  // namespace

int generate(const language::Words& words, const std::filesystem::path& catalog, const std::string& what,
             const std::filesystem::path& folder) {
    if (what == "man") write_manual(words, folder);
    else if (what == "completions") write_completions(words, catalog, folder);
    else throw UsageError{words.usage_not_among(what, "man, completions")};
    return 0;
}

}  // namespace sipdex::cli
