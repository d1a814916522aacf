// What a key of the keyboard is now, in the reader's layout, as X names it.
#pragma once
#include <string>

namespace sipdex::window {

// The display that GLFW has opened; none where it speaks Wayland.
void* x11_display();

// X's bits for the modifiers that GLFW reports.
unsigned x11_state(int glfw_mods);

// Its keysym; 0 without a display.
unsigned x11_keysym(void* display, int scancode, unsigned state);
std::string x11_name(unsigned keysym);  // "Return"; empty where there is none

// The letter that a keysym types; 0 for keys that type none.
char32_t letter_of(unsigned keysym);

}  // namespace sipdex::window
