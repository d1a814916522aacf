#include "window/reading/document_setter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "language/characters.h"
#include "window/ladder/ladder_picture.h"

namespace sipdex::window {

namespace {

bool same_name(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return std::tolower(a & 0xff) == std::tolower(b & 0xff); });
}

// What stands on the wire runs from left to right in every language: its spans keep their order (U+2066, U+2069).
Text from_left(Text line) {
    line.spans.insert(line.spans.begin(), {"\u2066", document::Span::Style::plain, {}});
    line.spans.push_back({"\u2069", document::Span::Style::plain, {}});
    return line;
}

}  // namespace

void Setter::one(const document::Paragraph& paragraph, const std::string&) {
    using enum document::Paragraph::Role;
    const In in(*this, {accessible::Role::paragraph});
    words(paragraph.text, paragraph.role == lead ? Type::lead : Type::body, false,
          paragraph.role == secondary ? Role::secondary : Role::text, x_, prose());
    y_ += ui_.px(8);
}

void Setter::choices(const document::List& list) {
    const double width = std::min(prose(), ui_.px(560)), number = ui_.px(28), pad = ui_.px(14);
    int count = 0;
    const In in(*this, {accessible::Role::list});
    for (const auto& item : list.items) {
        const In one(*this, {accessible::Role::list_item});
        Piece choice;
        choice.kind = Piece::Kind::choice;
        choice.part = part_;
        choice.text = item.text;
        choice.lines = ui_.ink.set(document::words_of(worded(item.text)), ui_.style(Type::body),
                                   width - number - 2 * pad, document_.language);
        choice.payload = fmt::format("{}", ++count);
        choice.where = {x_, y_, width, std::max(ui_.px(40), choice.lines.height() + ui_.px(18))};
        choice.radius = ui_.px(6);
        y_ += choice.where.height + ui_.px(8);
        laid_.pieces.push_back(std::move(choice));
    }
    y_ += ui_.px(4);
}

void Setter::one(const document::List& list, const std::string&) {
    if (list.choices) return choices(list);
    // A label (who acts, where the fault lies) stands above its text, which so keeps the width of a line.
    const double number = ui_.px(list.ordered ? 28 : 18), width = prose() - number;
    int count = 0;
    const In in(*this, {accessible::Role::list});
    for (const auto& item : list.items) {
        const In one(*this, {accessible::Role::list_item});
        ++count;
        const double left = x_ + number;
        const bool labelled = !item.label.empty();
        if (list.ordered)
            put(document::plain(fmt::format("{}", count)), ui_.style(Type::body, true), Role::secondary, x_, y_,
                number);
        else bullet(x_ + ui_.px(4), y_ + ui_.style(labelled ? Type::caption : Type::body).size * 0.72);
        if (labelled) y_ += ui_.px(list.ordered ? 2 : 0);
        words(item.label, Type::caption, true, Role::secondary, left, width);
        if (labelled) y_ += ui_.px(1);
        words(item.text, Type::body, false, Role::text, left, width);
        y_ += ui_.px(labelled ? 12 : 8);
    }
}

void Setter::bullet(double x, double y) {
    Piece piece;
    piece.kind = Piece::Kind::box;
    const double side = ui_.px(5);
    piece.where = {x, std::round(y - side / 2), side, side};
    piece.radius = side / 2;
    piece.role = Role::secondary;
    laid_.pieces.push_back(std::move(piece));
}

void Setter::one(const document::FactTable& table, const std::string& section) {
    if (table.heads.size() < 2) facts_of_one(table);
    else facts_of_several(table, section);
    y_ += ui_.px(8);
}

void Setter::head_row(const std::vector<Text>& heads, bool corner) {
    const In in(*this, {accessible::Role::table_row});
    int column = corner ? 1 : 0;
    for (const Text& head : heads) {
        Part cell{accessible::Role::table_column_header};
        cell.name = document::words_of(head);
        cell.row = 0;
        cell.column = column++;
        const In one(*this, std::move(cell));
    }
}

void Setter::facts_of_one(const document::FactTable& table) {
    Part whole{accessible::Role::table};
    whole.rows = static_cast<int>(table.rows.size());
    whole.columns = 2;
    const In in(*this, std::move(whole));
    int number = 0;
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
        const In in_row(*this, {accessible::Role::table_row});
        const auto in_cell = [&, number](accessible::Role role, int column) {
            return Part{role, 0, {}, {}, 0, 0, 0, number, column};
        };
        ++number;
        double one = 0;
        {
            const In head(*this, in_cell(accessible::Role::table_row_header, 0));
            if (stacked) words(row.label, Type::caption, false, Role::secondary, x_, width);
            else one = put(row.label, ui_.style(Type::body), Role::secondary, x_, y_, label - ui_.px(12));
        }
        {
            const In cell(*this, in_cell(accessible::Role::table_cell, 1));
            if (stacked) words(value, Type::body, false, Role::text, x_, width);
            else y_ += std::max(one, put(value, ui_.style(Type::body), Role::text, x_ + label, y_, width - label));
        }
        y_ += ui_.px(stacked ? 7 : 8);
    }
}

