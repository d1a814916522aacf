#include "desktop/running.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "support/text.h"

namespace sipdex::test {

namespace {

using Clock = std::chrono::steady_clock;

int watch_on(const std::filesystem::path& folder) {
    const int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    inotify_add_watch(watch, folder.c_str(), IN_MOVED_TO);
    return watch;
}

// "button \t sheet \t 1190,60 74x32 \t Sheet [\t chosen]", "words \t - \t 12,8 60x20 \t Reference", "title \t 607 …"
Shown read_dump(const std::string& content) {
    Shown shown;
    std::istringstream in(content);
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> parts;
        std::istringstream cells(line);
        for (std::string part; std::getline(cells, part, '\t');) parts.push_back(part);
        if (parts.size() < 2) continue;
        if (parts[0] == "title") shown.title = parts[1];
        else if (parts[0] == "place") shown.place = parts[1];
        else if (parts[0] == "language") shown.language = parts[1];
        else if (parts[0] == "words" && parts.size() > 3) shown.words.push_back(parts[3]);
        else if (parts.size() > 3) {
            Shown::Thing thing{parts[0], parts[1], parts[3]};
            char sign = 0;
            std::istringstream(parts[2]) >> thing.x >> sign >> thing.y >> thing.width >> sign >> thing.height;
            thing.chosen = std::find(parts.begin() + 4, parts.end(), "chosen") != parts.end();
            shown.things.push_back(std::move(thing));
        }
    }
    return shown;
}

// Its standard error goes into a file.
std::vector<std::string> command_for(const std::filesystem::path& said, const std::filesystem::path& dump,
                                     const std::vector<std::string>& arguments) {
    std::vector<std::string> command{"sh",           "-c",        "exec \"$@\" 2>\"$0\"", said.string(),
                                     SIPDEX_PROGRAM, "--dump-ui", dump.string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

std::map<std::string, std::string> environment_for(const Screen& screen, const std::filesystem::path& home,
                                                   std::map<std::string, std::string> also) {
    also.insert({{"DISPLAY", screen.display()},
                 {"XDG_DATA_HOME", home.string()},
                 {"HOME", home.string()},
                 {"LC_ALL", "C.UTF-8"}});
    return also;
}

}  // namespace

const Shown::Thing* Shown::thing(const std::string& id) const {
    const auto found = std::find_if(things.begin(), things.end(), [&](const Thing& one) { return one.id == id; });
    return found == things.end() ? nullptr : &*found;
}

bool Shown::says(const std::string& wanted) const {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& one) { return one.find(wanted) != std::string::npos; });
}

Running::Running(const Screen& screen, const std::filesystem::path& home, const Start& start)
    : screen_(screen),
      dump_(folder_.path() / "shown"),
      watch_(watch_on(folder_.path())),
      program_(command_for(folder_.path() / "said", dump_, start.arguments),
               environment_for(screen, home, start.environment)) {
    until("the window is drawn", [](const Shown&) { return true; });
    screen.focus(id());
}

Running::~Running() { close(watch_); }

bool Running::read() {
    std::ifstream in(dump_, std::ios::binary);
    std::stringstream content;
    content << in.rdbuf();
    if (content.str() == content_) return false;
    content_ = content.str();
    shown_ = read_dump(content_);
    return true;
}

Shown Running::until(const std::string& what, const Condition& condition, std::chrono::seconds deadline) {
    const auto end = Clock::now() + deadline;
    for (;;) {
        char events[4096];
        while (::read(watch_, events, sizeof events) > 0) continue;  // what they say is read below
        read();
        if (!content_.empty() && condition(shown_)) return shown_;
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        pollfd waiting[] = {{watch_, POLLIN, 0}, {program_.ending(), POLLIN, 0}};
        if (left.count() <= 0 || poll(waiting, 2, int(left.count())) == 0)
            FAIL("waited in vain until ", what, "; it shows “", shown_.title, "” at ", shown_.place, "\n", content_);
        if (waiting[1].revents)
            FAIL("the program ended before ", what, ", exit code ", program_.ended(std::chrono::seconds(1)), "\n",
                 said(), content_);
    }
}

void Running::click(const std::string& id) {
    const Shown::Thing thing = *until("there is something to press called " + id, [&](const Shown& shown) {
                                    return shown.thing(id) != nullptr;
                                }).thing(id);
    screen_.click(thing.x + thing.width / 2, thing.y + thing.height / 2);
}

long Running::ticks() const {
    const std::string stat = content_of("/proc/" + std::to_string(id()) + "/stat");
    std::istringstream fields(stat.substr(stat.rfind(')') + 2));  // the name may hold anything
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    long user = 0, system = 0;
    fields >> user >> system;
    return user + system;
}

std::string Running::said() const { return content_of(folder_.path() / "said"); }

void Running::rest(std::chrono::milliseconds time) {
    if (const int code = program_.ended(time); code != -1)
        FAIL("the program ended while nothing was asked of it, exit code ", code);
}

bool Running::comes_to_rest() {
    constexpr int most_stretches = 12;
    for (int stretch = 0; stretch < most_stretches; ++stretch) {
        const long before = ticks();
        rest(std::chrono::milliseconds(2500));
        if (ticks() == before) return true;
    }
    return false;
}

int Running::quit() {
    key("ctrl+q");
    return ended();
}

std::string no_window_here() {
    for (const char* name : {"Xvfb", "xdotool", "xclip"})
        if (!has_program(name)) return std::string(name) + " is not installed";
    return {};
}

Running::Condition titled(const std::string& title) {
    return [title](const Shown& shown) { return shown.title == title; };
}

Running::Condition saying(const std::string& words) {
    return [words](const Shown& shown) { return shown.says(words); };
}

Running::Condition not_saying(const std::string& words) {
    return [words](const Shown& shown) { return !shown.says(words); };
}

Running::Condition speaking(const std::string& language) {
    return [language](const Shown& shown) { return shown.language == language; };
}

Running::Condition having(const std::string& id) {
    return [id](const Shown& shown) { return shown.thing(id) != nullptr; };
}

Running::Condition without(const std::string& id) {
    return [id](const Shown& shown) { return shown.thing(id) == nullptr; };
}

}  // namespace sipdex::test
