// The commands, one file each. A line in commands() brings help, options and test.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/outline.h"
#include "cli/session.h"

namespace CLI {
class App;
}

namespace sipdex::cli {

// What a command was given beyond the options that all share.
struct Arguments {
    std::vector<std::string> words;     // codes, a query, a name
    std::string what;                   // of export
    std::string base;                   // of export: the address of the site
    std::string party;                  // of replay: whom SIPp is to play
    std::vector<std::string> changes;   // of replay: "bob answers 603 after 2s"
    bool ticket = false;                // of show: only what goes into a ticket
    bool ladders = false;               // of compare: with both exchanges
    std::string phrase, number;         // of note: what it is on, which of several
    std::optional<std::string> author;  // of note: who writes it
    bool remove = false;                // of note and favourite
    std::string jobs;                   // of export: how many processes work at once; empty: one for each processor
    bool imposed = false;               // of export: a booklet on sheets to be folded
    bool resume = false;                // of export: what is there already is left out
    std::vector<std::string> calls, thresholds;  // of explain: numbers, "challenge-loop.attempts=5"
    std::string beside;                          // of explain: a number or an exchange
    std::string finding;                         // of explain: a number
    bool rules = false;                          // of explain: list them
    std::string key;                             // of redact: the file that tells what was replaced
};

struct Command {
    const char* name;
    std::string (*help)(const language::Words&);
    void (*options)(CLI::App&, const language::Words&, Arguments&);
    int (*run)(const Session&, const Arguments&);
    std::vector<std::string> formats = {};  // that it writes beside those of paint::formats()
};

const std::vector<Command>& commands();

// Every format that a command writes; an empty name stands for the program itself.
std::vector<std::string> formats_of(std::string_view command);

// The whole command line, as it describes itself in a language.
Outline outline_in(const language::Words& words);

void show_options(CLI::App&, const language::Words&, Arguments&);
int show(const Session&, const Arguments&);
void compare_options(CLI::App&, const language::Words&, Arguments&);
int compare(const Session&, const Arguments&);
void search_options(CLI::App&, const language::Words&, Arguments&);
int search(const Session&, const Arguments&);
void replay_options(CLI::App&, const language::Words&, Arguments&);
int replay(const Session&, const Arguments&);
void forks_options(CLI::App&, const language::Words&, Arguments&);
int forks(const Session&, const Arguments&);
void ask_options(CLI::App&, const language::Words&, Arguments&);
int ask(const Session&, const Arguments&);
void explain_options(CLI::App&, const language::Words&, Arguments&);
int explain(const Session&, const Arguments&);
void redact_options(CLI::App&, const language::Words&, Arguments&);
int redact_files(const Session&, const Arguments&);
void export_options(CLI::App&, const language::Words&, Arguments&);
int export_documents(const Session&, const Arguments&);
void note_options(CLI::App&, const language::Words&, Arguments&);
int note(const Session&, const Arguments&);
void favourite_options(CLI::App&, const language::Words&, Arguments&);
int favourite(const Session&, const Arguments&);
void recent_options(CLI::App&, const language::Words&, Arguments&);
int recent(const Session&, const Arguments&);
void profile_options(CLI::App&, const language::Words&, Arguments&);
int profile(const Session&, const Arguments&);
void own_options(CLI::App&, const language::Words&, Arguments&);
int own(const Session&, const Arguments&);
void catalog_options(CLI::App&, const language::Words&, Arguments&);
int catalog_command(const Session&, const Arguments&);

// Throws UsageError where there are more codes than can stand side by side, or one of them twice.
void refuse_comparison(const language::Words& words, const std::vector<std::string>& codes);

// Whether the documents of a page tell that there is no such thing; then it is printed as a problem.
bool is_notice(const document::Document& document);

}  // namespace sipdex::cli
