// A palette gives each role its colour in the chosen theme. Views name roles, never colours.
#pragma once
#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

namespace sipdex::window {

enum class Role {
    background,
    surface,
    line,
    text,
    secondary,
    accent,
    provisional,
    success,
    redirection,
    request_failure,
    server_failure,
    global_failure,
    on_accent,  // words on a filled accent
};

class Palette {
public:
    explicit Palette(std::string_view theme = "light");

    // Gives the role's colour, `opacity` from 0 to 1.
    ImU32 operator[](Role role) const { return of(role, 1); }
    ImU32 of(Role role, float opacity) const;
    const std::string& theme() const { return theme_; }
    bool high_contrast() const { return theme_ == "high-contrast"; }

private:
    std::string theme_;
    unsigned rgb_[13] = {};
};

// "light", "dark", "high-contrast": what a setting may hold, in the order of the menu.
const std::vector<std::string>& themes();

// The role of a response's class; text for what is no response code.
Role role_of_class(int code);

}  // namespace sipdex::window
