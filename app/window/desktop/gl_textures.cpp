#include "window/desktop/gl_textures.h"

#include <GL/gl.h>

#include <cstddef>

namespace sipdex::window {

namespace {

// One row behind the other, none of them filled up to a multiple of four.
void expect_rows_of_octets() {
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
}

}  // namespace

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
    // One octet a pixel is kept, the opacity; the colour is white.
    const GLint white[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, white);
    const std::vector<std::uint8_t> empty(std::size_t(width) * std::size_t(height));
    expect_rows_of_octets();
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, empty.data());
    made_.push_back(texture);
    return ImTextureID(std::intptr_t(texture));
}

void GlTextures::write(ImTextureID texture, int x, int y, int width, int height, const std::uint8_t* alpha) {
    glBindTexture(GL_TEXTURE_2D, unsigned(std::intptr_t(texture)));
    expect_rows_of_octets();
    glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, width, height, GL_RED, GL_UNSIGNED_BYTE, alpha);
}

ImTextureID GlTextures::picture(int width, int height, const std::uint8_t* colours) {
    unsigned texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    // Another size is wanted before another picture is there.
    for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
        glTexParameteri(GL_TEXTURE_2D, filter, GL_LINEAR);
    for (const GLenum edge : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
        glTexParameteri(GL_TEXTURE_2D, edge, GL_CLAMP_TO_EDGE);
    expect_rows_of_octets();
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, colours);
    made_.push_back(texture);
    return ImTextureID(std::intptr_t(texture));
}

void GlTextures::forget(ImTextureID picture) {
    const auto texture = unsigned(std::intptr_t(picture));
    if (std::erase(made_, texture) > 0) glDeleteTextures(1, &texture);
}

}  // namespace sipdex::window
