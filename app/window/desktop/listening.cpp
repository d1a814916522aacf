#include "window/desktop/listening.h"

#include <GLFW/glfw3.h>

#include "window/desktop/glfw_keys.h"

namespace sipdex::window {

namespace {

Listening& listening(GLFWwindow* window) { return *static_cast<Listening*>(glfwGetWindowUserPointer(window)); }

Input& input_of(GLFWwindow* window) { return listening(window).bench.input(); }

}  // namespace

void listen(GLFWwindow* window, Listening& heard) {
    glfwSetWindowUserPointer(window, &heard);
    glfwSetInputMode(window, GLFW_LOCK_KEY_MODS, GLFW_TRUE);  // an input method wants to know them
    glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
        listening(w).reader.key(key, scancode, action, mods, [w, key, scancode, action, mods] {
            if (listening(w).method.takes(input_of(w), key, scancode, action, mods)) return;
            Event event;
            event.press = {key_of(key, scancode), (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0,
                           (mods & GLFW_MOD_ALT) != 0};
            event.down = action != GLFW_RELEASE;
            event.repeated = action == GLFW_REPEAT;
            input_of(w).add(event);
        });
    });
    glfwSetCharCallback(window, [](GLFWwindow* w, unsigned character) {
        listening(w).reader.character([w, character] {
            if (listening(w).method.took_last_key()) return;
            Event event;
            event.kind = Event::Kind::character;
            event.character = character;
            input_of(w).add(event);
        });
    });
    glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
        Event event;
        event.kind = Event::Kind::move;
        event.x = float(x);
        event.y = float(y);
        input_of(w).add(event);
    });
    glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
        Event event;
        event.kind = Event::Kind::button;
        event.button = button;
        event.down = action == GLFW_PRESS;
        input_of(w).add(event);
    });
    glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) {
        Event event;
        event.kind = Event::Kind::wheel;
        const auto held = [w](int left, int right) {
            return glfwGetKey(w, left) == GLFW_PRESS || glfwGetKey(w, right) == GLFW_PRESS;
        };
        event.press.control = held(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
        event.press.shift = held(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
        event.x = float(x);
        event.y = float(y);
        input_of(w).add(event);
    });
    glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
        input_of(w).drop({paths, paths + count});
    });
    glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
        if (entered) return;
        Event event;
        event.kind = Event::Kind::move;
        event.x = event.y = -1;
        input_of(w).add(event);
    });
}

}  // namespace sipdex::window
