#include "window/reading/document_layout.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

#include "window/reading/document_setter.h"

namespace sipdex::window {

namespace {

// Units at 100 %. Prose keeps to 60 to 75 letters a line, whatever the width of the window.
constexpr double widest_prose = 640, narrowest_column = 540, widest_page = 1120, margin = 36;
constexpr double column_gap = 40, aside_width = 232, widest_aside = 300;
constexpr double widest_response = 2 * (widest_prose + column_gap) + widest_aside;

void append(std::string& to, const Text& text) {
    const std::string words = document::words_of(text);
    if (!words.empty()) to += words + "\n";
}

Part heading(int level) {
    Part part{accessible::Role::heading};
    part.level = level;
    return part;
}

Part part_of(const Section& section) {
    Part part{accessible::Role::section};
    part.id = section.id;
    return part;
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
    void operator()(const document::Tree& block) const {
        for (const auto& node : block.nodes) {
            append(out, node.text);
            for (const auto& answer : node.answers) append(out, answer.text);
            for (const auto& row : node.rows) {
                append(out, row.label);
                for (const auto& cell : row.cells) append(out, cell);
            }
        }
    }
    void operator()(const document::Message& block) const { out += block.octets; }
    void operator()(const document::Callout& block) const { append(out, block.text); }
};

}  // namespace

Setter::Setter(Ui& ui, const Document& document, const PageSetup& setup)
    : ui_(ui), document_(document), setup_(setup), actions_(setup.actions) {
    const bool narrow = setup.width < ui.px(560);
    const double side = ui.px(narrow ? 16 : margin);
    const bool response = document.kind == Document::Kind::response;  // which knows what to do with more
    width_ = std::min(setup.width - 2 * side - ui.px(12), ui.px(response ? widest_response : widest_page));
    left_ = std::round(std::max(side, (setup.width - width_) / 2));
    y_ = ui.px(24);
    // Where the buttons of a page do not fit beside each other, their icons do.
    if (actions_width() > width_)
        for (Button& action : actions_) action.icon_only = action.icon.has_value();
}

double Setter::prose() const { return std::min(room_, ui_.px(widest_prose)); }

Laid Setter::all() {
    const bool one_subject = document_.mastheads.size() < 2;
    const bool response = document_.kind == Document::Kind::response && one_subject && !document_.mastheads.empty();
    const double gap = ui_.px(column_gap), least = ui_.px(aside_width);
    double column = width_, beside = 0;  // widths of the text, and of what stays beside it
    if (response && width_ >= ui_.px(narrowest_column) + gap + least) {
        const bool two = width_ >= 2 * ui_.px(narrowest_column) + 2 * gap + least;
        const double columns = two ? 2 : 1;
        column = std::min(ui_.px(widest_prose), std::floor((width_ - least - columns * gap) / columns));
        beside = std::min(ui_.px(widest_aside), width_ - columns * (column + gap));
        // Text and what stands beside it as one block in the middle, never a hole between them.
        const double whole = columns * (column + gap) + beside;
        left_ = std::round(std::max(left_, (setup_.width - whole) / 2));
        width_ = whole;
    }
    x_ = left_;
    room_ = width_;
    if (one_subject) masthead();
    else mastheads();
    summary();
    for (const Section& section : document_.sections)
        if (section.at_a_glance && document_.kind == Document::Kind::response) glance(section);
    const double top = y_;
    if (beside > 0) {
        aside(left_ + width_ - beside, top, beside);
        room_ = width_ - beside - gap;
    } else if (document_.kind != Document::Kind::comparison) {
        column = std::min(column, room_);
    }
    sections(column, gap);
    if (!document_.footer.empty()) {
        y_ += ui_.px(32);
        const In in(*this, {accessible::Role::paragraph});
        words(document::plain(document_.footer), Type::caption, false, Role::secondary, x_, prose());
    }
    laid_.height = y_ + ui_.px(48);
    return std::move(laid_);
}

// One below the other, or in two columns of about the same height where the window has room for them.
void Setter::sections(double column, double gap) {
    const bool two = room_ >= 2 * column + gap - 1 && document_.kind == Document::Kind::response;
    const bool glance_too = document_.kind != Document::Kind::response;  // there it is a section like any other
    const double whole = room_, top = y_;
    struct Begun {
        std::size_t piece, anchor;
        double y;
    };
    std::vector<Begun> begun;
    room_ = two ? column : std::min(room_, column);
    for (const Section& section : document_.sections) {
        if (section.at_a_glance && !glance_too) continue;
        begun.push_back({laid_.pieces.size(), laid_.anchors.size(), y_});
        this->section(section);
    }
    const double end = y_;
    room_ = whole;
    if (!two || begun.size() < 2) return;
    std::size_t split = 1;
    const auto height = [&](std::size_t at) { return std::max(begun[at].y - top, end - begun[at].y); };
    for (std::size_t at = 1; at < begun.size(); ++at)
        if (height(at) < height(split)) split = at;
    const double right = column + gap, up = begun[split].y - top;
    for (std::size_t i = begun[split].piece; i < laid_.pieces.size(); ++i) {
        laid_.pieces[i].where.x += right;
        laid_.pieces[i].where.y -= up;
    }
    for (std::size_t i = begun[split].anchor; i < laid_.anchors.size(); ++i) laid_.anchors[i].top -= up;
    y_ = top + height(split);
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
    piece.part = part_;
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
    for (auto action = actions_.rbegin(); action != actions_.rend(); ++action) {
        x -= width_of(ui_, *action);
        Piece piece;
        piece.kind = Piece::Kind::action;
        piece.where = {x, y, width_of(ui_, *action), ui_.px(button_height)};
        piece.action_button = *action;
        laid_.pieces.push_back(std::move(piece));
        x -= ui_.px(8);
    }
    // They were placed from the end; the Tab key goes from the start.
    std::reverse(laid_.pieces.end() - std::ptrdiff_t(actions_.size()), laid_.pieces.end());
}

double Setter::actions_width() const {
    double width = 0;
    for (const Button& action : actions_) width += width_of(ui_, action) + ui_.px(8);
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
        const In in(*this, heading(1));
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
    sticky_head({x_}, room_);
}

void Setter::mastheads() {
    if (!actions_.empty()) {
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
    sticky_head(columns.x, columns.width);
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
    Part named = heading(1);
    named.name = std::to_string(head.code) + " " + head.phrase;
    std::optional<In> in(std::in_place, *this, std::move(named));
    Piece mark;
    mark.part = part_;
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
    in.reset();
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
    const In whole(*this, part_of(section));
    const std::size_t before = laid_.pieces.size();
    const double pad = ui_.px(16), top = y_ + ui_.px(12);
    const double outer_x = x_, outer_room = room_;
    y_ = top + ui_.px(12);
    x_ += pad;
    room_ -= 2 * pad;
    copy_button(words_of(section), "copy:" + section.id, x_ + room_ + ui_.px(4), y_ - ui_.px(4));
    {
        const In in(*this, heading(2));
        words(document::plain(section.title), Type::caption, true, Role::secondary, x_, room_ - ui_.px(32));
    }
    y_ += ui_.px(4);
    for (const auto& block : section.blocks) this->block(block, section.id);
    x_ = outer_x;
    room_ = outer_room;
    y_ += ui_.px(2);
    box({x_, top, room_, y_ - top}, Role::surface, 1, ui_.px(8), true, before);
    y_ += ui_.px(4);
}

void Setter::section(const Section& section) {
    const In whole(*this, part_of(section));
    if (section.title.empty()) {  // a section without a title is only an interval
        y_ += ui_.px(8);
        for (const auto& block : section.blocks) this->block(block, section.id);
        return;
    }
    y_ += ui_.px(24);
    const bool open = section.folded == (setup_.turned.count(section.id) > 0);
    Piece fold;
    fold.kind = Piece::Kind::fold;
    {
        const In in(*this, heading(2));
        fold.part = part_;
    }
    fold.id = section.id;
    fold.payload = section.title;
    fold.open = open;
    fold.text = document::plain(section.title);
    fold.lines = ui_.ink.set(section.title, ui_.style(Type::section, true), room_, document_.language);
    // The arrow hangs in the margin, so that titles and texts share one edge.
    const double hang = std::min(ui_.px(24), x_);
    fold.where = {x_ - hang, y_, room_ + hang, std::max(ui_.px(30), fold.lines.height())};
    laid_.anchors.push_back({section.id, section.title, y_, open});
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
    piece.part = part_;
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
