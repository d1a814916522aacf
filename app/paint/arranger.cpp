#include "paint/arranger.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "language/characters.h"
#include "paint/column_shares.h"
#include "paint/sheet_ladder.h"

namespace sipdex::paint {

namespace {

using namespace document;
using typeset::Face;
using typeset::Lines;

constexpr double gutter = 12;      // between columns
constexpr double lead_width = 12;  // numbers, bullets and ≠ before what they belong to

Text stressed(std::string words) { return {{{std::move(words), Span::Style::strong}}, {}, false}; }

struct Look {
    double size = 1;  // times the body
    bool bold = false;
    Face face = Face::prose;
    bool secondary = false;
};

class Arranger {
public:
    Arranger(const Document& document, const Options& options, const Typography& type, typeset::Typesetter& typesetter)
        : document_(document),
          options_(options),
          type_(type),
          typesetter_(typesetter),
          shares_(column_shares(document)) {}
    Arranged done();

private:
    Part part(const Text& text, double x, double width, const Look& look = {}, const char* tag = nullptr);
    Strip strip(std::vector<Part> parts, double before, const char* tag = "P") const;
    void add(Strip strip) { result_.strips.push_back(std::move(strip)); }

    void mastheads();
    void section(const Section& section);
    void block(const Paragraph& paragraph);
    void block(const List& list);
    void block(const FactTable& table);
    void block(const Columns& columns);
    void block(const Ladder& ladder);
    void block(const Message& message);
    void block(const Callout& callout);

    Text shown_(const Text& text) const { return shown(text, document_, options_.words); }
    Text item_text(const Item& item) const;

    struct Column {
        double x = 0, width = 0;
    };
    std::vector<Column> columns_of(std::size_t count, double begin) const;
    void begin_table(const std::vector<Text>& heads, const std::vector<Column>& columns);
    void end_row(std::vector<Part> parts, bool has_head);
    void flow(const Columns& columns, const std::vector<Column>& at);
    void agreed(const std::vector<const FactTable::Row*>& rows, double size);
    double em(double times) const { return type_.body * times; }
    double air(double times) const { return em(times) * type_.air; }

    const Document& document_;
    const Options& options_;
    const Typography& type_;
    typeset::Typesetter& typesetter_;
    std::vector<double> shares_;  // of the width, for each subject of a comparison
    Arranged result_;
    int groups_ = 0;
};

// In a right-to-left document columns stand mirrored.
Part Arranger::part(const Text& text, double x, double width, const Look& look, const char* tag) {
    typeset::Style style;
    style.face = look.face;
    style.bold = look.bold;
    style.size = em(look.size);
    style.line_height = type_.line_height;
    Part result;
    result.text = text;
    result.lines = typesetter_.set(text, style, width, document_.language);
    result.x = document_.right_to_left ? type_.width - x - width : x;
    result.colour = look.secondary ? type_.theme->secondary : type_.theme->text;
    result.tag = tag;
    result.last = result.lines.count();
    return result;
}

Strip Arranger::strip(std::vector<Part> parts, double before, const char* tag) const {
    Strip result;
    for (const Part& each : parts) result.height = std::max(result.height, each.y + each.lines.height());
    result.parts = std::move(parts);
    result.before = before;
    result.tag = tag;
    return result;
}

Text Arranger::item_text(const Item& item) const {
    Text text = shown_(item.text);
    if (!item.label.empty()) {
        // The label keeps its own words; an en space, not punctuation, parts it from what follows.
        text.spans.insert(text.spans.begin(), {words_of(item.label) + "\u2002", Span::Style::strong});
    }
    return text;
}

void Arranger::mastheads() {
    const std::size_t count = document_.mastheads.size();
    if (count == 0) {
        Strip title = strip({part(plain(document_.title), 0, type_.width, {1.7, true})}, 0, "H1");
        title.keeps_next = true;
        add(std::move(title));
    }
    if (count == 0) return;
    const std::vector<Column> columns = columns_of(count, 0);
    std::vector<Part> parts;
    std::vector<double> levels;
    std::vector<std::size_t> level_of;
    for (std::size_t i = 0; i < count; ++i) {
        const Masthead& masthead = document_.mastheads[i];
        const auto [x, width] = columns[i];
        std::vector<std::pair<Text, Look>> stack;
        if (masthead.code) {
            Text head;
            head.spans = {{std::string(shape_of(masthead.code)) + " ", Span::Style::plain},
                          {std::to_string(masthead.code) + " " + masthead.phrase, Span::Style::wire}};
            stack.emplace_back(head, Look{count > 3 ? 1.25 : 1.7, true});
        } else {
            stack.emplace_back(plain(masthead.phrase), Look{1.7, true});
        }
        if (!masthead.gloss.empty()) stack.emplace_back(shown_(masthead.gloss), Look{1.1, true});
        if (!masthead.remark.empty()) stack.emplace_back(plain(masthead.remark), Look{0.88, false, Face::prose, true});
        for (std::size_t level = 0; level < stack.size(); ++level) {
            parts.push_back(part(stack[level].first, x, width, stack[level].second));
            if (level == 0) parts.back().colour = type_.theme->of_class(masthead.code);
            levels.resize(std::max(levels.size(), level + 1));
            levels[level] = std::max(levels[level], parts.back().lines.height());
            level_of.push_back(level);
        }
    }
    // A gloss beside a gloss, whatever fonts the shapes above them came from.
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i].y = std::accumulate(levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(level_of[i]), 0.0);
    Strip row = strip(std::move(parts), em(0.3), "H1");
    for (std::size_t i = 0; i < count; ++i)
        row.subjects.emplace_back(code_and_phrase(document_.mastheads[i]), columns[i].x);
    row.ruled = true;
    row.height += em(0.5);
    add(std::move(row));
}

void Arranger::section(const Section& section) {
    Strip heading = strip({part(plain(section.title), 0, type_.width, {1.15, true})}, air(0.8), "H2");
    heading.keeps_next = true;
    heading.outline = section.title;
    add(std::move(heading));
    for (const Block& any : section.blocks) std::visit([&](const auto& each) { block(each); }, any);
}

void Arranger::block(const Paragraph& paragraph) {
    Look look;
    if (paragraph.role == Paragraph::Role::lead) look = {1.15};
    if (paragraph.role == Paragraph::Role::secondary) look = {0.9, false, Face::prose, true};
    Strip row = strip({part(shown_(paragraph.text), 0, type_.width, look)}, em(0.3));
    row.splits = true;
    add(std::move(row));
}

void Arranger::block(const List& list) {
    const int group = ++groups_;
    int number = 0;
    for (const Item& item : list.items) {
        const Text lead = plain(list.ordered ? std::to_string(++number) + "." : "•");
        Strip row = strip({part(lead, 0, lead_width, {1, false, Face::prose, true}, "Lbl"),
                           part(item_text(item), lead_width, type_.width - lead_width, {}, "LBody")},
                          air(0.25), "LI");
        row.splits = true;
        row.group = group;
        row.group_tag = "L";
        add(std::move(row));
    }
}

// Where the subjects of a comparison stand: as the shares have it, or all alike.
std::vector<Arranger::Column> Arranger::columns_of(std::size_t count, double begin) const {
    const double room = type_.width - gutter * static_cast<double>(count - 1);
    std::vector<Column> columns;
    double x = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double width = room * (shares_.size() == count ? shares_[i] : 1.0 / static_cast<double>(count));
        columns.push_back({x, width});
        x += width + gutter;
    }
    columns.front().x += begin;
    columns.front().width -= begin;
    return columns;
}

