#include "window/kit/palette.h"

#include <cmath>

#include "paint/theme.h"

namespace sipdex::window {

const std::vector<std::string>& themes() {
    static const std::vector<std::string> all{"light", "dark", "high-contrast"};
    return all;
}

Palette::Palette(std::string_view theme) : theme_(theme) {
    const paint::Theme& colours = theme == "dark"            ? paint::dark_theme()
                                  : theme == "high-contrast" ? paint::high_contrast_theme()
                                                             : paint::light_theme();
    const auto set = [this](Role role, paint::Colour colour) {
        rgb_[int(role)] = unsigned(colour.red) | unsigned(colour.green) << 8 | unsigned(colour.blue) << 16;
    };
    set(Role::background, colours.background);
    set(Role::surface, colours.surface);
    set(Role::line, colours.line);
    set(Role::text, colours.text);
    set(Role::secondary, colours.secondary);
    set(Role::accent, colours.accent);
    for (int digit = 1; digit <= 6; ++digit)
        set(Role(int(Role::provisional) + digit - 1), colours.classes[std::size_t(digit - 1)]);
    // The accent is dark on light and light on dark, so words on it take the background's colour.
    set(Role::on_accent, colours.background);
}

ImU32 Palette::of(Role role, float opacity) const { return rgb_[int(role)] | ImU32(std::lround(opacity * 255)) << 24; }

Role role_of_class(int code) {
    const int digit = code / 100;
    return digit >= 1 && digit <= 6 ? Role(int(Role::provisional) + digit - 1) : Role::text;
}

}  // namespace sipdex::window
