// The display may go while the window is open: the X server ends, or the connection to another machine. Xlib then calls a
// handler and, when that returns, ends the program with a line of its own.
#pragma once
#include <functional>

namespace sipdex::window {

// From now on a lost display calls `last` and ends the program with exit code 1, without another word. `last` runs in the
// middle of whatever Xlib was called for, and must not draw. Call it once GLFW is ready; without an X display it does
// nothing, and GLFW closes the window when a Wayland one goes.
void when_display_is_lost(std::function<void()> last);

}  // namespace sipdex::window
