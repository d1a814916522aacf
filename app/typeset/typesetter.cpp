#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "document/keep_together.h"
#include "typeset/direction.h"
#include "typeset/fonts.h"
#include "typeset/kept_lines.h"
#include "typeset/placed.h"
#include "typeset/typeset.h"

namespace sipdex::typeset {

namespace {

// Named one by one: left alone, fontconfig takes DejaVu for several of these scripts. Chinese, Japanese and
// Korean are left to it, for there the language chooses the forms.
constexpr std::size_t most_lines_kept = 3000;  // of one typesetter, some 15 KB each
constexpr const char* behind =
    "Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Devanagari,Noto Sans Bengali,"
    "Noto Sans Tamil,Noto Sans Thai,Noto Sans Symbols2,Noto Sans Symbols,Noto Sans Math";

std::string families(Face face) {
    return (face == Face::wire ? "JetBrains Mono,Noto Sans Mono," : "Inter,") + std::string(behind);
}

// Beside prose, the fixed-width face looks larger than it is.
constexpr double wire_scale = 0.94;

// Fonts ask for more height than their letters take; lines may be set this much tighter before marks touch.
constexpr double least_of_natural = 0.85;

double points(int pango_units) { return pango_units / static_cast<double>(PANGO_SCALE); }

struct FreeAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
using Attributes = std::unique_ptr<PangoAttrList, FreeAttributes>;

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t begin, std::size_t end) {
    attribute->start_index = static_cast<guint>(begin);
    attribute->end_index = static_cast<guint>(end);
    pango_attr_list_insert(list, attribute);
}

// The contextual forms of the prose face only trim punctuation, and on paper they take half of all the time that a sheet
// takes. Scripts that join their letters need theirs.
bool needs_contextual_forms(std::string_view words) {
    const auto lead = [](char c) { return static_cast<unsigned char>(c); };
    return std::ranges::any_of(words, [&](char c) { return (lead(c) >= 0xD4 && lead(c) < 0xE2) || lead(c) > 0xE2; });
}

// So many letters and signs of ASCII in a row are no word but a rule or somebody's flood, and the face's contextual
// forms, tried at each place where it may break, cost more time than all the rest.
bool has_overlong_word(std::string_view words) {
    constexpr std::size_t overlong = 60;
    std::size_t length = 0;
    return std::ranges::any_of(words, [&](char c) { return (length = c > ' ' ? length + 1 : 0) > overlong; });
}

Attributes attributes_of(const document::Text& text, const Marked& marked, const Style& style, bool for_paper) {
    using document::Span;
    Attributes list(pango_attr_list_new());
    // A hyphen where an overlong word breaks would look as if it belonged to the word.
    add(list.get(), pango_attr_insert_hyphens_new(FALSE), 0, marked.text.size());
    for (std::size_t i = 0; i < text.spans.size(); ++i) {
        const std::size_t begin = marked.begins[i];
        const std::size_t end = i + 1 < marked.begins.size() ? marked.begins[i + 1] : marked.text.size();
        if (text.spans[i].style == Span::Style::wire && style.face == Face::prose) {
            add(list.get(), pango_attr_family_new(families(Face::wire).c_str()), begin, end);
            add(list.get(), pango_attr_scale_new(wire_scale), begin, end);
        }
        // Ligatures would turn "->" or "!=" into arrows that nobody sent.
        if (text.spans[i].style == Span::Style::wire || style.face == Face::wire)
            add(list.get(), pango_attr_font_features_new("calt=0,liga=0"), begin, end);
        else if (has_overlong_word(std::string_view(marked.text).substr(begin, end - begin)))
            add(list.get(), pango_attr_font_features_new("calt=0,liga=0"), begin, end);
        else if (for_paper && !needs_contextual_forms(std::string_view(marked.text).substr(begin, end - begin)))
            add(list.get(), pango_attr_font_features_new("calt=0"), begin, end);
        if (text.spans[i].style == Span::Style::strong)
            add(list.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), begin, end);
        if (text.spans[i].style != Span::Style::wire)
            for (const document::Range& kept :
                 document::kept_together(std::string_view(marked.text).substr(begin, end - begin)))
                add(list.get(), pango_attr_allow_breaks_new(FALSE), begin + kept.begin, begin + kept.end);
        // A colour splits runs after shaping, so each run belongs to one span and joined letters stay joined.
        // The colour itself is never shown; neighbours only need to differ.
        add(list.get(), pango_attr_foreground_new(static_cast<guint16>(i >> 16), static_cast<guint16>(i), 0), begin,
            end);
    }
    return list;
}

}  // namespace

