#include <cairo.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "typeset/fonts.h"
#include "typeset/typeset.h"

using namespace sipdex;
using namespace sipdex::typeset;
using document::Span;
using document::Text;

namespace {

Typesetter& screen() {
    static Typesetter typesetter(Typesetter::For::screen);
    return typesetter;
}

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines.words()) text += line + "\n";
    return text;
}

// How far from the left a span begins on its first line.
double begin_of(const Lines& lines, std::size_t span) {
    const auto boxes = lines.boxes_of(span);
    REQUIRE_FALSE(boxes.empty());
    return boxes.front().x;
}

}  // namespace

TEST_CASE("a paragraph is wrapped at words and keeps all of them") {
    const Lines lines = screen().set("Ask which number was dialled, then compare it with the trace.", {}, 160, "en");
    CHECK(lines.count() >= 3);
    CHECK(lines.width() <= 160);
    std::string text = joined(lines);
    std::replace(text.begin(), text.end(), '\n', ' ');
    CHECK(text.find("then compare it") != std::string::npos);
}

TEST_CASE("a word longer than the line is broken, not cut off") {
    const Lines lines = screen().set(std::string(200, 'x'), {}, 100, "en");
    CHECK(lines.width() <= 100);
    CHECK(lines.glyphs().size() == 200);
}

TEST_CASE("no text still has the height of a line") {
    const Lines lines = screen().set("", {}, 100, "en");
    CHECK(lines.count() == 1);
    CHECK(lines.height() == doctest::Approx(22));  // 15 * 1.45, to whole pixels
    CHECK(lines.glyphs().empty());
}

TEST_CASE("lines that were never set are empty") {
    const Lines lines;
    CHECK(lines.height() == 0);
    CHECK_FALSE(lines.span_at(0, 0));
}

TEST_CASE("every glyph remembers its span") {
    const Text text{{{"The "},
                     {"Retry-After", Span::Style::wire},
                     {" field, see "},
                     {"603", Span::Style::plain, document::ToResponse{"603"}},
                     {" Decline"}},
                    {},
                    false};
    const Lines lines = screen().set(text, {}, 0, "en");
    std::vector<std::size_t> glyphs_of(5);
    for (const Glyph& glyph : lines.glyphs()) ++glyphs_of.at(glyph.span);
    CHECK(glyphs_of == std::vector<std::size_t>{4, 11, 12, 3, 8});

    const Rect link = lines.boxes_of(3).at(0);
    CHECK(lines.span_at(link.x + 1, link.y + 1) == 3u);
    CHECK(lines.span_at(link.x - 1, link.y + 1) == 2u);
    CHECK_FALSE(lines.span_at(lines.width() + 5, 1));
}

TEST_CASE("what stands on the wire takes the fixed-width face without ligatures") {
    const Lines lines = screen().set(document::wire("il->!="), {}, 0, "en");
    REQUIRE(lines.glyphs().size() == 6);
    const double step = lines.glyphs()[1].x - lines.glyphs()[0].x;
    for (std::size_t i = 2; i < 6; ++i) CHECK(lines.glyphs()[i].x - lines.glyphs()[i - 1].x == doctest::Approx(step));
}

TEST_CASE("a link that wraps has a box on each line") {
    const Text text{
        {{"See "}, {"how an early dialog differs from a dialog", Span::Style::plain, document::ToTerm{"x"}}},
        {},
        false};
    const Lines lines = screen().set(text, {}, 120, "en");
    CHECK(lines.boxes_of(1).size() == lines.count());
}

TEST_CASE("Arabic runs from the right, and a phrase from the wire keeps its order") {
    const Text text{{{"الرد "}, {"607 Unwanted", Span::Style::wire}, {" نهائي"}}, {}, false};
    const Lines lines = screen().set(text, {}, 400, "ar");
    CHECK(begin_of(lines, 0) > begin_of(lines, 1));
    CHECK(begin_of(lines, 1) > begin_of(lines, 2));
    CHECK(begin_of(lines, 0) + lines.boxes_of(0).at(0).width == doctest::Approx(400).epsilon(0.01));
    CHECK(lines.words().at(0) == "الرد 607 Unwanted نهائي");
    std::vector<double> of_the_phrase;
    for (const Glyph& glyph : lines.glyphs())
        if (glyph.span == 1) of_the_phrase.push_back(glyph.x);
    CHECK(of_the_phrase.size() == 12);
    CHECK(std::is_sorted(of_the_phrase.begin(), of_the_phrase.end()));
}

