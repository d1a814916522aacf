#include "paint/svg.h"

#include <cairo-svg.h>

#include "paint/sheet.h"
#include "paint/surface.h"

namespace sipdex::paint {

std::string svg(const document::Document& document, const Options& options) {
    const Sheet sheet(document, options, Sheet::Flow::endless);
    std::string octets;
    Surface surface(cairo_svg_surface_create_for_stream(append, &octets, sheet.width(), sheet.height()));
    sheet.paint(surface.cairo(), 0, false);
    surface.finish();
    return octets;
}

}  // namespace sipdex::paint
