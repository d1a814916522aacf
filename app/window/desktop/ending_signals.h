// The signals that ask a program to end: SIGTERM, SIGINT and SIGHUP. The window ends its frame, saves what is to be saved,
// and only then does what the signal would have done at once.
//
// A handler may call next to nothing, glfwPostEmptyEvent least of all, and GLFW waits for no descriptor but its own. So the
// signals are blocked, and a thread of their own waits for them (signalfd) and wakes the window.
#pragma once
#include <csignal>

#include <atomic>
#include <functional>
#include <thread>

namespace sipdex::window {

class EndingSignals {
public:
    // Blocks them in the calling thread and so in all that it starts from now on: make one before any library starts
    // threads. One that is ignored (nohup) stays so.
    EndingSignals();
    ~EndingSignals();  // as they were before
    EndingSignals(const EndingSignals&) = delete;
    EndingSignals& operator=(const EndingSignals&) = delete;

    int came() const { return came_; }  // the first that came; 0 for none

    // Calls `wake`, in the other thread, when the first comes. A second one ends the program at once: whoever sends it
    // has waited long enough.
    class Watch {
    public:
        Watch(EndingSignals& signals, std::function<void()> wake);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

    private:
        int over_;  // an eventfd: written to at the end
        std::thread thread_;
    };

private:
    void wait(int over, const std::function<void()>& wake);

    sigset_t watched_{}, before_{};
    std::atomic<int> came_ = 0;
};

// Does now what the signal does to a program that knows nothing of it.
void end_by(int signal);

}  // namespace sipdex::window