TEST_CASE("an English text on an Arabic page reads from the left and stands at the right") {
    const Text text{{{"Not translated yet."}}, "en", false};
    const Lines lines = screen().set(text, {}, 400, "ar");
    CHECK(begin_of(lines, 0) > 200);
    CHECK(lines.glyphs().front().x < lines.glyphs().back().x);
}

TEST_CASE("letters of one word stay joined where a stressed span ends beside a link") {
    // Two spans of one Arabic word, alike in font: the joined forms must be those of the whole word.
    const Lines whole = screen().set("سلام", {}, 0, "ar");
    const Text text{{{"سل"}, {"ام"}}, {}, false};
    const Lines split = screen().set(text, {}, 0, "ar");
    CHECK(split.width() == doctest::Approx(whole.width()));
}

TEST_CASE("too many lines end with an ellipsis") {
    Style style;
    style.most_lines = 2;
    const Lines lines =
        screen().set("one two three four five six seven eight nine ten eleven twelve", style, 100, "en");
    CHECK(lines.count() == 2);
    CHECK(lines.width() <= 100);
}

TEST_CASE("on a screen glyphs stand on whole pixels") {
    Style style;
    style.align = Align::centre;
    const Lines lines = screen().set("Centre of the line", style, 301, "en");
    for (const Glyph& glyph : lines.glyphs()) {
        CHECK(glyph.x == std::round(glyph.x));
        CHECK(glyph.y == std::round(glyph.y));
    }
}

TEST_CASE("a glyph is rasterised with ink, a space without") {
    const Lines lines = screen().set("M ", {}, 0, "en");
    REQUIRE(lines.glyphs().size() >= 1);
    const Glyph& m = lines.glyphs().front();
    const Bitmap bitmap = screen().rasterised(m.font, m.index);
    CHECK(bitmap.alpha.size() == static_cast<std::size_t>(bitmap.width * bitmap.height));
    CHECK(*std::max_element(bitmap.alpha.begin(), bitmap.alpha.end()) > 200);
    CHECK(bitmap.top < 0);
    CHECK(screen().rasterised(lines.glyphs().back().font, 0x0FFFFFFF).width == 0);
}

TEST_CASE("what was broken on the way is shown as broken and does no harm") {
    const Lines lines = screen().set(std::string("ab\xff\xfe\0cd\r\nnext", 13), {}, 0, "en");
    CHECK(lines.count() == 2);
    CHECK(lines.words().at(1) == "next");
}

TEST_CASE("characters without any font are named once") {
    screen().take_missing();
    screen().set("607 Appel indésirable ○ ✓ ✕ ◐ ↷ ▲ ■ ⬣ ≠ سلام", {}, 0, "fr");
    CHECK(screen().take_missing() == "");
    screen().set("\U000F1234 x \U000F1234", {}, 0, "en");
    CHECK(screen().take_missing() == "\U000F1234");
    CHECK(screen().take_missing() == "");
}

TEST_CASE("directions follow the language, or the script where one is named") {
    for (const std::string language : {"ar", "ar-u-nu-latn", "he", "fa-IR", "uz-Arab"})
        CHECK_MESSAGE(is_right_to_left(language), language);
    for (const std::string language : {"fr", "en", "ja", "ks-Latn", "", "zh-Hant", "arn"})
        CHECK_MESSAGE(!is_right_to_left(language), language);
}