Setter::Grid Setter::grid(double from, std::size_t count) const {
    const double gap = ui_.px(24);
    Grid grid;
    grid.width = std::floor((x_ + room_ - from - gap * double(count - 1)) / double(std::max<std::size_t>(1, count)));
    for (std::size_t i = 0; i < count; ++i) grid.x.push_back(std::round(from + double(i) * (grid.width + gap)));
    return grid;
}

void Setter::facts_of_several(const document::FactTable& table, const std::string& section) {
    const Grid columns = grid(x_, table.heads.size());
    std::size_t equal = 0, different = 0;
    for (const auto& row : table.rows) ++(row.differs ? different : equal);
    const bool fold = equal > 1 && different > 0;
    const std::string id = section + "/equal";
    const bool shown = !fold || setup_.opened.count(id) > 0;
    Part whole{accessible::Role::table};
    whole.rows = static_cast<int>(shown ? table.rows.size() : different) + 1;
    whole.columns = static_cast<int>(table.heads.size()) + 1;
    const In in(*this, std::move(whole));
    head_row(table.heads, true);
    int number = 0;
    for (const auto& row : table.rows)
        if (row.differs || different == 0) fact_row(row, columns, Role::text, ++number);
    if (fold) {
        Piece toggle;
        toggle.kind = Piece::Kind::fold;
        {
            const In one(*this, {accessible::Role::toggle_button});
            toggle.part = part_;
        }
        toggle.id = id;
        toggle.payload = ui_.words().window_equal_rows(long(equal));
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
            if (!row.differs) fact_row(row, columns, Role::secondary, ++number);
}

// One grid serves the whole page: the label stands above its cells, so that every cell keeps its code's column.
void Setter::fact_row(const document::FactTable::Row& row, const Grid& columns, Role role, int number) {
    const In in(*this, {accessible::Role::table_row});
    y_ += ui_.px(10);
    const double sign = row.differs ? ui_.px(18) : 0;
    {
        const In head(*this, {accessible::Role::table_row_header, 0, {}, {}, 0, 0, 0, number, 0});
        if (row.differs) put(document::plain("≠"), ui_.style(Type::caption, true), Role::text, x_, y_, sign);
        y_ += put(row.label, ui_.style(Type::caption, true), Role::secondary, x_ + sign, y_, room_ - sign) + ui_.px(3);
    }
    double tallest = 0;
    for (std::size_t i = 0; i < row.cells.size() && i < columns.x.size(); ++i) {
        const In cell(*this, {accessible::Role::table_cell, 0, {}, {}, 0, 0, 0, number, static_cast<int>(i) + 1});
        tallest =
            std::max(tallest, i < row.verdicts.size() ? verdict({{}, {row.cells[i]}, false, {row.verdicts[i]}},
                                                                columns.x[i], y_, std::min(columns.width, prose()))
                                                      : put(row.cells[i], ui_.style(Type::body), role, columns.x[i], y_,
                                                            std::min(columns.width, prose())));
    }
    y_ += tallest + ui_.px(10);
    rule(x_, y_, room_);
}

void Setter::one(const document::Columns& block, const std::string&) {
    const Grid columns = grid(x_, block.heads.size());
    const double number = block.ordered ? ui_.px(24) : 0;  // it stands in each cell, before its step
    Part table{accessible::Role::table};
    table.rows = static_cast<int>(block.rows.size()) + 1;
    table.columns = static_cast<int>(block.heads.size());
    const In in(*this, std::move(table));
    head_row(block.heads, false);
    int count = 0;
    for (const auto& row : block.rows) {
        const In in_row(*this, {accessible::Role::table_row});
        ++count;
        y_ += ui_.px(10);
        double tallest = 0;
        for (std::size_t i = 0; i < row.size() && i < columns.x.size(); ++i) {
            const In in_cell(*this, {accessible::Role::table_cell, 0, {}, {}, 0, 0, 0, count, static_cast<int>(i)});
            double cell = 0;
            const double x = columns.x[i] + number, width = std::min(columns.width - number, prose());
            if (block.ordered && !row[i].empty())
                put(document::plain(fmt::format("{}", count)), ui_.style(Type::body, true), Role::secondary,
                    columns.x[i], y_, number);
            if (!row[i].label.empty())
                cell += put(row[i].label, ui_.style(Type::caption, true), Role::secondary, x, y_, width) + ui_.px(2);
            if (!row[i].text.empty()) cell += put(row[i].text, ui_.style(Type::body), Role::text, x, y_ + cell, width);
            tallest = std::max(tallest, cell);
        }
        y_ += tallest + ui_.px(10);
        if (count < int(block.rows.size())) rule(x_, y_, room_);
    }
    y_ += ui_.px(8);
}

void Setter::one(const document::Ladder& ladder, const std::string& section) {
    Piece piece;
    piece.kind = Piece::Kind::ladder;
    piece.ladder = ladder;
    {
        const In in(*this, {accessible::Role::list});
        piece.part = part_;
    }
    piece.id = section;
    const double width = std::min(room_, ui_.px(820));
    piece.where = {x_, y_, width, page_ladder_height(ui_, ladder, width)};
    y_ += piece.where.height + ui_.px(8);
    laid_.pieces.push_back(std::move(piece));
}

void Setter::one(const document::Message& message, const std::string&) {
    const In in(*this, {accessible::Role::paragraph});
    const std::size_t before = laid_.pieces.size();
    const double width = std::min(room_, ui_.px(820)), pad = ui_.px(14), top = y_;
    y_ += ui_.px(10);
    copy_button(message.octets, "copy:" + message.title, x_ + width - ui_.px(8), y_ - ui_.px(3));
    if (!message.title.empty())
        words(document::plain(message.title), Type::caption, true, Role::secondary, x_ + pad,
              width - 2 * pad - ui_.px(28));
    y_ += ui_.px(6);
    wire_lines(message, x_ + pad, width - 2 * pad);
    y_ += ui_.px(12);
    box({x_, top, width, y_ - top}, Role::surface, 1, ui_.px(6), true, before);
    y_ += ui_.px(12);
}

// A header field may be as long as its sender likes. What is drawn of a line stays within what a frame has time for;
// a copy has all of it.
constexpr std::size_t longest_line = 1200;

// One line of a message after another; those of marked header fields stand on a tint with a bar.
void Setter::wire_lines(const document::Message& message, double x, double width) {
    bool start = true, body = false, marked = false;
    for (std::size_t at = 0; at < message.octets.size();) {
        std::size_t end = message.octets.find('\n', at);
        if (end == std::string::npos) end = message.octets.size();
        std::string line = message.octets.substr(at, end - at);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        at = end + 1;
        if (line.empty() && !start) body = true;
        const std::string name = line.substr(0, line.find(':'));
        if (line.empty() || (line[0] != ' ' && line[0] != '\t'))  // a folded line belongs to its field
            marked = !start && !body &&
                     std::any_of(message.marked.begin(), message.marked.end(),
                                 [&](const std::string& wanted) { return same_name(wanted, name); });
        typeset::Style style = ui_.style(Type::wire, start);
        const std::size_t before = laid_.pieces.size();
        const double top = y_;
        line = language::shown(line, longest_line);
        if (line.empty()) y_ += std::round(style.size * 0.7);
        else if (setup_.wire_words && !body)
            y_ += put(from_left(setup_.wire_words(line, start)), style, Role::text, x, y_, width);
        else y_ += put(document::wire(line), style, body ? Role::secondary : Role::text, x, y_, width);
        if (marked) {
            box({x - ui_.px(8), top, width + ui_.px(16), y_ - top}, Role::accent, 0.12f, 0, false, before);
            box({x - ui_.px(8), top, ui_.px(3), y_ - top}, Role::accent, 1, 0, false, before + 1);
        }
        start = false;
    }
}

void Setter::one(const document::Tree& tree, const std::string&) {
    if (!tree.nodes.empty()) node(tree, 0, x_, std::min(room_, ui_.px(820)));
    y_ += ui_.px(8);
}

// A question with its answers below it, each further in, and what follows from each below that.
void Setter::node(const document::Tree& tree, std::size_t at, double x, double room) {
    const document::Tree::Node& node = tree.nodes[at];
    const double number = ui_.px(24), left = x + number, width = room - number;
    const bool question = !node.answers.empty();
    {
        const In in(*this, {accessible::Role::paragraph});
        put(document::plain(node.mark), ui_.style(Type::body, true), Role::secondary, x, y_, number);
        words(node.text, Type::body, question, Role::text, left, width);
        y_ += ui_.px(4);
    }
    for (const auto& row : node.rows) {
        const In in(*this, {accessible::Role::paragraph});
        Text line = row.label;
        for (auto& span : line.spans) span.style = document::Span::Style::strong;
        if (!row.verdicts.empty())
            line.spans.insert(line.spans.begin(), {std::string(document::sign_of(row.verdicts.front())) + "\u2002"});
        if (!row.cells.empty() && !row.cells.front().empty()) {
            line.spans.push_back({"\u2002"});
            line.spans.insert(line.spans.end(), row.cells.front().spans.begin(), row.cells.front().spans.end());
        }
        words(line, Type::body, false, Role::text, left, width);
        y_ += ui_.px(3);
    }
    if (!question) return;
    const In in(*this, {accessible::Role::list});
    for (const auto& answer : node.answers) {
        const In one(*this, {accessible::Role::list_item});
        y_ += ui_.px(5);
        bullet(left + ui_.px(4), y_ + ui_.style(Type::body).size * 0.72);
        Text text = answer.text;
        if (answer.again) text.spans.push_back({" → " + tree.nodes[answer.to].mark});
        words(text, Type::body, false, Role::text, left + ui_.px(18), width - ui_.px(18));
        y_ += ui_.px(4);
        if (!answer.again) this->node(tree, answer.to, left + ui_.px(18), width - ui_.px(18));
    }
}

void Setter::one(const document::Callout& callout, const std::string&) {
    const In in(*this, {accessible::Role::comment});
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

}  // namespace sipdex::window
