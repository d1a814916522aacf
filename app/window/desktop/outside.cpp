#include "window/desktop/outside.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <system_error>
#include <thread>

#include "window/desktop/file_choice.h"
#include "window/desktop/program.h"

namespace sipdex::window {

namespace {

constexpr auto patience = std::chrono::seconds(20);  // with a printer that does not answer

void open(const std::string& address) {
    pid_t child = 0;
    if (const int failed = start_program({"xdg-open", address}, {}, child))
        throw std::system_error(failed, std::generic_category(), address + ": xdg-open");  // said in the status bar
    // Waited for elsewhere, so that no frame waits and no dead child stays.
    std::thread([child] { waitpid(child, nullptr, 0); }).detach();
}

// Everything that comes until the other end is closed, or patience is at its end.
std::string read_all(int from, bool& ended) {
    std::string said;
    const auto last = std::chrono::steady_clock::now() + patience;
    ended = false;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(last - std::chrono::steady_clock::now());
        pollfd waiting{from, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&waiting, 1, int(left.count())) <= 0) return said;
        char octets[1024];
        const ssize_t got = ::read(from, octets, sizeof octets);
        if (got <= 0) break;
        said.append(octets, std::size_t(got));
    }
    ended = true;
    return said;
}

Outside::Printed print(const std::string& file) {
    using Outcome = Outside::Printed::Outcome;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {Outcome::refused, std::generic_category().message(errno)};
    pid_t child = 0;
    const int failed = start_program({"lp", "--", file}, {ends[1], ends[1]}, child);
    close(ends[1]);
    if (failed) {
        close(ends[0]);
        if (failed == ENOENT) return {Outcome::no_program, {}};
        return {Outcome::refused, std::generic_category().message(failed)};
    }
    bool ended = false;
    std::string said = read_all(ends[0], ended);
    close(ends[0]);
    if (!ended) kill(child, SIGTERM);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    said.erase(said.find_last_not_of(" \n") + 1);
    return {Outcome::refused, said.empty() ? "lp" : said};
}

}  // namespace

Outside desktop_outside() { return {open, print, choose_files, {}}; }

}  // namespace sipdex::window
