// The shell is the window on the desktop: GLFW and OpenGL around a workbench.
//
// It sleeps until something happens. After an event a few more frames are drawn, for what takes a frame
// to settle; while a replay plays, frames follow one another; then it sleeps again.
#pragma once
#include <string>

#include "user/settings.h"
#include "window/library.h"
#include "window/place.h"

namespace sipdex::window {

struct Opening {
    Place first;                    // the page to open; empty for the start page
    std::string dump_file;          // if any: each time the window comes to rest, what can be pressed and
                                    // read is written there, for tests and for screen readers
    bool mirrored = false;          // laid out as for a right-to-left language, to be looked at
};

// Runs until the window is closed. Gives an empty string, or one English sentence saying why no window
// could be opened: no display, no OpenGL.
std::string run(Library& library, user::Settings& settings, const Opening& opening);

// Whether a display can be reached at all.
bool has_display();

}  // namespace sipdex::window
