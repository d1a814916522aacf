// Ink draws on the frame: words set by the typesetter, lines, boxes and icons.
//
// Positions are those of a left-to-right window, in pixels from the top left corner. In a right-to-left
// language ink mirrors all of it at once, so no view thinks about direction; words keep their own.
#pragma once
#include <imgui.h>

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/span.h"
#include "typeset/typeset.h"
#include "window/kit/glyph_atlas.h"
#include "window/kit/palette.h"

namespace sipdex::window {

using typeset::Rect;

bool contains(const Rect& rect, double x, double y);
bool touch(const Rect& one, const Rect& other);
Rect common(const Rect& one, const Rect& other);  // without width or height where they do not touch
Rect grown(const Rect& rect, double by);

enum class Icon {
    back,
    forward,
    search,
    close,
    swap,
    plus,
    copy,
    sheet,
    play,
    pause,
    step,
    step_back,
    to_start,
    to_end,
    unfolded,
    folded,
    up,
    sun,
    moon,
    contrast,
    help,
    lost,
    check,
    half,  // what holds on a condition
    note,
    warning,
    home,
    minus,
    fit,
    clock,
    lanes,
    changes,
    present,
    star,
    starred,
    pencil,
    folder,
    print,
    differs,
    provisional,
    success,
    redirection,
    request_failure,
    server_failure,
    global_failure,
};

Icon icon_of_class(int code);

class Ink {
public:
    Ink(typeset::Typesetter& typesetter, GlyphAtlas& atlas);

    // Begins a frame of this width; `list` takes what is drawn until the next.
    void begin(ImDrawList* list, double width, double height, bool mirrored, const Palette* palette);
    bool mirrored() const { return mirrored_; }
    double width() const { return width_; }
    double height() const { return height_; }

    // Lines are kept from frame to frame and forgotten when no frame has asked for a while.
    typeset::Lines set(std::string_view words, const typeset::Style& style, double width, std::string_view language);
    typeset::Lines set(const document::Text& text, const typeset::Style& style, double width,
                       std::string_view language);

    using ColourOfSpan = std::function<ImU32(std::size_t)>;
    // `box` is the width the lines were set in; 0 for their own.
    void text(const typeset::Lines& lines, double x, double y, double box, ImU32 colour);
    void text(const typeset::Lines& lines, double x, double y, double box, const ColourOfSpan& colour);
    // The boxes of a span of lines drawn there.
    std::vector<Rect> boxes_of(const typeset::Lines& lines, std::size_t span, double x, double y, double box) const;

    // The place between characters that is nearest to a point of the screen, and the boxes from one to another.
    std::size_t offset_at(const typeset::Lines& lines, double x, double y, double box, double screen_x,
                          double screen_y) const;
    double caret_of(const typeset::Lines& lines, std::size_t offset, double x, double y, double box) const;
    std::vector<Rect> boxes_between(const typeset::Lines& lines, std::size_t first, std::size_t last, double x,
                                    double y, double box) const;

    void fill(const Rect& rect, ImU32 colour, double radius = 0);
    void frame(const Rect& rect, ImU32 colour, double radius = 0, double thickness = 1);
    void line(double x1, double y1, double x2, double y2, ImU32 colour, double thickness = 1);
    void triangle(double x1, double y1, double x2, double y2, double x3, double y3, ImU32 colour);
    void icon(Icon icon, const Rect& box, ImU32 colour);
    void picture(ImTextureID picture, const Rect& box);  // never mirrored itself

    void push_clip(const Rect& rect);
    void pop_clip();
    bool visible(const Rect& rect) const { return touch(rect, clips_.back()); }
    const Rect& clip() const { return clips_.back(); }

    // From the place on the screen to the place views speak of, and back.
    double mirrored_x(double x) const { return mirrored_ ? width_ - x : x; }
    Rect on_screen(const Rect& rect) const;

    // What this frame wrote and where: the words that a person can see, as a whole and as far as the scroll shows them.
    struct Written {
        Rect where, seen;
        std::string words;
        std::vector<Rect> inked = {};  // what the words themselves cover, line by line, on the screen
        Rect clip = {};                // what could be seen there
        bool cut = false;
        int layer = 0;
    };
    void set_layer(int layer) { layer_ = layer; }
    // Hears of the words that are drawn and where on the screen; nobody: nothing is done for it.
    using Hears = std::function<void(const std::string& words, const Rect& screen)>;
    void tell(Hears hears) { hears_ = std::move(hears); }
    void record(bool on) { recording_ = on; }
    const std::vector<Written>& written() const { return written_; }

    // After an exception: how far the frame had come, and back to it. What is drawn already stays and is drawn over.
    struct Mark {
        std::size_t clips = 1, written = 0;
    };
    Mark mark() const { return {clips_.size(), written_.size()}; }
    void back_to(const Mark& mark);

    const Palette& palette() const { return *palette_; }
    std::size_t lines_kept() const { return kept_.size(); }

private:
    typeset::Style by_page(typeset::Style style, std::string_view language) const;
    struct Kept {
        typeset::Lines lines;
        unsigned frame = 0;
    };
    void forget_unused();
    std::vector<Rect> placed(std::vector<Rect> boxes, const typeset::Lines& lines, double x, double y,
                             double box) const;
    ImVec2 at(double x, double y) const { return {float(mirrored_x(x)), float(y)}; }

    typeset::Typesetter& typesetter_;
    GlyphAtlas& atlas_;
    ImDrawList* list_ = nullptr;
    const Palette* palette_ = nullptr;
    double width_ = 0, height_ = 0;
    bool mirrored_ = false, recording_ = false;
    Hears hears_;
    int layer_ = 0;
    unsigned frame_ = 0;
    std::vector<Rect> clips_;
    std::vector<Written> written_;
    std::unordered_map<std::string, Kept> kept_;
};

}  // namespace sipdex::window
