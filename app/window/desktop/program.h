// Another program, started without the signals that are blocked or ignored here.
#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

namespace sipdex::window {

// Where what it says goes; -1: where ours goes.
struct Says {
    int output = -1, errors = -1;
};

// `words` are its name, looked for in PATH, and its arguments. Gives 0, or why not (errno).
int start_program(std::vector<std::string> words, Says says, pid_t& child);

}  // namespace sipdex::window
