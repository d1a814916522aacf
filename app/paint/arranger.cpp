#include "paint/arranger.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "language/characters.h"
#include "paint/setting.h"
#include "paint/sheet_ladder.h"
#include "paint/sheet_tree.h"

namespace sipdex::paint {

namespace {

using namespace document;
using typeset::Face;

constexpr Look number{1, true, Face::prose, true};  // of an item, hanging in front of it

class Arranger {
public:
    explicit Arranger(const Setting& setting) : setting_(setting), type_(setting.type) {}
    Arranged done();

private:
    void add(Strip strip) { result_.strips.push_back(std::move(strip)); }
    void title(const std::string& words, bool beside, const char* tag, double before);

    void section(const Section& section);
    void block(const Paragraph& paragraph);
    void block(const List& list);
    void block(const FactTable& table);
    void block(const Columns& columns);
    void block(const Ladder& ladder);
    void block(const Message& message);
    void block(const Callout& callout);
    void block(const Tree& tree) { arrange_tree(setting_, tree, result_); }

    void begin_table(const std::vector<Text>& heads, const std::vector<Column>& columns);
    void end_row(std::vector<Part> parts, bool has_head, double before);
    void flow(const Columns& columns, const std::vector<Column>& at);
    std::vector<Column> by_content(const FactTable& table, std::size_t cells) const;
    void agreed(const std::vector<const FactTable::Row*>& rows, Column label);
    double indent() const { return type_.margin > 0 ? 0 : type_.density.body * 1.7; }  // for numbers, without a gap
    static Column indented(Column column, double by) { return {column.x + by, column.width - by}; }
    double quarters(double count) const { return setting_.quarters(count); }

