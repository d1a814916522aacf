#include "window/reading/document_layout.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "window/reading/document_setter.h"

namespace sipdex::window {

namespace {

// Units at 100 %.
constexpr double widest_prose = 640, widest_page = 1120, card_width = 372, card_gap = 40, margin = 36;
constexpr double narrowest_with_card = 900;

void append(std::string& to, const Text& text) {
    const std::string words = document::words_of(text);
    if (!words.empty()) to += words + "\n";
}

struct Plain {
    std::string& out;
    void item(const document::Item& item) const {
        const std::string label = document::words_of(item.label);
        if (!label.empty()) out += label + ": ";
        append(out, item.text);
    }
    void operator()(const document::Paragraph& block) const { append(out, block.text); }
    void operator()(const document::List& block) const {
        for (const auto& one : block.items) item(one);
    }
    void operator()(const document::FactTable& block) const {
        for (const auto& row : block.rows) {
            out += document::words_of(row.label);
            for (const auto& cell : row.cells) out += "\t" + document::words_of(cell);
            out += "\n";
        }
    }
    void operator()(const document::Columns& block) const {
        for (const auto& row : block.rows)
            for (const auto& cell : row) item(cell);
    }
    void operator()(const document::Ladder& block) const {
        for (const auto& rung : block.rungs) out += rung.label + "\n";
    }
    void operator()(const document::Message& block) const { out += block.octets; }
    void operator()(const document::Callout& block) const { append(out, block.text); }
};

}  // namespace

Setter::Setter(Ui& ui, const Document& document, const PageSetup& setup) : ui_(ui), document_(document), setup_(setup) {
    const bool narrow = setup.width < ui.px(560);
    const double side = ui.px(narrow ? 16 : margin);
    width_ = std::min(setup.width - 2 * side - ui.px(12), ui.px(widest_page));
    left_ = std::round(std::max(side, (setup.width - width_) / 2));
    y_ = ui.px(24);
}

double Setter::prose() const { return std::min(room_, ui_.px(widest_prose)); }

Laid Setter::all() {
    const bool one_subject = document_.mastheads.size() < 2;
    const bool beside = beside_ =
        document_.kind == Document::Kind::response && width_ >= ui_.px(narrowest_with_card - 120);
    const double column = beside ? std::min(ui_.px(widest_prose), width_ - ui_.px(card_width + card_gap)) : width_;
    if (beside) {  // text and card as one block in the middle, never a hole between them
        const double whole = column + ui_.px(card_gap + card_width);
        left_ = std::round(std::max(left_, (setup_.width - whole) / 2));
        width_ = whole;
    }
    x_ = left_;
    room_ = width_;
    if (one_subject) masthead();
    else mastheads();
    room_ = column;
    const double below_head = y_;
    summary();
    const double first = y_;
    if (beside) {
        y_ = below_head + ui_.px(16);
        x_ = left_ + width_ - ui_.px(card_width);
        room_ = ui_.px(card_width);
        for (const Section& section : document_.sections) {
            if (!section.at_a_glance) continue;
            card(section);
            y_ += ui_.px(12);
        }
        const double card_end = y_;
        x_ = left_;
        room_ = column;
        y_ = first;
        for (const Section& section : document_.sections)
            if (!section.at_a_glance) this->section(section);
        y_ = std::max(y_, card_end);
    } else {
        for (const Section& section : document_.sections)
            if (section.at_a_glance) card(section);
        for (const Section& section : document_.sections)
            if (!section.at_a_glance) this->section(section);
    }
    if (!document_.footer.empty()) {
        y_ += ui_.px(32);
        words(document::plain(document_.footer), Type::caption, false, Role::secondary, x_, prose());
    }
    laid_.height = y_ + ui_.px(48);
    return std::move(laid_);
}

Text Setter::worded(const Text& text) const {
    Text whole = text;
    if (!text.language.empty() && text.language != document_.language) {
        std::string tag = text.language;
        std::transform(tag.begin(), tag.end(), tag.begin(), [](unsigned char c) { return char(std::toupper(c)); });
        whole.spans.push_back({"  " + tag, document::Span::Style::strong, {}});
    }
    if (text.outdated) whole.spans.push_back({"  " + ui_.words().window_outdated(), {}, {}});
    return whole;
}

double Setter::put(const Text& text, const typeset::Style& style, Role role, double x, double y, double width) {
    Piece piece;
    piece.text = worded(text);
    piece.lines = ui_.ink.set(piece.text, style, std::max(width, 8.0),
                              text.language.empty() ? document_.language : text.language);
    piece.where = {x, y, std::max(width, 8.0), piece.lines.height()};
    piece.role = role;
    const double height = std::ceil(piece.lines.height());
    laid_.pieces.push_back(std::move(piece));
    return height;
}

void Setter::words(const Text& text, Type type, bool bold, Role role, double x, double width) {
    if (!text.empty()) y_ += put(text, ui_.style(type, bold), role, x, y_, width);
}

void Setter::box(const Rect& where, Role role, float opacity, double radius, bool frame, std::size_t before) {
    Piece piece;
    piece.kind = Piece::Kind::box;
    piece.where = where;
    piece.role = role;
    piece.opacity = opacity;
    piece.radius = radius;
    piece.frame = frame;
    laid_.pieces.insert(laid_.pieces.begin() + std::ptrdiff_t(before), std::move(piece));
}

void Setter::rule(double x, double y, double width) {
    Piece piece;
    piece.kind = Piece::Kind::hairline;
    piece.where = {x, y, width, 1};
    laid_.pieces.push_back(std::move(piece));
}

void Setter::actions(double right, double y) {
    double x = right;
    for (auto action = setup_.actions.rbegin(); action != setup_.actions.rend(); ++action) {
        x -= width_of(ui_, *action);
        Piece piece;
        piece.kind = Piece::Kind::action;
        piece.where = {x, y, width_of(ui_, *action), ui_.px(button_height)};
        piece.action_button = *action;
        laid_.pieces.push_back(std::move(piece));
        x -= ui_.px(8);
    }
    // They were placed from the end; the Tab key goes from the start.
    std::reverse(laid_.pieces.end() - std::ptrdiff_t(setup_.actions.size()), laid_.pieces.end());
}

double Setter::actions_width() const {
    double width = 0;
    for (const Button& action : setup_.actions) width += width_of(ui_, action) + ui_.px(8);
    return width;
}

void Setter::masthead() {
    const double taken = actions_width();
    if (document_.mastheads.empty()) {
        if (document_.title.empty()) return;
        const auto style = title_style();
        const bool fits = ui_.ink.set(document_.title, style, 0, document_.language).width() + taken < room_;
        if (!fits && taken > 0) {
            actions(x_ + room_, y_);
            y_ += ui_.px(button_height + 12);
        } else actions(x_ + room_, y_ + ui_.px(4));
        y_ += put(document::plain(document_.title), style, Role::text, x_, y_, room_ - (fits ? taken : 0)) + ui_.px(8);
        return;
    }
    const Masthead& head = document_.mastheads.front();
    const double needed = mark_width(head.code) + ui_.px(12) +
                          ui_.ink.set(head.phrase, phrase_style(), 0, "en").width() + ui_.px(24) + taken;
    const bool fits = needed <= room_;
    if (!fits && taken > 0) {
        actions(x_ + std::min(room_, taken - ui_.px(8)), y_);
        y_ += ui_.px(button_height + 12);
    } else {
        actions(x_ + room_, y_ + ui_.px(5));
    }
    const double room = fits ? room_ - taken : room_;
    y_ = code_head(head, x_, y_, room, fits_beside(head, room));
}

void Setter::mastheads() {
    if (!setup_.actions.empty()) {
        actions(x_ + room_, y_);
        y_ += ui_.px(button_height + 8);
    }
    const std::size_t count = document_.mastheads.size();
    const Grid columns = grid(x_, count);
    double lowest = y_;
    // Either all phrases stand beside their codes or all below: the heads are read as a row.
    const bool beside = std::all_of(document_.mastheads.begin(), document_.mastheads.end(),
                                    [&](const Masthead& head) { return fits_beside(head, columns.width); });
    for (std::size_t i = 0; i < count; ++i)
        lowest = std::max(lowest, code_head(document_.mastheads[i], columns.x[i], y_, columns.width, beside));
    y_ = lowest;
}

typeset::Style Setter::title_style() const {
    typeset::Style style = ui_.style(Type::code, true);
    style.size = std::round(ui_.px(28));
    return style;
}

typeset::Style Setter::phrase_style() const {
    typeset::Style style = ui_.style(Type::code, false);
    style.size = std::round(ui_.px(30));
    style.line_height = 1.25;
    return style;
}

double Setter::mark_width(int code) const {
    const double size = ui_.style(Type::code).size;
    return std::round(size * 0.72) + std::round(size * 0.38) + ui_.set(std::to_string(code), Type::code, true).width();
}

bool Setter::fits_beside(const Masthead& head, double width) const {
    return mark_width(head.code) + ui_.px(12) + ui_.ink.set(head.phrase, phrase_style(), 0, "en").width() <= width;
}

double Setter::code_head(const Masthead& head, double x, double y, double width, bool fits) {
    const double height = ui_.px(42);
    Piece mark;
    mark.kind = Piece::Kind::mark;
    mark.code = head.code;
    mark.type = Type::code;
    mark.id = head.id;
    const double taken = mark_width(head.code);
    mark.where = {x, y, taken, height};
    laid_.pieces.push_back(std::move(mark));
    const Text phrase = document::plain(head.phrase);
    const double indent = taken + ui_.px(12);
    const double beside = width - indent;
    if (fits) {
        const double tall = ui_.ink.set(head.phrase, phrase_style(), 0, "en").height();
        put(phrase, phrase_style(), Role::text, x + indent, y + std::round((height - tall) / 2), beside);
        y += height;
    } else {
        y += height;
        y += put(phrase, ui_.style(Type::section), Role::text, x, y, width);
    }
    y += ui_.px(2);
    if (!head.gloss.empty()) y += put(worded(head.gloss), ui_.style(Type::lead), Role::secondary, x, y, width);
    if (!head.remark.empty())
        y += ui_.px(2) +
             put(document::plain(head.remark), ui_.style(Type::caption), Role::secondary, x, y + ui_.px(2), width);
    return y;
}

void Setter::summary() {
    if (!document_.mastheads.empty() || !document_.title.empty()) y_ += ui_.px(16);
    if (!document_.summary.empty()) {
        words(document_.summary, Type::lead, false, Role::text, x_, prose());
        y_ += ui_.px(4);
    }
}

void Setter::card(const Section& section) {
    const std::size_t before = laid_.pieces.size();
    const double pad = ui_.px(16), top = y_ + (beside_ ? 0 : ui_.px(12));
    const double outer_x = x_, outer_room = room_;
    y_ = top + ui_.px(12);
    x_ += pad;
    room_ -= 2 * pad;
    copy_button(words_of(section), "copy:" + section.id, x_ + room_ + ui_.px(4), y_ - ui_.px(4));
    words(document::plain(section.title), Type::caption, true, Role::secondary, x_, room_ - ui_.px(32));
    y_ += ui_.px(4);
    for (const auto& block : section.blocks) this->block(block, section.id);
    x_ = outer_x;
    room_ = outer_room;
    y_ += ui_.px(2);
    box({x_, top, room_, y_ - top}, Role::surface, 1, ui_.px(8), true, before);
}

void Setter::section(const Section& section) {
    if (section.title.empty()) {  // a section without a title is only an interval
        y_ += ui_.px(8);
        for (const auto& block : section.blocks) this->block(block, section.id);
        return;
    }
    y_ += ui_.px(24);
    const bool open = section.folded == (setup_.turned.count(section.id) > 0);
    Piece fold;
    fold.kind = Piece::Kind::fold;
    fold.id = section.id;
    fold.payload = section.title;
    fold.open = open;
    fold.text = document::plain(section.title);
    fold.lines = ui_.ink.set(section.title, ui_.style(Type::section, true), room_, document_.language);
    // The arrow hangs in the margin, so that titles and texts share one edge.
    const double hang = std::min(ui_.px(24), x_);
    fold.where = {x_ - hang, y_, room_ + hang, std::max(ui_.px(30), fold.lines.height())};
    y_ += fold.where.height + ui_.px(open ? 6 : 0);
    laid_.pieces.push_back(std::move(fold));
    if (!open) return;
    for (const auto& block : section.blocks) this->block(block, section.id);
}

void Setter::copy_button(const std::string& payload, const std::string& id, double right, double y) {
    Piece piece;
    piece.kind = Piece::Kind::copy;
    piece.where = {right - ui_.px(26), y, ui_.px(26), ui_.px(26)};
    piece.payload = payload;
    piece.id = id;
    laid_.pieces.push_back(std::move(piece));
}

void Setter::block(const document::Block& block, const std::string& section) {
    std::visit([&](const auto& one) { this->one(one, section); }, block);
}

std::string words_of(const Section& section) {
    std::string words;
    for (const auto& block : section.blocks) std::visit(Plain{words}, block);
    return words;
}

Laid laid_out(Ui& ui, const Document& document, const PageSetup& setup) { return Setter(ui, document, setup).all(); }

}  // namespace sipdex::window
