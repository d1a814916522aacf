#include "desktop/screen.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "support/text.h"

namespace sipdex::test {

namespace {

constexpr int server_starts_within = 30'000;  // milliseconds

bool readable(int descriptor, int milliseconds) {
    pollfd waiting{descriptor, POLLIN, 0};
    return poll(&waiting, 1, milliseconds) == 1;
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment) {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    id_ = fork();
    if (id_ < 0) throw std::runtime_error("no further process can be started");
    if (id_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        // Whoever runs the tests may ignore some signals, as a shell does for what runs behind it.
        for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) std::signal(signal, SIG_DFL);
        for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
        execvp(words[0], words.data());
        _exit(127);
    }
    // The C library of Debian 12 knows pidfd_open, but not for every compiler: the system call is the same.
    ending_ = int(syscall(SYS_pidfd_open, id_, 0));
}

Process::~Process() {
    if (!reaped_) {
        kill(id_, SIGTERM);
        if (ended(std::chrono::seconds(5)) == -1 && !reaped_) {
            kill(id_, SIGKILL);
            waitpid(id_, nullptr, 0);
        }
    }
    if (ending_ >= 0) close(ending_);
}

int Process::ended(std::chrono::milliseconds deadline) {
    if (reaped_ || !readable(ending_, int(deadline.count()))) return -1;
    int status = 0;
    waitpid(id_, &status, 0);
    reaped_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Screen::Pipe::Pipe() {
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
    fcntl(ends[1], F_SETFD, 0);  // the server inherits the end it writes to
}

Screen::Pipe::~Pipe() {
    for (const int end : ends) close(end);
}

Screen::Screen(int width, int height)
    // While it tries displays that others have, the server complains of each. Keys are not repeated: on a busy machine
    // one that is pressed and let go would be held long enough to be typed twice.
    : server_({"sh", "-c", "exec \"$@\" 2>/dev/null", "sh", "Xvfb", "-displayfd", std::to_string(pipe_.ends[1]),
               "-screen", "0", std::to_string(width) + "x" + std::to_string(height) + "x24", "-nolisten", "tcp",
               "-noreset", "-r", "-fbdir", picture_.path().string()}) {
    std::string number;
    while (number.empty() || number.back() != '\n') {
        char letter = 0;
        if (!readable(pipe_.ends[0], server_starts_within) || read(pipe_.ends[0], &letter, 1) != 1)
            throw std::runtime_error("Xvfb does not start");
        number += letter;
    }
    number.pop_back();
    display_ = ":" + number;
}

// An XWD file: a header whose first number, high octet first, is its length and whose twentieth counts the colours of a
// palette that follows, twelve octets each; then four octets for each pixel.
std::size_t Screen::colours() const {
    const std::string file = content_of(picture_.path() / "Xvfb_screen0");
    const auto number = [&](std::size_t index) {
        std::size_t value = 0;
        for (std::size_t i = 4 * index; i < 4 * index + 4; ++i)
            value = value << 8 | static_cast<unsigned char>(file.at(i));
        return value;
    };
    std::set<std::string> seen;
    for (std::size_t at = number(0) + 12 * number(19); at + 4 <= file.size(); at += 4) seen.insert(file.substr(at, 4));
    return seen.size();
}

std::string Screen::hand(const std::string& command) const {
    const Ran ran = run("DISPLAY=" + display_ + " xdotool " + command);
    if (ran.code != 0) throw std::runtime_error("xdotool " + command + ": " + ran.err);
    return ran.out;
}

void Screen::key(const std::string& name) const { hand("key --clearmodifiers " + name); }

void Screen::type(const std::string& words) const { hand("type --delay 20 '" + words + "'"); }

// Without a pattern xdotool would take the next command for one.
std::string Screen::of(pid_t process) const {
    return "search --all --sync --onlyvisible --pid " + std::to_string(process) + " Sipdex ";
}

void Screen::focus(pid_t process) const { hand(of(process) + "windowfocus"); }

void Screen::place(pid_t process, int x, int y, int width, int height) const {
    hand(of(process) + "windowsize %1 " + std::to_string(width) + " " + std::to_string(height) + " windowmove %1 " +
         std::to_string(x) + " " + std::to_string(y));
}

Screen::Stands Screen::standing(pid_t process) const {
    Stands stands;
    std::istringstream title(hand(of(process) + "getwindowname %1"));
    std::getline(title, stands.title);
    std::istringstream lines(hand(of(process) + "getwindowgeometry --shell %1"));
    for (std::string line; std::getline(lines, line);)
        for (const auto& [name, value] :
             {std::pair{"X=", &stands.x}, {"Y=", &stands.y}, {"WIDTH=", &stands.width}, {"HEIGHT=", &stands.height}})
            if (line.starts_with(name)) *value = std::stoi(line.substr(std::string_view(name).size()));
    return stands;
}

std::string Screen::properties(pid_t process) const {
    std::istringstream id(hand(of(process) + "getwindowfocus"));
    std::string number;
    std::getline(id, number);
    return run("xprop -display " + display_ + " -id " + number).out;
}

void Screen::die() {
    kill(server_.id(), SIGKILL);
    server_.ended(std::chrono::seconds(5));
}

void Screen::drag(int from_x, int from_y, int to_x, int to_y) const {
    const auto at = [](int x, int y) { return "mousemove " + std::to_string(x) + " " + std::to_string(y) + " "; };
    hand(at(from_x, from_y) + "mousedown 1 sleep 0.1 " + at((from_x + to_x) / 2, to_y) + "sleep 0.1 " + at(to_x, to_y) +
         "sleep 0.1 mouseup 1");
}

void Screen::click_twice(int x, int y) const {
    hand("mousemove " + std::to_string(x) + " " + std::to_string(y) + " click --repeat 2 --delay 80 1");
}

void Screen::click(int x, int y) const {
    hand("mousemove " + std::to_string(x) + " " + std::to_string(y) + " click 1");
}

}  // namespace sipdex::test
