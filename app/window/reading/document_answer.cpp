// What a page answers before it is read: the band with its verdict, the line that stays at the top, and what stands beside
// the text.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "window/reading/document_setter.h"

namespace sipdex::window {

namespace {

constexpr double narrowest_band = 700, narrowest_half_band = 420;  // units: four cells in a line, two

struct Share {
    std::string_view row;  // id of the row
    double of_width;
};
constexpr Share shares[] = {{"try-again", 0.2}, {"whose-turn", 0.15}, {"first-check", 0.29}, {"tell", 0.36}};

}  // namespace

void Setter::glance(const Section& section) {
    Part named{accessible::Role::section};
    named.id = section.id;
    named.name = section.title;  // which the band does not draw
    const In in(*this, std::move(named));
    const auto* table =
        section.blocks.size() == 1 ? std::get_if<document::FactTable>(&section.blocks.front()) : nullptr;
    if (table && !table->rows.empty() && !table->rows.front().id.empty()) band(*table);
    else card(section);
}

// Whether to try again, in large type with its sign; then what else an agent says and does first, side by side. What is
// left of the rows stands below, on a line of its own.
void Setter::band(const document::FactTable& table) {
    Part whole{accessible::Role::table};
    whole.rows = static_cast<int>(table.rows.size());
    whole.columns = 2;
    const In in(*this, std::move(whole));
    int number = 0;
    const auto cell_of = [](accessible::Role role, int at, int column) {
        return Part{role, 0, {}, {}, 0, 0, 0, at, column};
    };
    const double pad = ui_.px(16), gap = ui_.px(24), top = y_ + ui_.px(12);
    const std::size_t before = laid_.pieces.size();
    const double outer_x = x_, outer_room = room_;
    x_ += pad;
    room_ -= 2 * pad;
    struct Cell {
        const document::FactTable::Row* row;
        double share;
    };
    std::vector<Cell> cells;
    std::vector<const document::FactTable::Row*> below;
    for (const auto& row : table.rows) {
        const auto share = std::ranges::find(shares, row.id, &Share::row);
        if (share == std::end(shares)) below.push_back(&row);
        else cells.push_back({&row, share->of_width});
    }
    const std::size_t in_line = room_ >= ui_.px(narrowest_band) ? 4 : room_ >= ui_.px(narrowest_half_band) ? 2 : 1;
    y_ = top + ui_.px(14);
    for (std::size_t first = 0; first < cells.size(); first += in_line) {
        const std::size_t end = std::min(cells.size(), first + in_line);
        double all = 0;
        for (std::size_t i = first; i < end; ++i) all += cells[i].share;
        if (first > 0) {
            rule(x_, y_, room_);
            y_ += ui_.px(12);
        }
        const double room = room_ - gap * double(end - first - 1);
        double x = x_, tallest = 0;
        for (std::size_t i = first; i < end; ++i) {
            const double width = std::floor(room * cells[i].share / all);
            const document::FactTable::Row& row = *cells[i].row;
            const In in_row(*this, {accessible::Role::table_row});
            double height = ui_.px(3);
            {
                const In head(*this, cell_of(accessible::Role::table_row_header, number, 0));
                height += put(row.label, ui_.style(Type::caption, true), Role::secondary, x, y_,
                              width - ui_.px(row.id == "tell" ? 28 : 0));
            }
            const In value(*this, cell_of(accessible::Role::table_cell, number++, 1));
            if (row.id == "tell")
                copy_button(document::words_of(row.cells.front()), "copy:tell", x + width, y_ - ui_.px(5));
            height += row.verdicts.empty()
                          ? put(row.cells.front(), ui_.style(Type::body), Role::text, x, y_ + height, width)
                          : verdict(row, x, y_ + height, width);
            tallest = std::max(tallest, height);
            x += width + gap;
        }
        y_ += tallest + ui_.px(14);
    }
    for (const auto* row : below) {
        rule(x_, y_, room_);
        y_ += ui_.px(9);
        const double label = std::min(ui_.px(150), room_ * 0.3);
        const In in_row(*this, {accessible::Role::table_row});
        double one = 0;
        {
            const In head(*this, cell_of(accessible::Role::table_row_header, number, 0));
            one = put(row->label, ui_.style(Type::caption, true), Role::secondary, x_, y_ + ui_.px(2), label);
        }
        const In value(*this, cell_of(accessible::Role::table_cell, number++, 1));
        y_ += std::max(one, put(row->cells.front(), ui_.style(Type::body), Role::text, x_ + label, y_, room_ - label)) +
              ui_.px(10);
    }
    x_ = outer_x;
    room_ = outer_room;
    box({x_, top, room_, y_ - top}, Role::surface, 1, ui_.px(8), true, before);
}

// "✕ No": as large as its words allow. Gives the height.
double Setter::verdict(const document::FactTable::Row& row, double x, double y, double width) {
    using enum document::FactTable::Verdict;
    const auto says = row.verdicts.front();
    const double side = ui_.px(20), indent = says == none ? 0 : side + ui_.px(8);
    const std::string words = document::words_of(row.cells.front());
    const typeset::Style large = ui_.style(Type::section, true);
    const bool short_one = ui_.ink.set(words, large, 0, document_.language).width() <= width - indent;
    const double height = put(row.cells.front(), short_one ? large : ui_.style(Type::body, says != none), Role::text,
                              x + indent, y, width - indent);
    if (says == none) return height;
    Piece sign;
    sign.kind = Piece::Kind::icon;
    sign.icon_drawn = says == yes ? Icon::check : says == no ? Icon::close : Icon::half;
    sign.role = Role::text;
    const double line = short_one ? height : ui_.set("x", Type::body).height();
    sign.where = {x, std::round(y + (line - side) / 2), side, side};
    laid_.pieces.push_back(std::move(sign));
    return height;
}

void Setter::sticky_head(const std::vector<double>& x, double width) {
    StickyHead head;
    head.from = y_;
    for (std::size_t i = 0; i < document_.mastheads.size() && i < x.size(); ++i) {
        const Masthead& about = document_.mastheads[i];
        StickyHead::Cell cell{about.code, x[i], width, {}};
        const double mark = ui_.px(24) + ui_.set(std::to_string(about.code), Type::body, true).width();
        cell.phrase = ui_.ink.set(about.phrase, ui_.style(Type::body, true), std::max(width - mark, ui_.px(40)), "en");
        head.height = std::max(head.height, cell.phrase.height() + ui_.px(16));
        head.cells.push_back(std::move(cell));
    }
    laid_.head = std::move(head);
}

// Contents of the page, and the codes that this one is often taken for.
void Setter::aside(double x, double top, double width) {
    const double outer_x = x_, outer_y = y_, outer_room = room_;
    const std::size_t before = laid_.pieces.size();
    x_ = 0;
    y_ = ui_.px(24);
    room_ = width;
    for (const Section& section : document_.sections) {
        if (section.id != "related" || section.blocks.empty()) continue;
        const auto* list = std::get_if<document::List>(&section.blocks.front());
        if (!list) continue;
        words(document::plain(section.title), Type::caption, true, Role::secondary, x_, room_);
        y_ += ui_.px(4);
        std::size_t shown = 0;
        for (const auto& item : list->items) {
            const auto* comparison = item.text.spans.empty()
                                         ? nullptr
                                         : std::get_if<document::ToComparison>(&item.text.spans.front().target);
            if (!comparison || comparison->ids.empty() || ++shown > 6) continue;
            const int code = std::atoi(comparison->ids.back().c_str());
            const double side = ui_.px(12), indent = side + ui_.px(8);
            Piece sign;
            sign.kind = Piece::Kind::icon;
            sign.icon_drawn = icon_of_class(code);
            sign.role = role_of_class(code);
            y_ += ui_.px(3);
            sign.where = {x_, std::round(y_ + (ui_.set("6", Type::body).height() - side) / 2), side, side};
            laid_.pieces.push_back(std::move(sign));
            words({{item.text.spans.front()}, {}, false}, Type::body, false, Role::text, x_ + indent, room_ - indent);
        }
        y_ += ui_.px(20);
    }
    words(document::plain(ui_.words().window_on_this_page()), Type::caption, true, Role::secondary, x_, room_);
    y_ += ui_.px(4);
    for (const Section& section : document_.sections) {
        if (section.at_a_glance || section.title.empty()) continue;
        Piece jump;
        jump.kind = Piece::Kind::jump;
        jump.id = section.id;
        jump.payload = section.title;
        jump.where = {x_, y_, room_, ui_.px(26)};
        y_ += jump.where.height;
        laid_.pieces.push_back(std::move(jump));
    }
    laid_.aside.assign(std::make_move_iterator(laid_.pieces.begin() + std::ptrdiff_t(before)),
                       std::make_move_iterator(laid_.pieces.end()));
    laid_.pieces.resize(before);
    laid_.aside_x = x;
    laid_.aside_top = top;
    x_ = outer_x;
    y_ = outer_y;
    room_ = outer_room;
}

}  // namespace sipdex::window