struct Typesetter::Impl {
    For medium;
    Kept<PangoContext> context;
    std::vector<Kept<PangoFont>> fonts;
    std::unordered_map<PangoFont*, std::uint32_t> numbers;
    std::string missing;              // characters without a glyph
    std::size_t times_missing = 0;    // each time that one was
    KeptLines kept{most_lines_kept};  // on paper only: a window keeps its own

    std::uint32_t number_of(PangoFont* font) {
        const auto [at, fresh] = numbers.try_emplace(font, static_cast<std::uint32_t>(fonts.size()));
        if (fresh) fonts.emplace_back(static_cast<PangoFont*>(g_object_ref(font)));
        return at->second;
    }

    double fitted(double length) const { return medium == For::screen ? std::round(length) : length; }

    Kept<PangoLayout> layout_of(const document::Text& text, const Marked& shaped, const Style& style, double width,
                                std::string_view language, bool right_to_left);
    void place(Lines::Impl& lines, PangoLayout* layout, const Marked& shaped, const Style& style);
    void place_run(Lines::Impl& lines, const Marked& shaped, PlacedRun run);
    void note_missing(PangoGlyph glyph);
};

Kept<PangoLayout> Typesetter::Impl::layout_of(const document::Text& text, const Marked& shaped, const Style& style,
                                              double width, std::string_view language, bool right_to_left) {
    const std::string own_language = text.language.empty() ? std::string(language) : text.language;
    pango_context_set_language(context.get(), pango_language_from_string(own_language.c_str()));
    pango_context_set_base_dir(context.get(), right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);

    Kept<PangoLayout> layout(pango_layout_new(context.get()));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, families(style.face).c_str());
    pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);

    pango_layout_set_auto_dir(layout.get(), FALSE);
    // The edge at which lines start is the document's, also for a text not yet translated.
    const bool from_the_right = is_right_to_left(language) == (style.align == Align::start);
    pango_layout_set_alignment(layout.get(), style.align == Align::centre ? PANGO_ALIGN_CENTER
                                             : from_the_right             ? PANGO_ALIGN_RIGHT
                                                                          : PANGO_ALIGN_LEFT);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    if (width > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        if (style.most_lines > 0) {
            pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
            pango_layout_set_height(layout.get(), -style.most_lines);
        }
    }
    pango_layout_set_text(layout.get(), shaped.text.c_str(), static_cast<int>(shaped.text.size()));
    pango_layout_set_attributes(layout.get(), attributes_of(text, shaped, style, medium == For::paper).get());
    return layout;
}

void Typesetter::Impl::note_missing(PangoGlyph glyph) {
    ++times_missing;
    char utf8[6];
    const int length = g_unichar_to_utf8(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG, utf8);
    const std::string_view character(utf8, static_cast<std::size_t>(length));
    if (missing.find(character) == std::string::npos) missing += character;
}

void Typesetter::Impl::place_run(Lines::Impl& lines, const Marked& shaped, PlacedRun run) {
    const PangoGlyphItem& item = *run.item;
    run.span = shaped.span_at(static_cast<std::size_t>(item.item->offset));
    const std::uint32_t font = number_of(item.item->analysis.font);
    int pen = 0;
    for (int i = 0; i < item.glyphs->num_glyphs; ++i) {
        const PangoGlyphInfo& info = item.glyphs->glyphs[i];
        const auto byte =
            static_cast<std::size_t>(item.item->offset) + static_cast<std::size_t>(item.glyphs->log_clusters[i]);
        if (info.glyph != PANGO_GLYPH_EMPTY && info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) note_missing(info.glyph);
        if (medium == For::screen && info.glyph != PANGO_GLYPH_EMPTY)
            lines.glyphs.push_back({font, info.glyph, run.x + points(pen + info.geometry.x_offset),
                                    run.baseline + points(info.geometry.y_offset), shaped.span_at(byte)});
        pen += info.geometry.width;
    }
    run.box.x = run.x;
    run.box.width = points(pen);
    lines.runs.push_back(run);
}

