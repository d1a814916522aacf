#include "paint/dots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "paint/surface.h"

namespace sipdex::paint {

namespace {

// Cairo puts each letter at a whole dot, which crowds small type: it is painted finer, and each dot is the mean of its
// grains.
constexpr int most_grains = 3, widest_painted = 3000;

}  // namespace

Dots dots_of(const Sheet& sheet, int page, int width, int tallest) {
    const double scale = width / sheet.width();
    Dots dots{width, std::clamp(static_cast<int>(std::round(sheet.height() * scale)), 1, tallest), {}};
    const int longest = std::max(dots.width, dots.height);
    const int grains = std::clamp(widest_painted / longest, 1, most_grains);
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, dots.width * grains, dots.height * grains));
    cairo_set_source_rgb(surface.cairo(), 1, 1, 1);
    cairo_paint(surface.cairo());
    cairo_scale(surface.cairo(), scale * grains, scale * grains);
    sheet.paint(surface.cairo(), page, false);
    cairo_surface_flush(surface.surface());
    const unsigned char* top = cairo_image_surface_get_data(surface.surface());
    if (!top) surface.finish();  // throws
    const std::ptrdiff_t stride = cairo_image_surface_get_stride(surface.surface());
    dots.colours.reserve(static_cast<std::size_t>(dots.width) * static_cast<std::size_t>(dots.height) * 4);
    for (int y = 0; y < dots.height; ++y)
        for (int x = 0; x < dots.width; ++x) {
            std::array<unsigned, 3> sum{};
            for (int grain = 0; grain < grains * grains; ++grain) {
                std::uint32_t colour = 0;  // 0x00RRGGBB, whatever the order of octets
                const unsigned char* row = top + (std::ptrdiff_t{y} * grains + grain / grains) * stride;
                std::memcpy(&colour, row + (std::ptrdiff_t{x} * grains + grain % grains) * 4, sizeof colour);
                for (std::size_t part = 0; part < sum.size(); ++part) sum[part] += (colour >> (16 - 8 * part)) & 0xFF;
            }
            for (const unsigned part : sum)
                dots.colours.push_back(static_cast<std::uint8_t>(part / static_cast<unsigned>(grains * grains)));
            dots.colours.push_back(255);
        }
    surface.finish();
    return dots;
}

}  // namespace sipdex::paint
