// Many files written by several processes at once. Each is written whole or not at all, so that a batch that was stopped
// goes on where it ended.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "cli/session.h"

namespace sipdex::cli {

struct Batch {
    std::filesystem::path folder;
    std::vector<std::string> names;  // of the files; each is written once
    int jobs = 1;
    bool resume = false;  // a file that is there is left as it is
    // What stands in the file of that number. Asked in the process that writes it, with a session of its own: an open
    // database must not cross from a process into its child.
    std::function<std::string(const Session&, std::size_t)> octets;
};

// How many files were written and left out; fewer than all where the person at the terminal stopped it (Ctrl+C). On a
// terminal, standard error tells how far it is and how long the rest will take. Throws Failure with the first sentence
// that says what failed; then nothing more is begun.
struct BatchDone {
    long written = 0, left_out = 0;
    bool stopped = false;
};
BatchDone run_batch(const Session& session, const Batch& batch);

// The number given to --jobs, or that of the processors. Throws UsageError.
int jobs_from(const language::Words& words, const std::string& given);

}  // namespace sipdex::cli
