#include "window/desktop/key_symbol.h"

#ifdef SIPDEX_WITH_X11

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/keysym.h>
#include <dlfcn.h>
// Behind Xlib, which gives names such as None to the preprocessor.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "language/characters.h"

namespace sipdex::window {

namespace {

Display* x11_display() {
    // A GLFW for Wayland does not have it.
    using Get = Display* (*)();
    const auto get = reinterpret_cast<Get>(dlsym(RTLD_DEFAULT, "glfwGetX11Display"));
    return get ? get() : nullptr;
}

unsigned symbol_by(Display* display, int scancode, unsigned state) {
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

constexpr std::pair<int, unsigned> named[] = {
    {GLFW_KEY_ENTER, XK_Return},
    {GLFW_KEY_KP_ENTER, XK_KP_Enter},
    {GLFW_KEY_TAB, XK_Tab},
    {GLFW_KEY_SPACE, XK_space},
    {GLFW_KEY_BACKSPACE, XK_BackSpace},
    {GLFW_KEY_DELETE, XK_Delete},
    {GLFW_KEY_INSERT, XK_Insert},
    {GLFW_KEY_ESCAPE, XK_Escape},
    {GLFW_KEY_LEFT, XK_Left},
    {GLFW_KEY_RIGHT, XK_Right},
    {GLFW_KEY_UP, XK_Up},
    {GLFW_KEY_DOWN, XK_Down},
    {GLFW_KEY_HOME, XK_Home},
    {GLFW_KEY_END, XK_End},
    {GLFW_KEY_PAGE_UP, XK_Page_Up},
    {GLFW_KEY_PAGE_DOWN, XK_Page_Down},
    {GLFW_KEY_LEFT_SHIFT, XK_Shift_L},
    {GLFW_KEY_RIGHT_SHIFT, XK_Shift_R},
    {GLFW_KEY_LEFT_CONTROL, XK_Control_L},
    {GLFW_KEY_RIGHT_CONTROL, XK_Control_R},
    {GLFW_KEY_LEFT_ALT, XK_Alt_L},
    {GLFW_KEY_RIGHT_ALT, XK_Alt_R},
    {GLFW_KEY_LEFT_SUPER, XK_Super_L},
    {GLFW_KEY_RIGHT_SUPER, XK_Super_R},
    {GLFW_KEY_CAPS_LOCK, XK_Caps_Lock},
    {GLFW_KEY_NUM_LOCK, XK_Num_Lock},
};

unsigned symbol_by_glfw(int key, int scancode, unsigned state) {
    if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) return XK_F1 + unsigned(key - GLFW_KEY_F1);
    if (const auto* at = std::ranges::find(named, key, &std::pair<int, unsigned>::first); at != std::end(named))
        return at->second;
    const char* name = glfwGetKeyName(key, scancode);
    const std::u32string typed = language::characters_of(name ? name : "");
    if (typed.size() != 1) return 0;
    const bool capital = ((state & ShiftMask) != 0) != ((state & LockMask) != 0);
    const char32_t letter = capital && typed[0] >= 'a' && typed[0] <= 'z' ? typed[0] - 'a' + 'A' : typed[0];
    return letter <= 0xff ? unsigned(letter) : 0x01000000U | unsigned(letter);
}

}  // namespace

bool on_x11() { return x11_display() != nullptr; }

unsigned symbol_state(int mods) {
    unsigned state = 0;
    if (mods & GLFW_MOD_SHIFT) state |= ShiftMask;
    if (mods & GLFW_MOD_CAPS_LOCK) state |= LockMask;
    if (mods & GLFW_MOD_CONTROL) state |= ControlMask;
    if (mods & GLFW_MOD_ALT) state |= Mod1Mask;
    if (mods & GLFW_MOD_NUM_LOCK) state |= Mod2Mask;
    if (mods & GLFW_MOD_SUPER) state |= Mod4Mask;
    return state;
}

unsigned symbol_of(int key, int scancode, unsigned state) {
    if (Display* display = x11_display()) return symbol_by(display, scancode, state);
    return symbol_by_glfw(key, scancode, state);
}

std::string symbol_name(unsigned keysym) {
    const char* name = XKeysymToString(keysym);
    return name ? name : "";
}

// X11 protocol, appendix A: Latin-1 stands for itself, other characters have their number with a mark.
char32_t letter_of(unsigned keysym) {
    if ((keysym >= 0x20 && keysym < 0x7f) || (keysym >= 0xa0 && keysym <= 0xff)) return keysym;
    return (keysym & 0xff000000) == 0x01000000 ? keysym & 0xffffff : 0;
}

unsigned x_code(int scancode) { return unsigned(scancode) + (on_x11() ? 0 : kernel_offset); }

}  // namespace sipdex::window

#else

namespace sipdex::window {

bool on_x11() { return false; }
unsigned symbol_state(int) { return 0; }
unsigned symbol_of(int, int, unsigned) { return 0; }
std::string symbol_name(unsigned) { return {}; }
char32_t letter_of(unsigned) { return 0; }
unsigned x_code(int scancode) { return unsigned(scancode); }

}  // namespace sipdex::window

#endif
