// Keys, mouse and characters on their way from GLFW to the workbench: a screen reader hears of a key first, then an input
// method, and what neither takes is the window's.
#pragma once
#include "window/desktop/input_method.h"
#include "window/desktop/screen_reader.h"
#include "window/workbench/workbench.h"

struct GLFWwindow;

namespace sipdex::window {

struct Listening {  // what the window's callbacks know
    Workbench& bench;
    InputMethod& method;
    ScreenReader& reader;
};

// `heard` must live as long as events are waited for.
void listen(GLFWwindow* window, Listening& heard);

}  // namespace sipdex::window
