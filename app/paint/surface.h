// A Cairo surface and its context, released together; what the surface writes is collected in a string.
#pragma once
#include <cairo.h>

#include <string>

namespace sipdex::paint {

class Surface {
public:
    explicit Surface(cairo_surface_t* surface) : surface_(surface), cairo_(cairo_create(surface)) {}
    ~Surface() {
        cairo_destroy(cairo_);
        cairo_surface_destroy(surface_);
    }
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;

    cairo_surface_t* surface() const { return surface_; }
    cairo_t* cairo() const { return cairo_; }

    // Ends the output. Throws std::runtime_error, in Cairo's words, where painting failed.
    void finish();

private:
    cairo_surface_t* surface_;
    cairo_t* cairo_;
};

// For the stream functions of Cairo; `to` is a std::string.
cairo_status_t append(void* to, const unsigned char* octets, unsigned int count);

}  // namespace sipdex::paint
