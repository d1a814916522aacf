// Screen readers of the desktop: the workbench's tree goes to them, what they ask for to the workbench, and keys to them
// before the window acts on any. Where nobody listens, none of it happens.
#pragma once
#include <functional>
#include <memory>

#include "window/accessible/bus.h"
#include "window/accessible/held_keys.h"
#include "window/workbench/workbench.h"

struct GLFWwindow;

namespace sipdex::window {

class ScreenReader {
public:
    ScreenReader();  // behind glfwInit

    // A key of GLFW's key callback, and a character of the other one: `act` does with it what the window does, at once
    // or when the reader has heard of the key.
    void key(int key, int scancode, int action, int mods, std::function<void()> act);
    void character(std::function<void()> act);

    // Before a frame: what was asked for and answered meanwhile.
    void take(Workbench& bench);
    // After it: what it holds, if that is different.
    void tell(GLFWwindow* window, Workbench& bench);
    // A key waits for an answer: the window must not sleep longer than that may take.
    bool waiting() const { return keys_.waiting(); }

private:
    accessible::Bus bus_;
    accessible::HeldKeys keys_;
    std::shared_ptr<const accessible::Tree> told_;
};

}  // namespace sipdex::window