    const Setting& setting_;
    const Typography& type_;
    Arranged result_;
    int groups_ = 0;
    bool glance_ = false;  // the section at hand answers at a glance
};

// In the margin column, from where it hangs down beside what follows; above it where there is no such column.
void Arranger::title(const std::string& words, bool beside, const char* tag, double before) {
    const bool hangs = beside && type_.margin > 0;
    Strip heading = setting_.strip(
        {setting_.part(plain(words), hangs ? setting_.margin() : Column{0, type_.width}, look::title)}, before, tag);
    heading.keeps_next = heading.in_margin = true;
    if (hangs) heading.hangs = std::exchange(heading.height, 0) + quarters(1);
    add(std::move(heading));
}

void Arranger::section(const Section& section) {
    glance_ = section.at_a_glance;
    // The answers at a glance of one response need no title: they name themselves.
    const auto* table = section.blocks.empty() ? nullptr : std::get_if<FactTable>(&section.blocks.front());
    if (glance_ && table && section.blocks.size() == 1 && arrange_glance(setting_, *table, result_)) {
        result_.strips.back().outline = section.title;
        return;
    }
    // A tree needs all the room, and is all there is on its page.
    if (!section.blocks.empty() && std::holds_alternative<Tree>(section.blocks.front()) &&
        setting_.document.sections.size() == 1) {
        const std::size_t first = result_.strips.size();
        for (const Block& any : section.blocks) std::visit([&](const auto& each) { block(each); }, any);
        if (first < result_.strips.size()) result_.strips[first].outline = section.title;
        return;
    }
    title(section.title, true, "H2", quarters(type_.density.tight ? 3 : 4));
    result_.strips.back().outline = section.title;
    result_.strips.back().opens = true;
    result_.strips.back().turns = section.on_new_page;
    const std::size_t title_at = result_.strips.size() - 1;
    for (const Block& any : section.blocks) std::visit([&](const auto& each) { block(each); }, any);
    // What stands beside a title begins on its line.
    if (result_.strips[title_at].hangs > 0 && title_at + 1 < result_.strips.size())
        result_.strips[title_at + 1].before = 0;
}

void Arranger::block(const Paragraph& paragraph) {
    Look look;
    if (paragraph.role == Paragraph::Role::lead) look = look::lead;
    if (paragraph.role == Paragraph::Role::secondary) look = look::small;
    Strip row = setting_.strip({setting_.part(setting_.shown(paragraph.text), setting_.main(), look)}, quarters(1));
    row.splits = true;
    // A rule or a source alone at the top of a page would be that of nothing.
    if (paragraph.role == Paragraph::Role::secondary && !result_.strips.empty()) {
        Strip& above = result_.strips.back();
        constexpr double most_lines = 4;
        if (above.tag == std::string_view("P") && above.height <= type_.density.leading * most_lines)
            above.keeps_next = true;
    }
    add(std::move(row));
}

void Arranger::block(const List& list) {
    const int group = ++groups_;
    const Column column = indented(setting_.main(), indent());
    int count = 0;
    for (const Item& item : list.items) {
        const std::string lead = list.ordered ? std::to_string(++count) : "•";
        Strip row = setting_.strip(
            {setting_.hanging(lead, column.x, number, "Lbl"), setting_.part(setting_.item(item), column, {}, "LBody")},
            count == 1 || &item == &list.items.front() ? 0 : quarters(1), "LI");
        row.splits = true;
        row.group = group;
        row.group_tag = "L";
        add(std::move(row));
    }
}

// The heads of a table: kept with its first row, repeated where it goes on overleaf.
void Arranger::begin_table(const std::vector<Text>& heads, const std::vector<Column>& columns) {
    ++groups_;
    if (heads.empty()) return;
    std::vector<Part> parts;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        Text head = setting_.shown(heads[i]);
        for (Span& span : head.spans) span.target = {};
        parts.push_back(setting_.part(head, columns[i], look::head, "TH"));
    }
    Strip row = setting_.strip(std::move(parts), 0, "TR");
    row.group = groups_;
    row.group_tag = "Table";
    for (std::size_t i = 0; i < heads.size(); ++i) row.subjects.emplace_back(words_of(heads[i]), columns[i].x);
    row.keeps_next = true;
    result_.heads.push_back(row);
    add(std::move(row));
}

void Arranger::end_row(std::vector<Part> parts, bool has_head, double before) {
    Setting::level(parts);
    Strip row = setting_.strip(std::move(parts), before, "TR");
    row.group = groups_;
    row.group_tag = "Table";
    row.head = has_head ? static_cast<int>(result_.heads.size()) - 1 : -1;
    add(std::move(row));
}

// Where columns are no subjects that are compared, those with more to say are wider.
std::vector<Column> Arranger::by_content(const FactTable& table, std::size_t cells) const {
    std::vector<double> weights(cells, 0);
    for (std::size_t i = 0; i < cells; ++i) {
        double letters = i < table.heads.size() ? double(words_of(table.heads[i]).size()) : 0;
        for (const FactTable::Row& row : table.rows)
            letters += i < row.cells.size() ? double(words_of(row.cells[i]).size()) : 0;
        weights[i] = std::sqrt(letters);
    }
    const double most = *std::ranges::max_element(weights);
    double all = 0;
    for (double& weight : weights) all += weight = std::max({weight, most * 0.35, 1e-3});
    const double room = type_.main_width() - setting_.gutter() * static_cast<double>(cells - 1);
    std::vector<Column> columns;
    double x = type_.main_x();
    for (const double weight : weights) {
        columns.push_back({x, room * weight / all});
        x += columns.back().width + setting_.gutter();
    }
    return columns;
}

// Whether every subject says the very same.
bool agrees(const FactTable::Row& row) {
    return !row.differs && row.cells.size() > 1 &&
           std::ranges::all_of(row.cells, [&](const Text& cell) { return cell == row.cells.front(); });
}

// What all subjects share is said once, fact after fact.
void Arranger::agreed(const std::vector<const FactTable::Row*>& rows, Column label) {
    Text all;
    for (const FactTable::Row* row : rows) {
        if (!all.empty()) all.spans.push_back({"\u2003"});
        all.spans.push_back({words_of(row->label) + "\u2002", Span::Style::strong});
        const Text value = setting_.shown(row->cells.front());
        all.spans.insert(all.spans.end(), value.spans.begin(), value.spans.end());
    }
    const double x = label.x + label.width + setting_.gutter();
    const Column column = type_.margin > 0 ? setting_.main() : Column{x, type_.width - x};
    end_row({setting_.part(plain("="), label, look::head, "TH"),
             setting_.part(all, column, {0.95, false, Face::prose, true}, "TD")},
            false, quarters(1));
    result_.strips.back().in_margin = true;
}

// Labels stand in the margin column. Where there is none they take a quarter of the width.
void Arranger::block(const FactTable& table) {
    std::size_t cells = std::max<std::size_t>(1, table.heads.size());
    bool any_differs = false;
    for (const FactTable::Row& row : table.rows) {
        cells = std::max(cells, row.cells.size());
        any_differs = any_differs || row.differs;
    }
    Column label = setting_.margin();
    std::vector<Column> columns;
    if (type_.margin > 0 && cells > 1 && cells != setting_.document.mastheads.size()) {
        columns = by_content(table, cells);
    } else if (type_.margin > 0) {
        columns = setting_.subjects(cells);
    } else {
        label.width = type_.width * 0.25;
        const double x = label.width + setting_.gutter(), count = static_cast<double>(cells);
        const double width = (type_.width - x - setting_.gutter() * (count - 1)) / count;
        for (std::size_t i = 0; i < cells; ++i)
            columns.push_back({x + static_cast<double>(i) * (width + setting_.gutter()), width});
    }
    begin_table(table.heads, columns);
    std::vector<const FactTable::Row*> shared;
    bool first = true;
    for (const FactTable::Row& fact : table.rows) {
        if (any_differs && agrees(fact)) {
            shared.push_back(&fact);
            continue;
        }
        std::vector<Part> parts;
        if (fact.differs) {
            parts.push_back(setting_.part(plain("≠"), {-type_.density.body, type_.density.body}, {0.95, true}, "TD"));
            // As far from the label on either side: the sign takes about the half of its room.
            parts.back().x =
                setting_.document.right_to_left ? type_.width + type_.density.body * 0.45 : -type_.density.body;
        }
        parts.push_back(setting_.part(setting_.shown(fact.label), label, look::head, "TH"));
        // A label is smaller than its cells; they stand on one line all the same.
        for (std::size_t i = 0; i < fact.cells.size(); ++i) {
            Text cell = setting_.shown(fact.cells[i]);
            const std::string sign = i < fact.verdicts.size() ? sign_of(fact.verdicts[i]) : "";
            Look look;
            if (!sign.empty()) {
                cell.spans.insert(cell.spans.begin(), {sign + "\u2002"});
                look.bold = true;
            }
            parts.push_back(setting_.part(cell, columns[i], look, "TD"));
        }
        const double around_line = quarters(type_.density.tight ? 0.5 : 1);
        end_row(std::move(parts), !table.heads.empty(), first ? 0 : around_line);
        result_.strips.back().in_margin = true;
        result_.strips.back().ruled = true;
        result_.strips.back().height += around_line;
        result_.strips.back().splits = result_.strips.back().height > type_.density.leading * 12;
        first = false;
    }
    if (!first) result_.strips.back().ruled = !shared.empty();
    if (!shared.empty()) agreed(shared, label);
}

// Whether the cells are paragraphs of one text each, which need not stand beside each other.
bool is_prose(const Columns& columns) {
    std::size_t cells = 0, length = 0;
    for (const auto& row : columns.rows)
        for (const Item& item : row) {
            if (!item.label.empty()) return false;
            cells += item.empty() ? 0 : 1;
            length += words_of(item.text).size();
        }
    return !columns.ordered && columns.rows.size() > 1 && length > 200 * cells;
}

// Every column runs down on its own, with numbers of its own where rows are numbered.
void Arranger::flow(const Columns& columns, const std::vector<Column>& at) {
    std::vector<Part> parts;
    const double between = quarters(is_prose(columns) ? 2 : 1);
    for (std::size_t i = 0; i < at.size(); ++i) {
        double y = 0;
        int count = 0;
        // Its numbers stand clear of the column before.
        const Column column = columns.ordered && i > 0 ? indented(at[i], type_.density.body * 0.8) : at[i];
        for (const auto& row : columns.rows) {
            if (i >= row.size() || row[i].empty()) continue;
            if (columns.ordered) {
                parts.push_back(setting_.hanging(std::to_string(++count), column.x, number, "TH"));
                parts.back().y = y;
            }
            parts.push_back(setting_.part(setting_.item(row[i]), column, {}, "TD"));
            parts.back().y = y;
            y += parts.back().lines.height() + between;
        }
    }
    end_row(std::move(parts), !columns.heads.empty(), 0);
    result_.strips.back().splits = true;
}

void Arranger::block(const Columns& columns) {
    std::size_t count = std::max<std::size_t>(1, columns.heads.size());
    for (const auto& row : columns.rows) count = std::max(count, row.size());
    std::vector<Column> at = setting_.subjects(count);
    if (columns.ordered) at.front() = indented(at.front(), indent());

    begin_table(columns.heads, at);
    if (is_prose(columns) || (type_.density.tight && columns.rows.size() > 1)) return flow(columns, at);
    int row_number = 0;
    for (const auto& items : columns.rows) {
        std::vector<Part> parts;
        if (columns.ordered)
            parts.push_back(setting_.hanging(std::to_string(++row_number), at.front().x, number, "TH"));
        for (std::size_t i = 0; i < items.size(); ++i)
            parts.push_back(setting_.part(setting_.item(items[i]), at[i], {}, "TD"));
        end_row(std::move(parts), !columns.heads.empty(), &items == &columns.rows.front() ? 0 : quarters(1));
        result_.strips.back().splits = !columns.ordered;
    }
}

void Arranger::block(const Ladder& ladder) {
    arrange_ladder(ladder, setting_.options.words, type_, setting_.document.language, setting_.typesetter, result_);
}

void Arranger::block(const Message& message) {
    if (!message.title.empty()) {
        const bool hangs = type_.margin > 0;
        Strip title = setting_.strip({setting_.part(plain(message.title), hangs ? setting_.margin() : setting_.main(),
                                                    {0.95, true, Face::prose})},
                                     quarters(3));
        title.keeps_next = title.in_margin = true;
        if (hangs) title.hangs = std::exchange(title.height, 0);
        add(std::move(title));
    }
    if (message.octets.empty()) return;
    Text octets;
    // The blank line that ends the header fields needs no room where no body follows.
    const std::string all = message.octets.substr(0, message.octets.find_last_not_of("\r\n") + 1);
    for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t end = std::min(all.find('\n', begin), all.size() - 1) + 1;
        std::string line = all.substr(begin, end - begin);
        const bool marked =
            std::ranges::any_of(message.marked, [&](const std::string& name) { return line.starts_with(name + ":"); });
        octets.spans.push_back({language::clean(line), marked ? Span::Style::strong : Span::Style::plain});
        begin = end;
    }
    // What stands on the wire is written from the left in every language.
    const double inset = quarters(2);
    typeset::Style style;
    style.face = Face::wire;
    style.size = std::max(smallest_type, type_.density.body * 0.8);
    style.line_height = type_.density.leading * 0.875 / style.size;
    Part lines;
    lines.lines = setting_.typesetter.set(octets, style, type_.main_width() - inset * 2, "en");
    lines.text = octets;
    lines.x = (setting_.document.right_to_left ? 0 : type_.main_x()) + inset;
    lines.y = inset;
    lines.colour = type_.theme->text;
    lines.last = lines.lines.count();
    Strip row = setting_.strip({std::move(lines)}, 0, "Code");
    row.height += inset;
    row.splits = true;
    row.filled = true;
    row.fill = setting_.main();
    add(std::move(row));
}

