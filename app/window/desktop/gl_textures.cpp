#include "window/desktop/gl_textures.h"

#include <GL/gl.h>

#include <cstddef>

namespace sipdex::window {

namespace {
constexpr std::uint32_t clear_white = 0x00ffffffu;
}

GlTextures::~GlTextures() {
    if (!made_.empty()) glDeleteTextures(int(made_.size()), made_.data());
}

ImTextureID GlTextures::make(int width, int height) {
    unsigned texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    // Glyphs stand on whole pixels and are never scaled.
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    const std::vector<std::uint32_t> empty(std::size_t(width) * std::size_t(height), clear_white);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, empty.data());
    made_.push_back(texture);
    return ImTextureID(std::intptr_t(texture));
}

void GlTextures::write(ImTextureID texture, int x, int y, int width, int height, const std::uint8_t* alpha) {
    std::vector<std::uint32_t> pixels(std::size_t(width) * std::size_t(height));
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = clear_white | std::uint32_t(alpha[i]) << 24;
    glBindTexture(GL_TEXTURE_2D, unsigned(std::intptr_t(texture)));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
}

}  // namespace sipdex::window
