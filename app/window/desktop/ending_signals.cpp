#include "window/desktop/ending_signals.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace sipdex::window {

namespace {

constexpr int asked_to_end[] = {SIGTERM, SIGINT, SIGHUP};

bool is_ignored(int signal) {
    struct sigaction now {};
    return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace

EndingSignals::EndingSignals() {
    sigemptyset(&watched_);
    for (const int signal : asked_to_end)
        if (!is_ignored(signal)) sigaddset(&watched_, signal);
    pthread_sigmask(SIG_BLOCK, &watched_, &before_);
}

EndingSignals::~EndingSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

void EndingSignals::wait(int over, const std::function<void()>& wake) {
    const int signals = signalfd(-1, &watched_, SFD_CLOEXEC);
    pollfd waiting[] = {{signals, POLLIN, 0}, {over, POLLIN, 0}};
    while (poll(waiting, 2, -1) < 0 && errno == EINTR) continue;
    signalfd_siginfo came{};
    if (!waiting[1].revents && read(signals, &came, sizeof came) == sizeof came) {
        came_ = int(came.ssi_signo);
        pthread_sigmask(SIG_UNBLOCK, &watched_, nullptr);  // a second one finds this thread as any program is
        wake();
        while (poll(waiting + 1, 1, -1) < 0 && errno == EINTR) continue;
    }
    if (signals >= 0) close(signals);
}

EndingSignals::Watch::Watch(EndingSignals& signals, std::function<void()> wake)
    : over_(eventfd(0, EFD_CLOEXEC)),
      thread_([this, &signals, wake = std::move(wake)] { signals.wait(over_, wake); }) {}

EndingSignals::Watch::~Watch() {
    const std::uint64_t one = 1;
    while (write(over_, &one, sizeof one) < 0 && errno == EINTR) continue;
    thread_.join();
    close(over_);
}

void end_by(int signal) {
    std::signal(signal, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, signal);
    raise(signal);  // to this thread, where it may still be blocked
    pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
}

}  // namespace sipdex::window