TEST_CASE("fontconfig is told the reader's language, and English for what names none") {
    for (const auto& one : {std::pair("fr_CA.UTF-8", "fr-ca"),
                            {"fr", "fr"},
                            {"FR_fr", "fr-fr"},
                            {"de_DE@euro", "de-de"},
                            {"ast_ES", "ast-es"},
                            {"zh_Hant_TW", "zh-tw"},
                            {"sr_RS@latin", "sr-rs"},
                            {"uz-Cyrl", "uz"},
                            {"es_419", "es"},
                            {"fr_1X", "fr"},
                            {"", "en"},
                            {"C", "en"},
                            {"C.UTF-8", "en"},
                            {"POSIX", "en"},
                            {"f1", "en"},
                            {"f", "en"},
                            {"_FR", "en"},
                            {"\xc3\xa9t", "en"}})
        CHECK_MESSAGE(language_for_fonts(one.first) == std::string(one.second), one.first);
    CHECK(language_for_fonts(nullptr) == "en");
}

TEST_CASE("Cairo paints the lines with the colour of each span") {
    Typesetter paper(Typesetter::For::paper);
    const Text text{{{"plain "}, {"link", Span::Style::plain, document::ToTerm{"x"}}}, {}, false};
    const Lines lines = paper.set(text, {}, 0, "en");
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 200, 40);
    cairo_t* cairo = cairo_create(surface);
    std::set<std::size_t> asked;
    lines.draw(cairo, 0, 0, [&](cairo_t* to, std::size_t span) {
        asked.insert(span);
        cairo_set_source_rgb(to, span == 0 ? 1 : 0, 0, span == 1 ? 1 : 0);
    });
    cairo_surface_flush(surface);
    const unsigned char* pixels = cairo_image_surface_get_data(surface);
    long red = 0, blue = 0;
    for (int i = 0; i < 200 * 40; ++i) {
        blue += pixels[i * 4];
        red += pixels[i * 4 + 2];
    }
    CHECK(asked == std::set<std::size_t>{0, 1});
    CHECK(red > 1000);
    CHECK(blue > 1000);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

TEST_CASE("a place between characters is found from a point, and boxes from places, in both directions") {
    Typesetter typesetter(Typesetter::For::screen);
    Style style;
    const struct {
        const char *words, *tag;
    } texts[] = {{"Busy everywhere", "en"}, {"مشغول الآن", "ar"}, {"通話中です", "ja"}};
    for (const auto& text : texts) {
        CAPTURE(text.words);
        const Lines lines = typesetter.set(text.words, style, 400, text.tag);
        const std::string& all = lines.text();
        const double middle = lines.height() / 2;
        for (std::size_t at = 0; at < all.size(); ++at) {
            if ((static_cast<unsigned char>(all[at]) & 0xC0) == 0x80) continue;
            std::size_t next = at + 1;
            while (next < all.size() && (static_cast<unsigned char>(all[next]) & 0xC0) == 0x80) ++next;
            const auto boxes = lines.boxes_between(at, next);
            if (boxes.empty() || boxes[0].width < 2) continue;  // a mark of direction
            CAPTURE(at);
            const std::size_t left = lines.offset_at(boxes[0].x + 0.5, middle),
                              right = lines.offset_at(boxes[0].x + boxes[0].width - 0.5, middle);
            CHECK((left == at || left == next));
            CHECK((right == at || right == next));
            CHECK(left != right);
        }
        const auto whole = lines.boxes_between(0, all.size());
        REQUIRE(whole.size() == 1);
        CHECK(whole[0].width == doctest::Approx(lines.width()).epsilon(0.02));
        CHECK(lines.words_between(0, all.size()) == text.words);
    }
}

TEST_CASE("a selection over a wrapped text has a box on each line, and its words do not hold the marks of direction") {
    Typesetter typesetter(Typesetter::For::screen);
    const Lines lines = typesetter.set("One line and another line and one more line of words", {}, 120, "en");
    REQUIRE(lines.count() >= 3);
    const auto boxes = lines.boxes_between(4, lines.text().size() - 1);
    CHECK(boxes.size() == lines.count());
    CHECK(boxes.front().x > 0);
    CHECK(lines.offset_at(-50, 1) == 0);
    CHECK(lines.offset_at(1e6, 1e6) == lines.text().size());
    sipdex::document::Text mixed = sipdex::document::plain("رمز ");
    mixed.spans.push_back(sipdex::document::wire("486").spans.front());
    const Lines arabic = typesetter.set(mixed, {}, 0, "ar");
    CHECK(arabic.words_between(0, arabic.text().size()) == "رمز 486");
}

