// A glyph atlas holds the picture of every glyph the window has drawn, side by side in a few textures.
//
// When one texture is full the next begins, so a script with thousands of characters costs memory, not
// correctness.
#pragma once
#include <imgui.h>

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "typeset/typeset.h"

namespace sipdex::window {

// Where textures live. The shell keeps them in OpenGL, tests keep none.
class Textures {
public:
    virtual ~Textures() = default;
    virtual ImTextureID make(int width, int height) = 0;  // transparent white
    virtual void write(ImTextureID texture, int x, int y, int width, int height, const std::uint8_t* alpha) = 0;
    // A whole picture: red, green, blue and opacity of each dot, row by row. Whoever has it made gives it back.
    virtual ImTextureID picture(int width, int height, const std::uint8_t* colours) = 0;
    virtual void forget(ImTextureID picture) = 0;
};

class GlyphAtlas {
public:
    struct Slot {
        ImTextureID texture{};
        int left = 0, top = 0, width = 0, height = 0;  // as typeset::Bitmap has them
        float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
    };

    explicit GlyphAtlas(Textures& textures, int side = 1024) : textures_(textures), side_(side) {}

    // The place of a glyph; it is rasterised the first time. A glyph without ink has width 0.
    const Slot& slot(const typeset::Typesetter& typesetter, std::uint32_t font, std::uint32_t glyph);

    std::size_t pages() const { return pages_; }

private:
    Textures& textures_;
    int side_;
    ImTextureID page_{};
    std::size_t pages_ = 0;
    int x_ = 0, y_ = 0, row_ = 0;
    std::unordered_map<std::uint64_t, Slot> slots_;
};

}  // namespace sipdex::window
