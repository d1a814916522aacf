// A screen nobody sees: an X server of the test's own, with hands that press keys and the mouse.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "support/text.h"

namespace sipdex::test {

// A process the test started: it ends with this object, and with the test should that crash.
class Process {
public:
    // `environment` is added to the test's own. A descriptor of the parent stays open in the child only if
    // it was made without close-on-exec.
    Process(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment = {});
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t id() const { return id_; }
    // Becomes readable when the process has ended.
    int ending() const { return ending_; }
    // Waits for it to end by itself; its exit code, or -1 when it is still there at the deadline.
    int ended(std::chrono::milliseconds deadline);

private:
    pid_t id_ = -1;
    int ending_ = -1;
    bool reaped_ = false;
};

class Screen {
public:
    // Starts an X server on a display that is free; throws where it does not come up.
    Screen(int width, int height);

    const std::string& display() const { return display_; }
    void key(const std::string& name) const;  // as xdotool has it: "Return", "ctrl+k"
    void type(const std::string& words) const;
    void click(int x, int y) const;
    void drag(int from_x, int from_y, int to_x, int to_y) const;  // with the first button
    void click_twice(int x, int y) const;
    // Gives the keys to a process's window, as a window manager would.
    void focus(pid_t process) const;
    // Sizes a process's window and puts it there.
    void place(pid_t process, int x, int y, int width, int height) const;
    // What the desktop is told of a process's window: its title, its place, and how small a reader may make it.
    struct Stands {
        std::string title;
        int x = 0, y = 0, width = 0, height = 0;
    };
    Stands standing(pid_t process) const;
    std::string properties(pid_t process) const;  // as xprop prints them
    // How many different colours the screen shows: one or two where nothing is drawn.
    std::size_t colours() const;
    // The server ends, as when a session crashes.
    void die();

private:
    std::string hand(const std::string& command) const;  // gives what xdotool answers
    std::string of(pid_t process) const;                 // finds its window

    struct Pipe {
        Pipe();
        ~Pipe();
        int ends[2] = {-1, -1};
    } pipe_;                   // on which the server says its number
    TemporaryFolder picture_;  // where it keeps what it shows
    Process server_;
    std::string display_;
};

}  // namespace sipdex::test
