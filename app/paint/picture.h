// A picture that stands on sheets: an organisation's logo.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;

namespace sipdex::paint {

struct NotAPicture : std::runtime_error {
    NotAPicture() : std::runtime_error("not a PNG, JPEG or SVG picture") {}
};

class Picture {
public:
    // The octets of a PNG, JPEG or SVG file, also of an SVG that gzip packed. Throws NotAPicture for anything else, for what is
    // damaged or empty, and for one of more than 40 million dots.
    explicit Picture(const std::string& octets);

    double width_at(double height) const;  // when it is drawn that high, at most eight times as wide
    void draw(cairo_t* to, double x, double y, double height) const;

private:
    struct Destroy {
        void operator()(cairo_surface_t* surface) const;
    };
    std::unique_ptr<cairo_surface_t, Destroy> surface_;
    double width_ = 0, height_ = 0;  // its own
};

}  // namespace sipdex::paint
