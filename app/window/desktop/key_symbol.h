// What a key of the keyboard is now, in the reader's layout, as X names it: input methods and screen readers want to hear that
// on Wayland as well.
#pragma once
#include <string>

namespace sipdex::window {

bool on_x11();  // GLFW has opened a display of X

// X's bits for the modifiers that GLFW reports.
unsigned symbol_state(int glfw_mods);

// The keysym of a key as GLFW's callback has it, by the layout that X has now. On Wayland GLFW tells what a key types alone,
// so that Shift is known for Latin letters only. 0 where it is not known, and in a program without X.
unsigned symbol_of(int glfw_key, int scancode, unsigned state);
std::string symbol_name(unsigned keysym);  // "Return"; empty where there is none

// The letter that a keysym types; 0 for keys that type none.
char32_t letter_of(unsigned keysym);

// The number of a key in X, wherever GLFW has its own from; the kernel's is less by 8.
unsigned x_code(int scancode);
inline constexpr unsigned kernel_offset = 8;

}  // namespace sipdex::window
