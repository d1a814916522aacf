// SVG by librsvg, recorded: on paper lines stay lines.
#include <librsvg/rsvg.h>

#include <cmath>
#include <type_traits>

#include "paint/late/pictures/read.h"

namespace sipdex::paint {

namespace {

bool is_size(double width, double height) {
    constexpr double most = 1e6;
    return std::isfinite(width) && std::isfinite(height) && width > 0 && height > 0 && width < most && height < most;
}

// As the picture says it, by its size or its viewBox; else as large as what is drawn.
bool size_of(RsvgHandle* picture, RsvgRectangle& size) {
    gboolean has_width = FALSE, has_height = FALSE, has_box = FALSE;
    RsvgLength width{}, height{};
    RsvgRectangle box{};
    size = {};
    if (rsvg_handle_get_intrinsic_size_in_pixels(picture, &size.width, &size.height) &&
        is_size(size.width, size.height))
        return true;
    rsvg_handle_get_intrinsic_dimensions(picture, &has_width, &width, &has_height, &height, &has_box, &box);
    if (has_box && is_size(box.width, box.height)) {
        size.width = box.width;
        size.height = box.height;
        return true;
    }
    return rsvg_handle_get_geometry_for_element(picture, nullptr, &size, nullptr, nullptr) &&
           is_size(size.width, size.height);
}

cairo_surface_t* recorded(RsvgHandle* picture, const RsvgRectangle& size) {
    const cairo_rectangle_t extent{0, 0, size.width, size.height};
    const RsvgRectangle viewport{-size.x, -size.y, size.width, size.height};
    cairo_surface_t* surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extent);
    cairo_t* cairo = cairo_create(surface);
    const bool drawn = rsvg_handle_render_document(picture, cairo, &viewport, nullptr) != FALSE &&
                       cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    if (drawn) return surface;
    cairo_surface_destroy(surface);
    return nullptr;
}

}  // namespace

// Without a place of its own, a picture can name no other files.
extern "C" __attribute__((visibility("default"))) cairo_surface_t* sipdex_read_svg(const std::string& octets) {
    RsvgHandle* picture =
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(octets.data()), octets.size(), nullptr);
    if (!picture) return nullptr;
    RsvgRectangle size{};
    cairo_surface_t* surface = size_of(picture, size) ? recorded(picture, size) : nullptr;
    g_object_unref(picture);
    return surface;
}

static_assert(std::is_same_v<decltype(sipdex_read_svg), ReadPicture>);

}  // namespace sipdex::paint
