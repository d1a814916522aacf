#include "paint/picture.h"

#include <cairo.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace sipdex::paint {

namespace {

constexpr double widest = 8;  // times its height

cairo_status_t read(void* from, unsigned char* to, unsigned int count) {
    auto& rest = *static_cast<std::string_view*>(from);
    if (rest.size() < count) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(to, rest.data(), count);
    rest.remove_prefix(count);
    return CAIRO_STATUS_SUCCESS;
}

// As the head of the file has it, before anything is unpacked.
bool is_sane(std::string_view octets) {
    if (octets.size() < 24 || octets.substr(0, 8) != "\x89PNG\r\n\x1a\n") return false;
    const auto number = [&](std::size_t at) {
        double value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = value * 256 + static_cast<unsigned char>(octets[i]);
        return value;
    };
    const double dots = number(16) * number(20);
    return dots > 0 && dots <= 40e6;
}

}  // namespace

void Picture::Destroy::operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }

Picture::Picture(const std::string& octets) {
    if (!is_sane(octets)) throw NotAPicture();
    std::string_view rest = octets;
    surface_.reset(cairo_image_surface_create_from_png_stream(read, &rest));
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS) throw NotAPicture();
}

double Picture::width_at(double height) const {
    const double high = cairo_image_surface_get_height(surface_.get());
    return height * std::min(widest, cairo_image_surface_get_width(surface_.get()) / high);
}

void Picture::draw(cairo_t* to, double x, double y, double height) const {
    const double wide = width_at(height) / cairo_image_surface_get_width(surface_.get());
    const double scale = std::min(wide, height / cairo_image_surface_get_height(surface_.get()));
    cairo_save(to);
    cairo_translate(to, x, y);
    cairo_scale(to, scale, scale);
    cairo_set_source_surface(to, surface_.get(), 0, 0);
    cairo_paint(to);
    cairo_restore(to);
}

}  // namespace sipdex::paint
