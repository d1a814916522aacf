#include "window/kit/glyph_atlas.h"

#include <algorithm>

namespace sipdex::window {

const GlyphAtlas::Slot& GlyphAtlas::slot(const typeset::Typesetter& typesetter, std::uint32_t font,
                                         std::uint32_t glyph) {
    const std::uint64_t key = (std::uint64_t{font} << 32) | glyph;
    if (const auto found = slots_.find(key); found != slots_.end()) return found->second;

    Slot slot;
    const typeset::Bitmap bitmap = typesetter.rasterised(font, glyph);
    // A glyph larger than a whole texture is not drawn: at 300 % none comes near.
    if (bitmap.width > 0 && bitmap.height > 0 && bitmap.width + 2 <= side_ && bitmap.height + 2 <= side_) {
        if (x_ + bitmap.width + 1 > side_) {
            x_ = 1;
            y_ += row_ + 1;
            row_ = 0;
        }
        if (pages_ == 0 || y_ + bitmap.height + 1 > side_) {
            page_ = textures_.make(side_, side_);
            ++pages_;
            x_ = y_ = 1;
            row_ = 0;
        }
        textures_.write(page_, x_, y_, bitmap.width, bitmap.height, bitmap.alpha.data());
        const float side = float(side_);
        slot = {page_,
                bitmap.left,
                bitmap.top,
                bitmap.width,
                bitmap.height,
                float(x_) / side,
                float(y_) / side,
                float(x_ + bitmap.width) / side,
                float(y_ + bitmap.height) / side};
        x_ += bitmap.width + 1;
        row_ = std::max(row_, bitmap.height);
    }
    return slots_.emplace(key, slot).first->second;
}

}  // namespace sipdex::window
