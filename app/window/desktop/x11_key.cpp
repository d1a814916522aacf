#include "window/desktop/x11_key.h"

#ifdef SIPDEX_WITH_X11

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <dlfcn.h>
// Behind Xlib, which gives names such as None to the preprocessor.
#include <GLFW/glfw3.h>

namespace sipdex::window {

void* x11_display() {
    // A GLFW for Wayland does not have it.
    using Get = Display* (*)();
    const auto get = reinterpret_cast<Get>(dlsym(RTLD_DEFAULT, "glfwGetX11Display"));
    return get ? get() : nullptr;
}

unsigned x11_state(int mods) {
    unsigned state = 0;
    if (mods & GLFW_MOD_SHIFT) state |= ShiftMask;
    if (mods & GLFW_MOD_CAPS_LOCK) state |= LockMask;
    if (mods & GLFW_MOD_CONTROL) state |= ControlMask;
    if (mods & GLFW_MOD_ALT) state |= Mod1Mask;
    if (mods & GLFW_MOD_NUM_LOCK) state |= Mod2Mask;
    if (mods & GLFW_MOD_SUPER) state |= Mod4Mask;
    return state;
}

unsigned x11_keysym(void* opened, int scancode, unsigned state) {
    auto* display = static_cast<Display*>(opened);
    if (!display) return 0;
    XKeyEvent event{};
    event.type = KeyPress;
    event.display = display;
    event.keycode = unsigned(scancode);
    event.state = state;
    XkbStateRec keyboard;
    if (XkbGetState(display, XkbUseCoreKbd, &keyboard) == 0) event.state |= unsigned(keyboard.group) << 13;
    KeySym keysym = NoSymbol;
    char ignored[16];
    XLookupString(&event, ignored, sizeof ignored, &keysym, nullptr);
    return unsigned(keysym);
}

std::string x11_name(unsigned keysym) {
    const char* name = XKeysymToString(keysym);
    return name ? name : "";
}

// X11 protocol, appendix A: Latin-1 stands for itself, other characters have their number with a mark.
char32_t letter_of(unsigned keysym) {
    if ((keysym >= 0x20 && keysym < 0x7f) || (keysym >= 0xa0 && keysym <= 0xff)) return keysym;
    return (keysym & 0xff000000) == 0x01000000 ? keysym & 0xffffff : 0;
}

}  // namespace sipdex::window

#else

namespace sipdex::window {

void* x11_display() { return nullptr; }
unsigned x11_state(int) { return 0; }
unsigned x11_keysym(void*, int, unsigned) { return 0; }
std::string x11_name(unsigned) { return {}; }
char32_t letter_of(unsigned) { return 0; }

}  // namespace sipdex::window

#endif
