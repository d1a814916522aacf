// The command line as it describes itself: commands, options, arguments, in one language. Man pages and completions are
// written from it, so that they never say something else than the program.
#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sipdex::language {
class Words;
}

namespace sipdex::cli {

// A word that a shell can offer, and what it stands for.
struct Offer {
    std::string word;
    std::string says;  // may be empty
};

struct OutlinedOption {
    std::vector<std::string> names;  // "-o", "--output"; none for an argument
    std::string value;               // what it takes, one of value::all; empty for a flag
    std::string says;
    bool required = false;
    bool several = false;        // takes or may be given more than one
    std::vector<Offer> choices;  // all that may be given, where that is the same with every catalog
};

struct OutlinedCommand {
    std::string name;  // empty for the program itself
    std::string says;
    std::vector<OutlinedOption> options, arguments;
};

struct Outline {
    OutlinedCommand program;
    std::vector<OutlinedCommand> commands;
};

// What help does not show is left out.
Outline outline_of(const CLI::App& app, const language::Words& words);

}  // namespace sipdex::cli
