#include "paint/theme.h"

#include <fmt/format.h>

namespace sipdex::paint {

namespace {

constexpr Colour rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex)};
}

constexpr Theme light = {
    .background = rgb(0xFFFFFF),
    .surface = rgb(0xF5F6F8),
    .line = rgb(0xD9DEE5),
    .text = rgb(0x15181C),
    .secondary = rgb(0x505862),
    .accent = rgb(0x0A62BD),
    .classes = {rgb(0x4A5A78), rgb(0x1B7A3D), rgb(0x6A3FB5), rgb(0x9A5B00), rgb(0xBE2A22), rgb(0xA3175F)},
};

constexpr Theme dark = {
    .background = rgb(0x13161A),
    .surface = rgb(0x1B1F25),
    .line = rgb(0x2D343D),
    .text = rgb(0xE9ECEF),
    .secondary = rgb(0xA7B0BA),
    .accent = rgb(0x6CB2FF),
    .classes = {rgb(0x9DB0D0), rgb(0x66CC8A), rgb(0xBFA2FF), rgb(0xF0B35A), rgb(0xFF8A80), rgb(0xFF8CC3)},
};

constexpr Theme high_contrast = {
    .background = rgb(0x000000),
    .surface = rgb(0x000000),
    .line = rgb(0xFFFFFF),
    .text = rgb(0xFFFFFF),
    .secondary = rgb(0xE6E6E6),
    .accent = rgb(0x7CC4FF),
    .classes = {rgb(0xC8D6F0), rgb(0x86E8A8), rgb(0xD5C2FF), rgb(0xFFD08A), rgb(0xFFB0A8), rgb(0xFFB0D8)},
};

constexpr Theme monochrome = {
    .background = rgb(0xFFFFFF),
    .surface = rgb(0xF2F2F2),
    .line = rgb(0xB8B8B8),
    .text = rgb(0x000000),
    .secondary = rgb(0x404040),
    .accent = rgb(0x000000),
    .classes = {rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x000000)},
};

}  // namespace

std::string hex_of(Colour colour) { return fmt::format("#{:02X}{:02X}{:02X}", colour.red, colour.green, colour.blue); }

Colour Theme::of_class(int status) const {
    const int digit = status / 100;
    return digit >= 1 && digit <= 6 ? classes[static_cast<std::size_t>(digit - 1)] : text;
}

const Theme& light_theme() { return light; }
const Theme& dark_theme() { return dark; }
const Theme& high_contrast_theme() { return high_contrast; }
const Theme& monochrome_theme() { return monochrome; }

}  // namespace sipdex::paint