namespace {

// All that can be seen of lines: their measures, and every dot of them, each span in a grey of its own.
std::vector<double> looks_of(const Lines& lines) {
    std::vector<double> looks{lines.width(), lines.height(), lines.baseline(), double(lines.count()),
                              double(lines.is_cut())};
    constexpr int width = 800, height = 120;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t* cairo = cairo_create(surface);
    lines.draw(cairo, 0, 0, [](cairo_t* to, std::size_t span) {
        const double grey = 1 / (1 + double(span));
        cairo_set_source_rgb(to, grey, grey, grey);
    });
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    const auto* dots = cairo_image_surface_get_data(surface);
    looks.insert(looks.end(), dots, dots + cairo_image_surface_get_stride(surface) * height);
    cairo_surface_destroy(surface);
    return looks;
}

}  // namespace

TEST_CASE("on paper a text that was set before looks as if it were set anew, and no other is taken for it") {
    struct Set {
        Text text;
        Style style;
        double width;
        std::string language;
    };
    const std::string words = "Ask which number was dialled, then compare it with 607 and the trace.";
    const Text plain = document::plain(words);
    Text in_parts;
    in_parts.spans = {Span{words.substr(0, 20)}, Span{words.substr(20)}};
    Text stressed = in_parts, wired = in_parts, foreign = plain;
    stressed.spans[1].style = Span::Style::strong;
    wired.spans[1].style = Span::Style::wire;
    foreign.language = "ar";
    Style bold, small, wide, mono, centred, cut;
    bold.bold = true;
    small.size = 14.5;
    wide.line_height = 1.6;
    mono.face = Face::wire;
    centred.align = Align::centre;
    cut.most_lines = 1;
    std::vector<Set> sets;
    for (const Text& text : {plain, in_parts, stressed, wired, foreign, document::plain(words + "!")})
        sets.push_back({text, {}, 160, "en"});
    for (const Style& style : {bold, small, wide, mono, centred, cut}) sets.push_back({plain, style, 160, "en"});
    sets.push_back({plain, {}, 161.5, "en"});
    sets.push_back({plain, {}, 0, "en"});
    sets.push_back({plain, {}, 160, "ar"});

    Typesetter keeps(Typesetter::For::paper);
    for (int time = 0; time < 2; ++time)
        for (std::size_t i = 0; i < sets.size(); ++i) {
            const auto& [text, style, width, language] = sets[i];
            Typesetter anew(Typesetter::For::paper);
            CHECK_MESSAGE(
                looks_of(keeps.set(text, style, width, language)) == looks_of(anew.set(text, style, width, language)),
                "the text number ", i, ", time ", time);
        }
    std::set<std::vector<double>> looks;
    for (const auto& [text, style, width, language] : sets)
        looks.insert(looks_of(keeps.set(text, style, width, language)));
    CHECK(looks.size() >= sets.size() - 2);  // a little more width, or a language, may change nothing
}

TEST_CASE("on paper characters without any font are named each time that they are set") {
    Typesetter paper(Typesetter::For::paper);
    for (int time = 0; time < 2; ++time) {
        paper.set("\U000F1234", {}, 0, "en");
        CHECK(paper.take_missing() == "\U000F1234");
    }
}

TEST_CASE("more texts than are kept are set right all the same") {
    Typesetter paper(Typesetter::For::paper);
    const auto first = looks_of(paper.set("0 calls", {}, 200, "en"));
    for (int i = 1; i < 7000; ++i) paper.set(std::to_string(i) + " calls", {}, 200, "en");
    CHECK(looks_of(paper.set("0 calls", {}, 200, "en")) == first);
}
