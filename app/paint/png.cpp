#include "paint/png.h"

#include <algorithm>
#include <cmath>

#include "paint/sheet.h"
#include "paint/surface.h"

namespace sipdex::paint {

std::string png(const document::Document& document, const Options& options) {
    constexpr double tallest = 32000;  // Cairo's pictures end at 32,767 pixels
    const Sheet sheet(document, options, Sheet::Flow::endless);
    const double scale = std::min(2.0, tallest / sheet.height());
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::ceil(sheet.width() * scale)),
                                               static_cast<int>(std::ceil(sheet.height() * scale))));
    cairo_scale(surface.cairo(), scale, scale);
    sheet.paint(surface.cairo(), 0, false);
    std::string octets;
    cairo_surface_write_to_png_stream(surface.surface(), append, &octets);
    surface.finish();
    return octets;
}

}  // namespace sipdex::paint
