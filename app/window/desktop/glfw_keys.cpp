#include "window/desktop/glfw_keys.h"

#include <GLFW/glfw3.h>

namespace sipdex::window {

namespace {

Key key_of(int glfw_key) {
    switch (glfw_key) {
        case GLFW_KEY_TAB: return Key::tab;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER: return Key::enter;
        case GLFW_KEY_SPACE: return Key::space;
        case GLFW_KEY_ESCAPE: return Key::escape;
        case GLFW_KEY_BACKSPACE: return Key::backspace;
        case GLFW_KEY_DELETE: return Key::del;
        case GLFW_KEY_LEFT: return Key::left;
        case GLFW_KEY_RIGHT: return Key::right;
        case GLFW_KEY_UP: return Key::up;
        case GLFW_KEY_DOWN: return Key::down;
        case GLFW_KEY_HOME: return Key::home;
        case GLFW_KEY_END: return Key::end;
        case GLFW_KEY_PAGE_UP: return Key::page_up;
        case GLFW_KEY_PAGE_DOWN: return Key::page_down;
        case GLFW_KEY_F1: return Key::f1;
        case GLFW_KEY_KP_ADD: return Key::plus;
        case GLFW_KEY_KP_SUBTRACT: return Key::minus;
        case GLFW_KEY_KP_0: return Key::zero;
        default: return Key::none;
    }
}

Key key_of_sign(char sign) {
    switch (sign) {
        case 'a': return Key::a;
        case 'b': return Key::b;
        case 'c': return Key::c;
        case 'd': return Key::d;
        case 'e': return Key::e;
        case 'f': return Key::f;
        case 'k': return Key::k;
        case 'l': return Key::l;
        case 'n': return Key::n;
        case 'o': return Key::o;
        case 'p': return Key::p;
        case 'q': return Key::q;
        case 's': return Key::s;
        case 't': return Key::t;
        case 'v': return Key::v;
        case 'w': return Key::w;
        case 'x': return Key::x;
        case 'y': return Key::y;
        case 'z': return Key::z;
        case '/': return Key::slash;
        case '+':
        case '=': return Key::plus;
        case '-': return Key::minus;
        case '0': return Key::zero;
        case '1': return Key::one;
        case '2': return Key::two;
        case '3': return Key::three;
        case '4': return Key::four;
        case '5': return Key::five;
        default: return Key::none;
    }
}

// What GLFW calls the keys where an American keyboard has its letters and digits, those signs themselves.
Key key_at(int glfw_key) {
    const bool letter = glfw_key >= GLFW_KEY_A && glfw_key <= GLFW_KEY_Z;
    const bool digit = glfw_key >= GLFW_KEY_0 && glfw_key <= GLFW_KEY_9;
    return letter ? key_of_sign(char(glfw_key - GLFW_KEY_A + 'a')) : digit ? key_of_sign(char(glfw_key)) : Key::none;
}

}  // namespace

Key key_of(int glfw_key, int scancode) {
    if (const Key key = key_of(glfw_key); key != Key::none) return key;
    const char* name = glfwGetKeyName(glfw_key, scancode);
    const bool ascii = name && name[0] > 0 && name[1] == 0;
    if (ascii)
        if (const Key key = key_of_sign(name[0]); key != Key::none) return key;
    const bool latin = ascii && ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= '0' && name[0] <= '9'));
    return latin ? Key::none : key_at(glfw_key);
}

}  // namespace sipdex::window
