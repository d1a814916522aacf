#include "paint/surface.h"

#include <stdexcept>

namespace sipdex::paint {

void Surface::finish() {
    cairo_status_t status = cairo_status(cairo_);
    cairo_surface_finish(surface_);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface_);
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(std::string("the sheet cannot be painted: ") + cairo_status_to_string(status));
}

cairo_status_t append(void* to, const unsigned char* octets, unsigned int count) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(octets), count);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace sipdex::paint