// The heads of a table: kept with its first row, repeated where it goes on overleaf.
void Arranger::begin_table(const std::vector<Text>& heads, const std::vector<Column>& columns) {
    ++groups_;
    if (heads.empty()) return;
    std::vector<Part> parts;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        Text head = shown_(heads[i]);
        for (Span& span : head.spans) span.target = {};
        parts.push_back(part(head, columns[i].x, columns[i].width, {0.9, true, Face::prose, true}, "TH"));
    }
    Strip row = strip(std::move(parts), air(0.4), "TR");
    row.group = groups_;
    row.group_tag = "Table";
    for (std::size_t i = 0; i < heads.size(); ++i) row.subjects.emplace_back(words_of(heads[i]), columns[i].x);
    row.keeps_next = row.ruled = true;
    row.height += em(0.1);
    result_.heads.push_back(row);
    add(std::move(row));
}

void Arranger::end_row(std::vector<Part> parts, bool has_head) {
    Strip row = strip(std::move(parts), air(0.3), "TR");
    row.group = groups_;
    row.group_tag = "Table";
    row.head = has_head ? static_cast<int>(result_.heads.size()) - 1 : -1;
    add(std::move(row));
}

// Whether every subject says the very same.
bool agrees(const FactTable::Row& row) {
    return !row.differs && row.cells.size() > 1 &&
           std::ranges::all_of(row.cells, [&](const Text& cell) { return cell == row.cells.front(); });
}

// What all subjects share is said once, fact after fact.
void Arranger::agreed(const std::vector<const FactTable::Row*>& rows, double size) {
    Text all;
    for (const FactTable::Row* row : rows) {
        if (!all.empty()) all.spans.push_back({"\u2003"});
        all.spans.push_back({words_of(row->label) + "\u2002", Span::Style::strong});
        const Text value = shown_(row->cells.front());
        all.spans.insert(all.spans.end(), value.spans.begin(), value.spans.end());
    }
    end_row(
        {part(plain("="), 0, lead_width, {size}, "TH"), part(all, lead_width, type_.width - lead_width, {size}, "TD")},
        false);
}

