#include "paint/picture.h"

#include <cairo.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "paint/late/pictures/read.h"
#include "paint/late_function.h"

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
bool is_sane_png(std::string_view octets) {
    if (octets.size() < 24) return false;
    const auto number = [&](std::size_t at) {
        double value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = value * 256 + static_cast<unsigned char>(octets[i]);
        return value;
    };
    const double dots = number(16) * number(20);
    return dots > 0 && dots <= 40e6;
}

cairo_surface_t* png(const std::string& octets) {
    if (!is_sane_png(octets)) return nullptr;
    std::string_view rest = octets;
    return cairo_image_surface_create_from_png_stream(read, &rest);
}

// By what it begins with. An SVG may begin with much else before its element, so whatever may be one is tried.
cairo_surface_t* surface_of(const std::string& octets) {
    const std::string_view whole = octets;
    if (whole.starts_with("\x89PNG\r\n\x1a\n")) return png(octets);
    const auto reader = [](const char* name) {
        return reinterpret_cast<ReadPicture*>(late_function("sipdex-pictures", name));
    };
    if (whole.starts_with("\xff\xd8\xff")) return reader(read_jpeg_name)(octets);
    const bool packed = whole.starts_with("\x1f\x8b");
    if (packed || whole.find("<svg") != std::string_view::npos || whole.find(":svg") != std::string_view::npos)
        return reader(read_svg_name)(octets);
    return nullptr;
}

}  // namespace

void Picture::Destroy::operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }

Picture::Picture(const std::string& octets) {
    surface_.reset(surface_of(octets));
    if (!surface_ || cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS) throw NotAPicture();
    if (cairo_rectangle_t all; cairo_surface_get_type(surface_.get()) == CAIRO_SURFACE_TYPE_RECORDING) {
        cairo_recording_surface_get_extents(surface_.get(), &all);
        width_ = all.width;
        height_ = all.height;
    } else {
        width_ = cairo_image_surface_get_width(surface_.get());
        height_ = cairo_image_surface_get_height(surface_.get());
    }
}

double Picture::width_at(double height) const { return height * std::min(widest, width_ / height_); }

void Picture::draw(cairo_t* to, double x, double y, double height) const {
    const double scale = std::min(width_at(height) / width_, height / height_);
    cairo_save(to);
    cairo_translate(to, x, y);
    cairo_scale(to, scale, scale);
    cairo_set_source_surface(to, surface_.get(), 0, 0);
    cairo_paint(to);
    cairo_restore(to);
}

}  // namespace sipdex::paint
