#include "window/desktop/lost_display.h"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

namespace sipdex::window {

namespace {

std::function<void()> last_act;
std::thread::id owner;

// What is to be saved belongs to the thread of the window. It is the one that speaks to the display; should another find
// the connection broken first, it leaves things as they were last saved.
int display_lost(void*) {
    static std::atomic_flag once;
    if (!once.test_and_set() && std::this_thread::get_id() == owner && last_act) last_act();
    // No destructors: what they would clean up is on the other side of a connection that is gone.
    _exit(1);
}

}  // namespace

void when_display_is_lost(std::function<void()> last) {
    last_act = std::move(last);
    owner = std::this_thread::get_id();
    std::signal(SIGPIPE, SIG_IGN);  // which writing to a connection that is gone would end the program with
    // Not linked: GLFW 3.3 links libX11, 3.4 loads it at run time and hides its symbols, a GLFW for Wayland has none. If it
    // is there, it is loaded by now. XSetIOErrorExitHandler of newer versions decides only what follows when this handler
    // returns, and it never does.
    void* xlib = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
    if (!xlib) return;
    using Handler = int (*)(void* display);
    if (void* set = dlsym(xlib, "XSetIOErrorHandler")) reinterpret_cast<Handler (*)(Handler)>(set)(display_lost);
}

}  // namespace sipdex::window
