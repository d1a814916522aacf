// JPEG by libjpeg, whose errors leave by longjmp: nothing with a destructor may live in between.
#include <algorithm>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <type_traits>
// Behind <cstdio>, which they need.
#include <jpeglib.h>

#include <jerror.h>

#include "paint/late/pictures/read.h"

namespace sipdex::paint {

namespace {

constexpr double most_dots = 40e6;

struct Trouble {
    jpeg_error_mgr manager{};
    std::jmp_buf out{};
};

// Lives where the jump ends, so that the jump forgets nothing of it.
struct Decoding {
    Trouble trouble;
    jpeg_decompress_struct decoder{};
    cairo_surface_t* surface = nullptr;
    unsigned char* line = nullptr;
};

void leave(j_common_ptr decoder) { std::longjmp(reinterpret_cast<Trouble*>(decoder->err)->out, 1); }
void say_nothing(j_common_ptr) {}

// Octets between the parts of a file do no harm; after any other warning what is seen is grey or striped.
void note(j_common_ptr decoder, int level) {
    if (level < 0 && decoder->err->msg_code != JWRN_EXTRANEOUS_DATA) ++decoder->err->num_warnings;
}

// Inks are written as Adobe's programs write them, upside down: no ink is 255.
void inks_to_light(std::uint32_t* row, const unsigned char* inks, unsigned width) {
    for (unsigned x = 0; x < width; ++x, inks += 4) {
        const auto light = [&](unsigned ink) { return static_cast<std::uint32_t>(ink * inks[3] / 255); };
        row[x] = light(inks[0]) << 16 | light(inks[1]) << 8 | light(inks[2]);
    }
}

void lines(jpeg_decompress_struct& decoder, unsigned char* dots, int stride, unsigned char* line) {
    while (decoder.output_scanline < decoder.output_height) {
        auto* row = reinterpret_cast<std::uint32_t*>(dots + std::ptrdiff_t{stride} * decoder.output_scanline);
        JSAMPROW rows[] = {line};
        jpeg_read_scanlines(&decoder, rows, 1);
        if (decoder.out_color_space == JCS_CMYK) inks_to_light(row, line, decoder.output_width);
        else
            for (unsigned x = 0; x < decoder.output_width; ++x)
                row[x] = static_cast<std::uint32_t>(line[3 * x] << 16 | line[3 * x + 1] << 8 | line[3 * x + 2]);
    }
}

bool decoded(Decoding& decoding, const std::string& octets) {
    jpeg_decompress_struct& decoder = decoding.decoder;
    jpeg_create_decompress(&decoder);
    jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char*>(octets.data()), octets.size());
    jpeg_read_header(&decoder, TRUE);
    if (double(decoder.image_width) * decoder.image_height > most_dots) return false;
    const bool inks = decoder.jpeg_color_space == JCS_CMYK || decoder.jpeg_color_space == JCS_YCCK;
    decoder.out_color_space = inks ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&decoder);
    decoding.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(decoder.output_width),
                                                  static_cast<int>(decoder.output_height));
    decoding.line = static_cast<unsigned char*>(std::malloc(std::size_t{decoder.output_width} * 4));
    if (cairo_surface_status(decoding.surface) != CAIRO_STATUS_SUCCESS || !decoding.line) return false;
    cairo_surface_flush(decoding.surface);
    lines(decoder, cairo_image_surface_get_data(decoding.surface), cairo_image_surface_get_stride(decoding.surface),
          decoding.line);
    cairo_surface_mark_dirty(decoding.surface);
    jpeg_finish_decompress(&decoder);
    return decoder.err->num_warnings == 0;
}

bool tried(Decoding& decoding, const std::string& octets) {
    if (setjmp(decoding.trouble.out) != 0) return false;
    return decoded(decoding, octets);
}

// Viewers differ in how they take the inks of a file; what was turned into light is the same everywhere.
void keep_octets(cairo_surface_t* surface, const std::string& octets) {
    auto* kept = static_cast<unsigned char*>(std::malloc(octets.size()));
    if (!kept) return;
    std::copy(octets.begin(), octets.end(), kept);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, kept, octets.size(), std::free, kept) !=
        CAIRO_STATUS_SUCCESS)
        std::free(kept);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) cairo_surface_t* sipdex_read_jpeg(const std::string& octets) {
    Decoding decoding;
    decoding.decoder.err = jpeg_std_error(&decoding.trouble.manager);
    decoding.trouble.manager.error_exit = leave;
    decoding.trouble.manager.emit_message = note;
    decoding.trouble.manager.output_message = say_nothing;
    const bool whole = tried(decoding, octets);
    if (whole && decoding.decoder.out_color_space == JCS_RGB) keep_octets(decoding.surface, octets);
    jpeg_destroy_decompress(&decoding.decoder);
    std::free(decoding.line);
    if (!whole && decoding.surface) cairo_surface_destroy(decoding.surface);
    return whole ? decoding.surface : nullptr;
}

static_assert(std::is_same_v<decltype(sipdex_read_jpeg), ReadPicture>);

}  // namespace sipdex::paint