void Arranger::block(const FactTable& table) {
    std::size_t cells = std::max<std::size_t>(1, table.heads.size());
    bool any_differs = false;
    for (const FactTable::Row& row : table.rows) {
        cells = std::max(cells, row.cells.size());
        any_differs = any_differs || row.differs;
    }
    const double mark = any_differs ? lead_width : 0;
    const double table_size = cells > 1 ? 0.95 : 1;
    const double label = (type_.width - mark) * (cells == 1 ? 0.26 : cells == 2 ? 0.17 : 0.15);
    const double width =
        (type_.width - mark - label - gutter * static_cast<double>(cells)) / static_cast<double>(cells);
    std::vector<Column> columns;
    for (std::size_t i = 0; i < cells; ++i)
        columns.push_back({mark + label + gutter + static_cast<double>(i) * (width + gutter), width});

    begin_table(table.heads, columns);
    std::vector<const FactTable::Row*> shared;
    for (const FactTable::Row& fact : table.rows) {
        if (any_differs && agrees(fact)) {
            shared.push_back(&fact);
            continue;
        }
        std::vector<Part> parts;
        if (fact.differs) parts.push_back(part(stressed("≠"), 0, mark, {table_size}, "TD"));
        parts.push_back(
            part(shown_(fact.label), mark, label, {table_size, fact.differs, Face::prose, !fact.differs}, "TH"));
        for (std::size_t i = 0; i < fact.cells.size(); ++i)
            parts.push_back(part(shown_(fact.cells[i]), columns[i].x, columns[i].width, {table_size}, "TD"));
        end_row(std::move(parts), !table.heads.empty());
        result_.strips.back().ruled = true;
        result_.strips.back().before = air(0.15);
        result_.strips.back().height += air(0.15);
    }
    if (!shared.empty()) agreed(shared, table_size);
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

// Every column runs down on its own.
void Arranger::flow(const Columns& columns, const std::vector<Column>& at) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < at.size(); ++i) {
        double y = 0;
        for (const auto& row : columns.rows) {
            if (i >= row.size() || row[i].empty()) continue;
            parts.push_back(part(shown_(row[i].text), at[i].x, at[i].width, {}, "TD"));
            parts.back().y = y;
            y += parts.back().lines.height() + air(0.4);
        }
    }
    end_row(std::move(parts), !columns.heads.empty());
    result_.strips.back().splits = true;
}

void Arranger::block(const Columns& columns) {
    std::size_t count = std::max<std::size_t>(1, columns.heads.size());
    for (const auto& row : columns.rows) count = std::max(count, row.size());
    const std::vector<Column> at = columns_of(count, columns.ordered ? lead_width : 0);

    begin_table(columns.heads, at);
    if (is_prose(columns)) return flow(columns, at);
    int number = 0;
    for (const auto& items : columns.rows) {
        std::vector<Part> parts;
        if (columns.ordered)
            parts.push_back(
                part(plain(std::to_string(++number) + "."), 0, lead_width, {1, false, Face::prose, true}, "TH"));
        for (std::size_t i = 0; i < items.size(); ++i)
            parts.push_back(part(item_text(items[i]), at[i].x, at[i].width, {}, "TD"));
        end_row(std::move(parts), !columns.heads.empty());
    }
}

void Arranger::block(const Ladder& ladder) {
    arrange_ladder(ladder, options_.words, type_, document_.language, typesetter_, result_);
}

void Arranger::block(const Message& message) {
    if (!message.title.empty()) {
        Strip title = strip({part(stressed(message.title), 0, type_.width, {0.9})}, em(0.5));
        title.keeps_next = true;
        add(std::move(title));
    }
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
    typeset::Style style;
    style.face = Face::wire;
    style.size = em(0.8);
    style.line_height = type_.line_height;
    Part lines;
    lines.lines = typesetter_.set(octets, style, type_.width - em(1.4), "en");
    lines.text = octets;
    lines.x = em(0.7);
    lines.y = em(0.4);
    lines.colour = type_.theme->text;
    lines.last = lines.lines.count();
    Strip row = strip({std::move(lines)}, em(0.2), "Code");
    row.height += em(0.4);
    row.splits = true;
    row.filled = true;
    add(std::move(row));
}

void Arranger::block(const Callout& callout) {
    Text text = shown_(callout.text);
    if (callout.kind == Callout::Kind::warning) text.spans.insert(text.spans.begin(), {"!\u2002", Span::Style::strong});
    Part words = part(text, em(0.9), type_.width - em(1.8));
    words.y = em(0.3);
    Strip row = strip({std::move(words)}, em(0.4), "Note");
    row.height += em(0.3);
    row.filled = row.barred = true;
    add(std::move(row));
}

Arranged Arranger::done() {
    mastheads();
    if (!document_.summary.empty()) add(strip({part(shown_(document_.summary), 0, type_.width, {1.06})}, em(0.4)));
    for (const Section* each : in_reading_order(document_)) section(*each);
    return std::move(result_);
}

}  // namespace

Arranged arranged(const Document& document, const Options& options, const Typography& typography,
                  typeset::Typesetter& typesetter) {
    return Arranger(document, options, typography, typesetter).done();
}

}  // namespace sipdex::paint
