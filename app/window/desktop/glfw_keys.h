// Keys as GLFW counts them, by the names that the window's parts know them by.
#pragma once
#include "window/kit/input.h"

namespace sipdex::window {

// Letters, digits and signs by what is printed on the reader's key, not by where it lies; Key::none where nothing hears of
// it. Where a layout has another sign there, a letter that is not Latin or what is written with Shift for a digit (Ctrl+1 on
// a French keyboard), by where it lies on an American one.
Key key_of(int glfw_key, int scancode);

}  // namespace sipdex::window
