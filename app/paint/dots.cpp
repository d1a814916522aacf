#include "paint/dots.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "paint/surface.h"

namespace sipdex::paint {

Dots dots_of(const Sheet& sheet, int page, int width, int tallest) {
    const double scale = width / sheet.width();
    Dots dots{width, std::clamp(static_cast<int>(std::round(sheet.height() * scale)), 1, tallest), {}};
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, dots.width, dots.height));
    cairo_set_source_rgb(surface.cairo(), 1, 1, 1);
    cairo_paint(surface.cairo());
    cairo_scale(surface.cairo(), scale, scale);
    sheet.paint(surface.cairo(), page, false);
    cairo_surface_flush(surface.surface());
    const unsigned char* row = cairo_image_surface_get_data(surface.surface());
    if (!row) surface.finish();  // throws
    const int stride = cairo_image_surface_get_stride(surface.surface());
    dots.colours.reserve(static_cast<std::size_t>(dots.width) * static_cast<std::size_t>(dots.height) * 4);
    for (int y = 0; y < dots.height; ++y, row += stride)
        for (int x = 0; x < dots.width; ++x) {
            std::uint32_t dot = 0;  // 0x00RRGGBB, whatever the order of octets
            std::memcpy(&dot, row + static_cast<std::ptrdiff_t>(x) * 4, sizeof dot);
            for (const int shift : {16, 8, 0}) dots.colours.push_back(static_cast<std::uint8_t>(dot >> shift));
            dots.colours.push_back(255);
        }
    surface.finish();
    return dots;
}

}  // namespace sipdex::paint
