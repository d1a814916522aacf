// Keys as GLFW counts them, by the names that the window's parts know them by.
#pragma once
#include "window/kit/input.h"

namespace sipdex::window {

// Letters and signs by what is printed on the reader's key, not by where it lies; Key::none where nothing hears of it.
Key key_of(int glfw_key, int scancode);

}  // namespace sipdex::window
