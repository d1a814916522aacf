#include "window/desktop/program.h"

#include <signal.h>
#include <spawn.h>
#include <unistd.h>

namespace sipdex::window {

int start_program(std::vector<std::string> words, Says says, pid_t& child) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    sigaddset(&none, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    if (says.output >= 0) posix_spawn_file_actions_adddup2(&files, says.output, STDOUT_FILENO);
    if (says.errors >= 0) posix_spawn_file_actions_adddup2(&files, says.errors, STDERR_FILENO);
    const int failed = posix_spawnp(&child, arguments[0], &files, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

}  // namespace sipdex::window
