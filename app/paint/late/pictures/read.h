// The door of the module sipdex-pictures.so: pictures that Cairo itself does not read.
#pragma once
#include <cairo.h>

#include <string>

namespace sipdex::paint {

// A surface of the picture's own size, which the caller destroys; null where the octets are none that can be read. Of a JPEG
// picture it holds dots and the octets as they are, which a PDF then takes; of an SVG picture its lines and areas. Nothing is
// thrown.
using ReadPicture = cairo_surface_t*(const std::string& octets);

inline constexpr const char *read_jpeg_name = "sipdex_read_jpeg", *read_svg_name = "sipdex_read_svg";

}  // namespace sipdex::paint