void Arranger::block(const Callout& callout) {
    Text text = setting_.shown(callout.text);
    if (callout.kind == Callout::Kind::warning) text.spans.insert(text.spans.begin(), {"!\u2002", Span::Style::strong});
    const double inset = quarters(2);
    Column column = indented(setting_.main(), inset + quarters(1));
    column.width -= inset;
    Part words = setting_.part(text, column);
    words.y = inset / 2;
    Strip row = setting_.strip({std::move(words)}, quarters(1), "Note");
    row.height += inset / 2;
    row.filled = row.barred = true;
    row.fill = setting_.main();
    add(std::move(row));
}

Arranged Arranger::done() {
    arrange_masthead(setting_, result_);
    if (!setting_.document.summary.empty()) {
        Strip lead = setting_.strip(
            {setting_.part(setting_.shown(setting_.document.summary),
                           setting_.document.mastheads.size() > 2 ? Column{0, type_.width} : setting_.main(),
                           look::lead)},
            quarters(3));
        lead.splits = true;
        add(std::move(lead));
    }
    for (const Section* each : in_reading_order(setting_.document)) section(*each);
    return std::move(result_);
}

}  // namespace

Arranged arranged(const Document& document, const Options& options, const Typography& typography,
                  typeset::Typesetter& typesetter) {
    return Arranger(Setting(document, options, typography, typesetter)).done();
}

}  // namespace sipdex::paint
