// Colours by role. Window, sheet and HTML take their colours here; nothing else names one.
//
// A class of responses is always shown by its digit and shape as well; colour only repeats it.
#pragma once
#include <array>
#include <cstdint>
#include <string>

namespace sipdex::paint {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
};

std::string hex_of(Colour colour);  // "#0A62BD"

struct Theme {
    Colour background;
    Colour surface;
    Colour line;
    Colour text;
    Colour secondary;
    Colour accent;                  // links, focus, the one primary button; never a class
    std::array<Colour, 6> classes;  // 1xx to 6xx

    Colour of_class(int status) const;  // `text` for 0, a request
};

const Theme& light_theme();
const Theme& dark_theme();
const Theme& high_contrast_theme();
const Theme& monochrome_theme();  // for sheets: black on white, greys for lines and surfaces

}  // namespace sipdex::paint
