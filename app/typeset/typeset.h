// Text becomes lines of placed glyphs: shaped, wrapped, in both directions, in any script that has a font.
//
// The window rasterises each glyph once and draws it as a quad; sheets hand the same lines to Cairo.
// Lengths are in the caller's unit (pixels in the window, points on paper), x to the right, y down,
// from the top left corner of the lines.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/span.h"

typedef struct _cairo cairo_t;

namespace sipdex::typeset {

enum class Face { prose, wire };          // Inter and JetBrains Mono, Noto behind both
enum class Align { start, centre, end };  // start is the right edge in a right-to-left language

struct Style {
    Face face = Face::prose;  // spans that stand on the wire take Face::wire all the same
    double size = 15;
    bool bold = false;
    double line_height = 1.45;  // times the size
    Align align = Align::start;
    int most_lines = 0;  // 0: as many as it takes; otherwise cut with an ellipsis
};

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
};

struct Bitmap {                       // what one glyph covers
    int left = 0, top = 0;            // of its corner, from the pen position on the baseline, y down
    int width = 0, height = 0;        // 0 for a space
    std::vector<std::uint8_t> alpha;  // width * height
};

struct Glyph {
    std::uint32_t font = 0;   // as the typesetter numbers them
    std::uint32_t index = 0;  // in that font
    double x = 0, y = 0;      // pen position on the baseline
    std::size_t span = 0;     // which span of the text it belongs to
};

// Laid-out text. Keep it as long as text and width stay the same; making it costs, drawing does not.
class Lines {
public:
    struct Impl;
    explicit Lines(std::shared_ptr<const Impl> impl);
    Lines();

    double width() const;  // of the longest line
    double height() const;
    double baseline() const;    // of the first line
    std::size_t count() const;  // lines
    bool is_cut() const;        // an ellipsis stands for the rest

    const std::vector<Glyph>& glyphs() const;       // of lines for a screen
    const std::vector<std::string>& words() const;  // the words of each line, in reading order

    // The span under a point; nothing beside the words.
    std::optional<std::size_t> span_at(double x, double y) const;
    std::vector<Rect> boxes_of(std::size_t span) const;  // one for each line that it touches

    // What was laid out. It holds marks that only tell the direction of its parts; `words_between` leaves them out. Offsets
    // count octets of it.
    const std::string& text() const;
    // The place between two characters that is nearest to a point.
    std::size_t offset_at(double x, double y) const;
    double x_of(std::size_t offset) const;                                       // where a caret stands there
    std::vector<Rect> boxes_between(std::size_t first, std::size_t last) const;  // from left to right on each line
    std::string words_between(std::size_t first, std::size_t last) const;

    // Where a line begins from above; top_of(count()) is the height.
    double top_of(std::size_t line) const;

    // Paints with the colour that the caller sets for each span, which is asked for run by run.
    using Colouring = std::function<void(cairo_t*, std::size_t span)>;
    void draw(cairo_t* to, double x, double y, const Colouring& colour) const;
    // Only the lines from `first` to before `last`, the first of them at y: a text that goes on overleaf.
    void draw(cairo_t* to, double x, double y, const Colouring& colour, std::size_t first, std::size_t last) const;

private:
    std::shared_ptr<const Impl> impl_;
};

class Typesetter {
public:
    // For screens, glyphs are hinted to whole pixels; for paper they are not. Throws NoFonts (fonts.h) where no
    // font at all is installed.
    enum class For { screen, paper };
    explicit Typesetter(For medium);
    ~Typesetter();
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    // Lays the text out within `width` (0 or less: one line as long as it takes). `language` is a BCP 47
    // tag; it chooses among regional glyph forms and the direction of the paragraph.
    // Octets that are not UTF-8 become U+FFFD. Lines outlive the typesetter.
    Lines set(const document::Text& text, const Style& style, double width, std::string_view language);
    Lines set(std::string_view words, const Style& style, double width, std::string_view language);

    Bitmap rasterised(std::uint32_t font, std::uint32_t glyph) const;

    // Characters for which no installed font has a glyph, each once, of all that was set since this was last asked.
    std::string take_missing();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The typesetter for paper of the thread that asks, made when it is first asked for: fonts are looked up once, however many
// sheets are made. Throws NoFonts.
Typesetter& for_paper();

bool is_right_to_left(std::string_view language);

}  // namespace sipdex::typeset
