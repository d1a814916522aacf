// Textures in OpenGL.
#pragma once
#include <vector>

#include "window/kit/glyph_atlas.h"

namespace sipdex::window {

class GlTextures : public Textures {
public:
    ~GlTextures() override;
    ImTextureID make(int width, int height) override;
    void write(ImTextureID texture, int x, int y, int width, int height, const std::uint8_t* alpha) override;
    ImTextureID picture(int width, int height, const std::uint8_t* colours) override;
    void forget(ImTextureID picture) override;

private:
    std::vector<unsigned> made_;
};

}  // namespace sipdex::window