// Lines stand at equal distances whatever fonts they fell back to; only taller scripts push them apart.
void Typesetter::Impl::place(Lines::Impl& lines, PangoLayout* layout, const Marked& shaped, const Style& style) {
    lines.shaped = shaped.text;
    lines.cut = pango_layout_is_ellipsized(layout);
    double left = 0, right = 0;
    bool first = true;
    PangoLayoutIter* at = pango_layout_get_iter(layout);
    do {
        PangoLayoutLine* line = pango_layout_iter_get_line_readonly(at);
        lines.kept.emplace_back(pango_layout_line_ref(line));
        PangoRectangle where;
        pango_layout_iter_get_line_extents(at, nullptr, &where);
        const double natural = points(where.height);
        const double height = fitted(std::max(style.size * style.line_height, natural * least_of_natural));
        const double ascent = points(pango_layout_iter_get_baseline(at) - where.y);
        const double top = lines.height, x = fitted(points(where.x));
        const double baseline = fitted(top + (height - natural) / 2 + ascent);

        int pen = 0;
        for (GSList* link = line->runs; link; link = link->next) {
            auto* item = static_cast<PangoGlyphItem*>(link->data);
            PlacedRun run{item, 0, lines.words.size(), x + points(pen), baseline, {0, top, 0, height}};
            place_run(lines, shaped, run);
            for (int i = 0; i < item->glyphs->num_glyphs; ++i) pen += item->glyphs->glyphs[i].geometry.width;
        }
        left = first ? x : std::min(left, x);
        right = first ? x + points(where.width) : std::max(right, x + points(where.width));
        if (first) lines.baseline = baseline;
        first = false;
        std::string words = without_isolates(
            std::string_view(shaped.text)
                .substr(static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length)));
        words.erase(words.find_last_not_of(' ') + 1);  // where the line was wrapped
        lines.words.push_back(std::move(words));
        lines.tops.push_back(top);
        lines.height += height;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    lines.width = right - left;
}

Typesetter::Typesetter(For medium) : impl_(std::make_unique<Impl>()) {
    start_fonts();
    impl_->medium = medium;
    Kept<PangoFontMap> fonts(pango_cairo_font_map_new());
    impl_->context.reset(pango_font_map_create_context(fonts.get()));

    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    const bool screen = medium == For::screen;
    cairo_font_options_set_hint_style(options, screen ? CAIRO_HINT_STYLE_SLIGHT : CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, screen ? CAIRO_HINT_METRICS_ON : CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(impl_->context.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(impl_->context.get(), screen);
}

Typesetter::~Typesetter() = default;

Lines Typesetter::set(const document::Text& text, const Style& style, double width, std::string_view language) {
    const bool right_to_left = is_right_to_left(text.language.empty() ? language : text.language);
    const Marked shaped = marked(text, right_to_left);
    const bool on_paper = impl_->medium == For::paper;
    std::string key = on_paper ? KeptLines::key(text, shaped, style, width, language) : std::string();
    if (on_paper)
        if (const Lines* before = impl_->kept.find(key)) return *before;
    const std::size_t times_missing = impl_->times_missing;
    auto lines = std::make_shared<Lines::Impl>();
    const Kept<PangoLayout> layout = impl_->layout_of(text, shaped, style, width, language, right_to_left);
    impl_->place(*lines, layout.get(), shaped, style);
    Lines result{std::move(lines)};
    // Characters that are missing are told each time.
    if (on_paper && impl_->times_missing == times_missing) impl_->kept.keep(std::move(key), result);
    return result;
}

Lines Typesetter::set(std::string_view words, const Style& style, double width, std::string_view language) {
    return set(document::plain(std::string(words)), style, width, language);
}

Bitmap Typesetter::rasterised(std::uint32_t font, std::uint32_t glyph) const {
    Bitmap bitmap;
    if (font >= impl_->fonts.size() || glyph == PANGO_GLYPH_EMPTY) return bitmap;
    PangoRectangle ink;
    pango_font_get_glyph_extents(impl_->fonts[font].get(), glyph, &ink, nullptr);
    pango_extents_to_pixels(&ink, nullptr);
    if (ink.width <= 0 || ink.height <= 0) return bitmap;

    bitmap.left = ink.x - 1;  // one pixel around, where antialiasing spills over
    bitmap.top = ink.y - 1;
    bitmap.width = ink.width + 2;
    bitmap.height = ink.height + 2;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, bitmap.width, bitmap.height);
    cairo_t* cairo = cairo_create(surface);
    PangoGlyphString* one = pango_glyph_string_new();
    pango_glyph_string_set_size(one, 1);
    one->glyphs[0].glyph = glyph;
    one->glyphs[0].geometry = {0, 0, 0};
    cairo_move_to(cairo, -bitmap.left, -bitmap.top);
    pango_cairo_show_glyph_string(cairo, impl_->fonts[font].get(), one);
    cairo_surface_flush(surface);

    const unsigned char* row = cairo_image_surface_get_data(surface);
    for (int y = 0; row && y < bitmap.height; ++y, row += cairo_image_surface_get_stride(surface))
        bitmap.alpha.insert(bitmap.alpha.end(), row, row + bitmap.width);
    if (bitmap.alpha.empty()) bitmap.width = bitmap.height = 0;
    pango_glyph_string_free(one);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return bitmap;
}

std::string Typesetter::take_missing() { return std::exchange(impl_->missing, {}); }

Typesetter& for_paper() {
    thread_local Typesetter typesetter(Typesetter::For::paper);
    return typesetter;
}

}  // namespace sipdex::typeset
