// Other programs of the desktop: the one that shows an address or a file, and lp, which prints.
#pragma once
#include "window/kit/outside.h"

namespace sipdex::window {

// By xdg-open and lp, which know neither the signals that this program blocks nor hold up a frame.
Outside desktop_outside();

}  // namespace sipdex::window
