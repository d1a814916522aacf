// An input method of the desktop (IBus, or fcitx5 by its IBus front end), over D-Bus: for languages that have more characters
// than a keyboard has keys.
//
// GLFW speaks XIM, which hands keys that the method uses to the program as well and crashes with the method's server. So
// while a service is there GLFW is kept from it, and keys are shown to the service first. What it commits is typed; what it is
// composing stands in Input.
#pragma once
#include <memory>
#include <optional>

#include "window/kit/ui.h"

struct GLFWwindow;

namespace sipdex::window {

class InputMethod {
public:
    // To be made before glfwInit, which looks for XIM; `started` is called behind it.
    InputMethod();
    ~InputMethod();
    void started();

    // A key of GLFW's key callback, while a field has the focus: whether the service has used it up. Then the characters
    // that GLFW reports before the next key are not to be typed either.
    bool takes(Input& input, int key, int scancode, int action, int mods);
    bool took_last_key() const;

    // Once in each frame: where the caret of the field stands on the screen, if one has the focus, and what the service has
    // said since.
    void follow(GLFWwindow* window, Input& input, const std::optional<Rect>& caret);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;  // none where there is no service
};

}  // namespace sipdex::window
