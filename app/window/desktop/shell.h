// The shell is the window on the desktop: GLFW and OpenGL around a workbench.
//
// It sleeps until something happens. After an event a few more frames are drawn, for what takes a frame
// to settle; while a replay plays, frames follow one another; then it sleeps again. While a setting waits to be saved it
// wakes from time to time to try.
#pragma once
#include <string>

#include "user/settings.h"
#include "window/kit/library.h"
#include "window/kit/place.h"

namespace sipdex::window {

struct Opening {
    Place first;                  // the page to open; empty for the start page
    std::string dump_file;        // if any: each time the window comes to rest, what can be pressed and
                                  // read is written there, for tests and for screen readers
    bool mirrored = false;        // laid out as for a right-to-left language, to be looked at
    bool language_given = false;  // the library's language was asked for; otherwise it is the one remembered
};

// How the window came to its end.
struct Ended {
    enum class Why {
        closed,      // by the reader
        signal,      // the program is to end by it, once everything is put away (end_by)
        no_display,  // there is none, or it does not answer: no window was opened
        no_window,   // there is a display, but OpenGL is too old, say
    };
    Why why = Why::closed;
    int signal = 0;
    std::string reason = {};  // of no_display and no_window: one English sentence
};

// Runs until the window is closed. Settings are finished when it is. Throws what the workbench's constructor throws:
// typeset::NoFonts. Should the display be lost meanwhile, the program ends here with one sentence and exit code 1.
Ended run(Library& library, user::Settings& settings, const Opening& opening);

// The name of the display that the environment asks for; empty where it asks for none.
std::string display_name();

}  // namespace sipdex::window
