#include "window/document_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "window/ladder_picture.h"

namespace sipdex::window {

namespace {

using document::Document;
using document::Masthead;
using document::Section;
using document::Text;

// Units at 100 %.
constexpr double widest_prose = 640, widest_page = 1120, card_width = 372, card_gap = 40, margin = 36;
constexpr double narrowest_with_card = 900;

bool same_name(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return std::tolower(a & 0xff) == std::tolower(b & 0xff); });
}

class Setter {
public:
    Setter(Ui& ui, const Document& document, const PageSetup& setup) : ui_(ui), document_(document), setup_(setup) {
        const bool narrow = setup.width < ui.px(560);
        const double side = ui.px(narrow ? 16 : margin);
        width_ = std::min(setup.width - 2 * side - ui.px(12), ui.px(widest_page));
        left_ = std::round(std::max(side, (setup.width - width_) / 2));
        y_ = ui.px(24);
    }

    Laid all() {
        const bool one_subject = document_.mastheads.size() < 2;
        const bool beside = beside_ = document_.kind == Document::Kind::response && width_ >= ui_.px(narrowest_with_card - 120);
        const double column = beside ? std::min(ui_.px(widest_prose), width_ - ui_.px(card_width + card_gap)) : width_;
        if (beside) {       // text and card as one block in the middle, never a hole between them
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
            for (const Section& section : document_.sections)
                if (section.at_a_glance) card(section);
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

private:
    double prose() const { return std::min(room_, ui_.px(widest_prose)); }

    // Says where a text is not in the reader's language, or older than its source.
    Text worded(const Text& text) const {
        Text whole = text;
        if (!text.language.empty() && text.language != document_.language) {
            std::string tag = text.language;
            std::transform(tag.begin(), tag.end(), tag.begin(), [](unsigned char c) { return char(std::toupper(c)); });
            whole.spans.push_back({"  " + tag, document::Span::Style::strong, {}});
        }
        if (text.outdated) whole.spans.push_back({"  " + ui_.say("window_outdated"), {}, {}});
        return whole;
    }

    // Puts a text at the pen; gives its height without moving the pen.
    double put(const Text& text, const typeset::Style& style, Role role, double x, double y, double width) {
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

    void words(const Text& text, Type type, bool bold, Role role, double x, double width) {
        if (!text.empty()) y_ += put(text, ui_.style(type, bold), role, x, y_, width);
    }

    void box(const Rect& where, Role role, float opacity, double radius, bool frame, std::size_t before) {
        Piece piece;
        piece.kind = Piece::Kind::box;
        piece.where = where;
        piece.role = role;
        piece.opacity = opacity;
        piece.radius = radius;
        piece.frame = frame;
        laid_.pieces.insert(laid_.pieces.begin() + std::ptrdiff_t(before), std::move(piece));
    }

    void rule(double x, double y, double width) {
        Piece piece;
        piece.kind = Piece::Kind::hairline;
        piece.where = {x, y, width, 1};
        laid_.pieces.push_back(std::move(piece));
    }

    void actions(double right, double y) {
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

    double actions_width() const {
        double width = 0;
        for (const Button& action : setup_.actions) width += width_of(ui_, action) + ui_.px(8);
        return width;
    }

    // Shape, number and phrase of one code, at the pen, in the page's largest type.
    void masthead() {
        const double taken = actions_width();
        if (document_.mastheads.empty()) {
            if (document_.title.empty()) return;
            const auto style = title_style();
            const bool fits = ui_.ink.set(document_.title, style, 0, document_.language).width() + taken < room_;
            if (!fits && taken > 0) { actions(x_ + room_, y_); y_ += ui_.px(button_height + 12); }
            else actions(x_ + room_, y_ + ui_.px(4));
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

    void mastheads() {
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

    typeset::Style title_style() const {
        typeset::Style style = ui_.style(Type::code, true);
        style.size = std::round(ui_.px(28));
        return style;
    }
    typeset::Style phrase_style() const {
        typeset::Style style = ui_.style(Type::code, false);
        style.size = std::round(ui_.px(30));
        style.line_height = 1.25;
        return style;
    }
    double mark_width(int code) const {
        const double size = ui_.style(Type::code).size;
        return std::round(size * 0.72) + std::round(size * 0.38) +
               ui_.set(std::to_string(code), Type::code, true).width();
    }

    bool fits_beside(const Masthead& head, double width) const {
        return mark_width(head.code) + ui_.px(12) + ui_.ink.set(head.phrase, phrase_style(), 0, "en").width() <= width;
    }

    double code_head(const Masthead& head, double x, double y, double width, bool fits) {
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
        if (!head.gloss.empty())
            y += put(document::plain(head.gloss), ui_.style(Type::lead), Role::secondary, x, y, width);
        if (!head.remark.empty())
            y += ui_.px(2) + put(document::plain(head.remark), ui_.style(Type::caption), Role::secondary, x, y + ui_.px(2), width);
        return y;
    }

    void summary() {
        if (!document_.mastheads.empty() || !document_.title.empty()) y_ += ui_.px(16);
        if (!document_.summary.empty()) {
            words(document_.summary, Type::lead, false, Role::text, x_, prose());
            y_ += ui_.px(4);
        }
    }

    void card(const Section& section) {
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

    void section(const Section& section) {
        if (section.title.empty()) {            // a section without a title is only an interval
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

    void copy_button(const std::string& payload, const std::string& id, double right, double y) {
        Piece piece;
        piece.kind = Piece::Kind::copy;
        piece.where = {right - ui_.px(26), y, ui_.px(26), ui_.px(26)};
        piece.payload = payload;
        piece.id = id;
        laid_.pieces.push_back(std::move(piece));
    }

    void block(const document::Block& block, const std::string& section) {
        std::visit([&](const auto& one) { this->one(one, section); }, block);
    }

    void one(const document::Paragraph& paragraph, const std::string&) {
        using enum document::Paragraph::Role;
        words(paragraph.text, paragraph.role == lead ? Type::lead : Type::body, false,
              paragraph.role == secondary ? Role::secondary : Role::text, x_, prose());
        y_ += ui_.px(8);
    }

    void one(const document::List& list, const std::string&) {
        double label_width = 0;
        for (const auto& item : list.items)
            if (!item.label.empty())
                label_width = std::max(label_width, ui_.set(document::words_of(item.label), Type::body, true).width());
        label_width = std::min(label_width, ui_.px(150));
        const double gap = label_width > 0 ? ui_.px(16) : 0;
        const bool beside = label_width > 0 && prose() > ui_.px(420);
        const double number = ui_.px(list.ordered ? 28 : beside ? 0 : 18);
        int count = 0;
        for (const auto& item : list.items) {
            ++count;
            if (list.ordered)
                put(document::plain(fmt::format("{}", count)), ui_.style(Type::body, true), Role::secondary, x_, y_, number);
            else if (!beside)
                bullet(x_ + ui_.px(4), y_ + ui_.style(Type::body).size * 0.72);
            const double left = x_ + number;
            double taken = 0;
            if (beside) {
                if (!item.label.empty())
                    taken = put(item.label, ui_.style(Type::body, true), Role::secondary, left, y_, label_width);
                y_ += std::max(taken, put(item.text, ui_.style(Type::body), Role::text, left + label_width + gap, y_,
                                          prose() - number - label_width - gap));
            } else {
                words(item.label, Type::caption, true, Role::secondary, left, prose() - number);
                words(item.text, Type::body, false, Role::text, left, prose() - number);
            }
            y_ += ui_.px(8);
        }
    }

    void bullet(double x, double y) {
        Piece piece;
        piece.kind = Piece::Kind::box;
        const double side = ui_.px(5);
        piece.where = {x, std::round(y - side / 2), side, side};
        piece.radius = side / 2;
        piece.role = Role::secondary;
        laid_.pieces.push_back(std::move(piece));
    }

    void one(const document::FactTable& table, const std::string& section) {
        if (table.heads.size() < 2) facts_of_one(table);
        else facts_of_several(table, section);
        y_ += ui_.px(8);
    }

    void facts_of_one(const document::FactTable& table) {
        const bool stacked = room_ < ui_.px(440);
        const double width = std::min(room_, ui_.px(760));
        const double label = stacked ? width : std::min(ui_.px(190), std::round(width * 0.32));
        bool first = true;
        for (const auto& row : table.rows) {
            if (!first) rule(x_, y_, width);
            first = false;
            y_ += ui_.px(stacked ? 7 : 8);
            const Text none;
            const Text& value = row.cells.empty() ? none : row.cells.front();
            if (stacked) {
                words(row.label, Type::caption, false, Role::secondary, x_, width);
                words(value, Type::body, false, Role::text, x_, width);
            } else {
                const double one = put(row.label, ui_.style(Type::body), Role::secondary, x_, y_, label - ui_.px(12));
                y_ += std::max(one, put(value, ui_.style(Type::body), Role::text, x_ + label, y_, width - label));
            }
            y_ += ui_.px(stacked ? 7 : 8);
        }
    }

    struct Grid { std::vector<double> x; double width = 0; };

    Grid grid(double from, std::size_t count) const {
        const double gap = ui_.px(24);
        Grid grid;
        grid.width = std::floor((x_ + room_ - from - gap * double(count - 1)) / double(std::max<std::size_t>(1, count)));
        for (std::size_t i = 0; i < count; ++i) grid.x.push_back(std::round(from + double(i) * (grid.width + gap)));
        return grid;
    }

    void sticky(const std::vector<Text>& heads, const Grid& columns, std::size_t& index) {
        StickyHead head;
        head.top = y_;
        const double height = ui_.px(34);
        for (std::size_t i = 0; i < heads.size(); ++i) {
            const Rect where{columns.x[i], ui_.px(7), columns.width, height};
            head.cells.push_back({where, heads[i]});
            put(heads[i], ui_.style(Type::body, true), Role::text, where.x, y_ + where.y, where.width);
        }
        head.height = height;
        y_ += height;
        rule(x_, y_, room_);
        index = laid_.heads.size();
        laid_.heads.push_back(std::move(head));
    }

    void facts_of_several(const document::FactTable& table, const std::string& section) {
        const double label = std::min(ui_.px(210), std::round(room_ * 0.24));
        const Grid columns = grid(x_ + label, table.heads.size());
        std::size_t head = 0;
        sticky(table.heads, columns, head);
        std::size_t equal = 0, different = 0;
        for (const auto& row : table.rows) ++(row.differs ? different : equal);
        const bool fold = equal > 1 && different > 0;
        const std::string id = section + "/equal";
        const bool shown = !fold || setup_.opened.count(id) > 0;
        for (const auto& row : table.rows)
            if (row.differs || different == 0) fact_row(row, label, columns);
        if (fold) {
            Piece toggle;
            toggle.kind = Piece::Kind::fold;
            toggle.id = id;
            toggle.payload = ui_.say("window_equal_rows", {{"count", std::int64_t(equal)}});
            toggle.open = shown;
            toggle.type = Type::body;
            toggle.role = Role::accent;
            toggle.lines = ui_.ink.set(toggle.payload, ui_.style(Type::body), room_ - ui_.px(24), document_.language);
            toggle.where = {x_, y_ + ui_.px(4), room_, ui_.px(30)};
            y_ += ui_.px(38);
            laid_.pieces.push_back(std::move(toggle));
        }
        if (different > 0 && shown)
            for (const auto& row : table.rows)
                if (!row.differs) fact_row(row, label, columns);
        laid_.heads[head].bottom = y_;
    }

    void fact_row(const document::FactTable::Row& row, double label, const Grid& columns) {
        y_ += ui_.px(8);
        const double sign = ui_.px(20);
        if (row.differs)
            put(document::plain("≠"), ui_.style(Type::body, true), Role::text, x_, y_, sign);
        double tallest = put(row.label, ui_.style(Type::body), Role::secondary, x_ + sign, y_, label - sign - ui_.px(12));
        for (std::size_t i = 0; i < row.cells.size() && i < columns.x.size(); ++i)
            tallest = std::max(tallest, put(row.cells[i], ui_.style(Type::body), row.differs ? Role::text : Role::secondary,
                                            columns.x[i], y_, columns.width));
        y_ += tallest + ui_.px(8);
        rule(x_, y_, room_);
    }

    void one(const document::Columns& block, const std::string&) {
        const double number = block.ordered ? ui_.px(28) : 0;
        const Grid columns = grid(x_ + number, block.heads.size());
        std::size_t head = 0;
        sticky(block.heads, columns, head);
        int count = 0;
        for (const auto& row : block.rows) {
            ++count;
            y_ += ui_.px(10);
            double tallest = 0;
            if (block.ordered)
                put(document::plain(fmt::format("{}", count)), ui_.style(Type::body, true), Role::secondary, x_, y_, number);
            for (std::size_t i = 0; i < row.size() && i < columns.x.size(); ++i) {
                double cell = 0;
                if (!row[i].label.empty())
                    cell += put(row[i].label, ui_.style(Type::caption, true), Role::secondary, columns.x[i], y_,
                                columns.width);
                if (!row[i].text.empty())
                    cell += put(row[i].text, ui_.style(Type::body), Role::text, columns.x[i], y_ + cell,
                                std::min(columns.width, ui_.px(widest_prose)));
                tallest = std::max(tallest, cell);
            }
            y_ += tallest + ui_.px(10);
            if (count < int(block.rows.size())) rule(x_, y_, room_);
        }
        laid_.heads[head].bottom = y_;
        y_ += ui_.px(8);
    }

    void one(const document::Ladder& ladder, const std::string& section) {
        Piece piece;
        piece.kind = Piece::Kind::ladder;
        piece.ladder = ladder;
        piece.id = section;
        LadderPicture picture;
        picture.rows = rows_of(ui_, ladder);
        piece.where = {x_, y_, std::min(room_, ui_.px(820)), height_of(ui_, picture)};
        y_ += piece.where.height + ui_.px(8);
        laid_.pieces.push_back(std::move(piece));
    }

    void one(const document::Message& message, const std::string&) {
        const std::size_t before = laid_.pieces.size();
        const double width = std::min(room_, ui_.px(820)), pad = ui_.px(14), top = y_;
        y_ += ui_.px(10);
        copy_button(message.octets, "copy:" + message.title, x_ + width - ui_.px(8), y_ - ui_.px(3));
        if (!message.title.empty())
            words(document::plain(message.title), Type::caption, true, Role::secondary, x_ + pad, width - 2 * pad - ui_.px(28));
        y_ += ui_.px(6);
        wire_lines(message, x_ + pad, width - 2 * pad);
        y_ += ui_.px(12);
        box({x_, top, width, y_ - top}, Role::surface, 1, ui_.px(6), true, before);
        y_ += ui_.px(12);
    }

    // One line of a message after another; those of marked header fields stand on a tint with a bar.
    void wire_lines(const document::Message& message, double x, double width) {
        bool start = true, body = false, marked = false;
        for (std::size_t at = 0; at < message.octets.size();) {
            std::size_t end = message.octets.find('\n', at);
            if (end == std::string::npos) end = message.octets.size();
            std::string line = message.octets.substr(at, end - at);
            if (!line.empty() && line.back() == '\r') line.pop_back();
            at = end + 1;
            if (line.empty() && !start) body = true;
            const std::string name = line.substr(0, line.find(':'));
            if (line.empty() || (line[0] != ' ' && line[0] != '\t'))        // a folded line belongs to its field
                marked = !start && !body &&
                         std::any_of(message.marked.begin(), message.marked.end(),
                                     [&](const std::string& wanted) { return same_name(wanted, name); });
            typeset::Style style = ui_.style(Type::wire, start);
            const std::size_t before = laid_.pieces.size();
            const double top = y_;
            if (line.empty()) y_ += std::round(style.size * 0.7);
            else y_ += put(document::wire(line), style, body ? Role::secondary : Role::text, x, y_, width);
            if (marked) {
                box({x - ui_.px(8), top, width + ui_.px(16), y_ - top}, Role::accent, 0.12f, 0, false, before);
                box({x - ui_.px(8), top, ui_.px(3), y_ - top}, Role::accent, 1, 0, false, before + 1);
            }
            start = false;
        }
    }

    void one(const document::Callout& callout, const std::string&) {
        const std::size_t before = laid_.pieces.size();
        const double width = prose(), top = y_, side = ui_.px(16);
        using enum document::Callout::Kind;
        Piece icon;
        icon.kind = Piece::Kind::icon;
        icon.icon_drawn = callout.kind == warning ? Icon::warning : Icon::note;
        icon.where = {x_ + ui_.px(14), top + ui_.px(13), side, side};
        icon.role = Role::secondary;
        laid_.pieces.push_back(std::move(icon));
        y_ += ui_.px(10);
        words(callout.text, Type::body, false, callout.kind == missing ? Role::secondary : Role::text, x_ + ui_.px(42),
              width - ui_.px(56));
        y_ += ui_.px(10);
        box({x_, top, width, y_ - top}, Role::surface, 1, ui_.px(6), true, before);
        y_ += ui_.px(12);
    }

    Ui& ui_;
    const Document& document_;
    const PageSetup& setup_;
    Laid laid_;
    bool beside_ = false;               // the answer stands beside the page, not above it
    double left_ = 0, width_ = 0, x_ = 0, room_ = 0, y_ = 0;
};

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
    void operator()(const document::List& block) const { for (const auto& one : block.items) item(one); }
    void operator()(const document::FactTable& block) const {
        for (const auto& row : block.rows) {
            out += document::words_of(row.label);
            for (const auto& cell : row.cells) out += "\t" + document::words_of(cell);
            out += "\n";
        }
    }
    void operator()(const document::Columns& block) const {
        for (const auto& row : block.rows) for (const auto& cell : row) item(cell);
    }
    void operator()(const document::Ladder& block) const {
        for (const auto& rung : block.rungs) out += rung.label + "\n";
    }
    void operator()(const document::Message& block) const { out += block.octets; }
    void operator()(const document::Callout& block) const { append(out, block.text); }
};

}  // namespace

std::string words_of(const Section& section) {
    std::string words;
    for (const auto& block : section.blocks) std::visit(Plain{words}, block);
    return words;
}

Laid laid_out(Ui& ui, const Document& document, const PageSetup& setup) { return Setter(ui, document, setup).all(); }

}  // namespace sipdex::window
