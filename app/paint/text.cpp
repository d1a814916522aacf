#include "paint/text.h"

#include <algorithm>

#include "language/characters.h"
#include "paint/text_ladder.h"
#include "paint/wrap.h"

namespace sipdex::paint {

namespace {

using namespace document;
using language::clean;
using language::width_of;

constexpr int widest_prose = 88;  // longer lines are hard to read
constexpr int side_by_side_from = 72;
constexpr int gap = 2;

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(0, count)), ' '); }

Text stressed(std::string words) { return {{{std::move(words), Span::Style::strong}}, {}, false}; }

int wide_of(const Text& text) { return width_of(words_of(text)); }

class Writer {
public:
    Writer(const Document& document, const Options& options)
        : document_(document),
          options_(options),
          ink_{options.colour_terminal},
          width_(std::max(20, options.columns)),
          prose_(std::min(width_, widest_prose)) {}

    std::string written();

private:
    void title();
    void section(const Section& section);

    void block(const Paragraph& paragraph) { paragraph_of(shown_(paragraph.text), "", ""); }
    void block(const List& list);
    void block(const FactTable& table);
    void block(const Columns& columns);
    void block(const Ladder& ladder) { out_ += text_ladder(ladder, width_, ink_, options_.words); }
    void block(const Message& message);
    void block(const Callout& callout);
    void block(const Tree& tree) {
        if (!tree.nodes.empty()) node(tree, 0, 0);
    }
    void node(const Tree& tree, std::size_t at, int indent);

    Text shown_(const Text& text) const { return shown(text, document_, options_.words); }
    Text item_text(const Item& item) const;
    void paragraph_of(const Text& text, const std::string& first, const std::string& others);
    void heading(const std::string& words, char under);
    void row(const std::string& lead, const std::vector<std::pair<Text, int>>& cells);
    void subject(const Text& head);
    std::vector<int> cell_widths(std::size_t count, int room) const;

    const Document& document_;
    const Options& options_;
    Ink ink_;
    int width_, prose_;
    std::string out_;
};

Text Writer::item_text(const Item& item) const {
    Text text = shown_(item.text);
    if (!item.label.empty())
        text.spans.insert(text.spans.begin(), {"[" + words_of(item.label) + "] ", Span::Style::strong});
    return text;
}

void Writer::paragraph_of(const Text& text, const std::string& first, const std::string& others) {
    bool begun = false;
    for (const Line& line : wrapped(text, prose_ - width_of(others), ink_)) {
        out_ += (begun ? others : first) + line.words + "\n";
        begun = true;
    }
}

void Writer::heading(const std::string& words, char under) {
    int widest = 0;
    for (const Line& line : wrapped(stressed(words), width_, ink_)) {
        out_ += line.words + "\n";
        widest = std::max(widest, line.width);
    }
    if (widest > 0) out_ += std::string(static_cast<std::size_t>(widest), under) + "\n";
}

// Cells beside each other, each wrapped to its own width.
void Writer::row(const std::string& lead, const std::vector<std::pair<Text, int>>& cells) {
    std::vector<std::vector<Line>> wraps;
    std::size_t height = 0;
    for (const auto& [text, width] : cells) {
        wraps.push_back(wrapped(text, width, ink_));
        height = std::max(height, wraps.back().size());
    }
    for (std::size_t i = 0; i < height; ++i) {
        std::string line = i == 0 ? lead : spaces(width_of(lead));
        for (std::size_t cell = 0; cell < wraps.size(); ++cell)
            line += padded(i < wraps[cell].size() ? wraps[cell][i] : Line{}, cells[cell].second) + spaces(gap);
        out_ += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
}

// A head that stands above its column, or above its own lines where columns do not fit.
void Writer::subject(const Text& head) { paragraph_of(stressed(words_of(head)), "", ""); }

std::vector<int> Writer::cell_widths(std::size_t count, int room) const {
    const int cells = static_cast<int>(std::max<std::size_t>(1, count));
    return std::vector<int>(count, std::max(1, (room - gap * (cells - 1)) / cells));
}

void Writer::block(const List& list) {
    int number = 0;
    const int digits = static_cast<int>(std::to_string(list.items.size()).size());
    for (const Item& item : list.items) {
        const std::string count = std::to_string(++number);
        const std::string lead = list.ordered ? spaces(digits - static_cast<int>(count.size())) + count + ". " : "- ";
        paragraph_of(item_text(item), lead, spaces(width_of(lead)));
    }
}

void Writer::block(const FactTable& table) {
    int label = 0;
    bool any_differs = false;
    std::size_t cells = table.heads.size();
    for (const FactTable::Row& row : table.rows) {
        label = std::max(label, wide_of(row.label));
        any_differs = any_differs || row.differs;
        cells = std::max(cells, row.cells.size());
    }
    const int mark = any_differs ? 2 : 0;
    label = std::min(label, cells > 1 ? width_ / 5 : width_ / 3);
    const bool beside = cells <= 1 || width_ >= side_by_side_from;
    const int room = (cells <= 1 ? prose_ : width_) - mark - label - gap;
    const std::vector<int> widths = cell_widths(cells, room);
    const bool fits = beside && (widths.empty() || widths.front() >= 14);

    if (fits && !table.heads.empty()) {
        std::vector<std::pair<Text, int>> heads = {{Text{}, label}};
        for (std::size_t i = 0; i < table.heads.size(); ++i)
            heads.emplace_back(stressed(words_of(table.heads[i])), widths[i]);
        row(spaces(mark), heads);
    }
    for (const FactTable::Row& fact : table.rows) {
        const std::string lead = mark ? (fact.differs ? "≠ " : "  ") : "";
        if (fits) {
            std::vector<std::pair<Text, int>> line = {{shown_(fact.label), label}};
            for (std::size_t i = 0; i < fact.cells.size(); ++i) line.emplace_back(shown_(fact.cells[i]), widths[i]);
            row(lead, line);
            continue;
        }
        paragraph_of(shown_(fact.label), lead, spaces(mark));
        for (std::size_t i = 0; i < fact.cells.size(); ++i) {
            const Item cell{i < table.heads.size() ? table.heads[i] : Text{}, fact.cells[i]};
            paragraph_of(item_text(cell), spaces(mark + 2), spaces(mark + 4));
        }
    }
}

void Writer::block(const Columns& columns) {
    const int digits = columns.ordered ? static_cast<int>(std::to_string(columns.rows.size()).size()) + 2 : 0;
    std::size_t count = columns.heads.size();
    for (const auto& cells : columns.rows) count = std::max(count, cells.size());
    const std::vector<int> widths = cell_widths(count, width_ - digits);
    const bool fits = width_ >= side_by_side_from && !widths.empty() && widths.front() >= 20;
    const auto lead = [&](std::size_t i) {
        const std::string number = columns.ordered ? std::to_string(i + 1) + "." : "";
        return spaces(digits - 1 - static_cast<int>(number.size())) + number + (columns.ordered ? " " : "");
    };

    if (fits) {
        std::vector<std::pair<Text, int>> heads;
        for (std::size_t i = 0; i < columns.heads.size(); ++i)
            heads.emplace_back(stressed(words_of(columns.heads[i])), widths[i]);
        row(spaces(digits), heads);
        for (std::size_t i = 0; i < columns.rows.size(); ++i) {
            std::vector<std::pair<Text, int>> line;
            for (std::size_t cell = 0; cell < columns.rows[i].size(); ++cell)
                line.emplace_back(item_text(columns.rows[i][cell]), widths[cell]);
            if (i > 0) out_ += "\n";
            row(lead(i), line);
        }
        return;
    }
    for (std::size_t column = 0; column < count; ++column) {
        if (column > 0) out_ += "\n";
        if (column < columns.heads.size()) subject(columns.heads[column]);
        for (std::size_t i = 0; i < columns.rows.size(); ++i) {
            if (column >= columns.rows[i].size() || columns.rows[i][column].empty()) continue;
            const std::string mark = columns.ordered ? lead(i) : columns.rows.size() > 1 ? "- " : "";
            paragraph_of(item_text(columns.rows[i][column]), mark, spaces(width_of(mark)));
        }
    }
}

// The octets are not wrapped: a message is read, searched and copied as it stands on the wire.
void Writer::block(const Message& message) {
    if (!message.title.empty()) out_ += ink_.strong(clean(message.title)) + "\n";
    std::string octets = clean(message.octets);
    octets.erase(octets.find_last_not_of('\n') + 1);
    for (std::size_t begin = 0; begin < octets.size();) {
        const std::size_t end = std::min(octets.find('\n', begin), octets.size());
        const std::string line = octets.substr(begin, end - begin);
        const bool marked = std::ranges::any_of(message.marked, [&](const std::string& name) {
            return line.size() > name.size() && line.starts_with(name) &&
                   (line[name.size()] == ':' || line[name.size()] == ' ');
        });
        if (line.empty()) out_ += "\n";
        else out_ += (marked ? "  > " : "    ") + (marked ? ink_.strong(line) : line) + "\n";
        begin = end + 1;
    }
}

// A question with its answers below it, and what follows from each below that.
void Writer::node(const Tree& tree, std::size_t at, int indent) {
    const Tree::Node& node = tree.nodes[at];
    // However deep, words keep room.
    const std::string before = spaces(std::min(indent, prose_ / 3)), lead = node.mark + "  ";
    const std::string inner = before + spaces(width_of(lead));
    Text words = shown_(node.text);
    if (!node.answers.empty())
        for (Span& span : words.spans)
            if (span.style == Span::Style::plain) span.style = Span::Style::strong;
    paragraph_of(words, before + lead, inner);
    for (const FactTable::Row& row : node.rows) {
        const std::string sign = row.verdicts.empty() ? "" : sign_of(row.verdicts.front());
        Text line = row.cells.empty() ? Text{} : shown_(row.cells.front());
        line.spans.insert(line.spans.begin(),
                          {sign + (sign.empty() ? "" : " ") + words_of(row.label) + (line.empty() ? "" : " · "),
                           Span::Style::strong});
        paragraph_of(line, inner, inner + "  ");
    }
    for (const Tree::Answer& answer : node.answers) {
        Text text = shown_(answer.text);
        if (answer.again) text.spans.push_back({" → " + tree.nodes[answer.to].mark});
        paragraph_of(text, inner + "- ", inner + "  ");
        if (!answer.again) this->node(tree, answer.to, width_of(inner) + 2);
    }
}

void Writer::block(const Callout& callout) {
    const std::string mark = callout.kind == Callout::Kind::warning ? "! " : "| ";
    paragraph_of(shown_(callout.text), mark, mark);
}

void Writer::title() {
    if (document_.mastheads.size() != 1) heading(document_.title, '=');
    for (const Masthead& masthead : document_.mastheads) {
        const std::string code =
            (masthead.code ? std::string(shape_of(masthead.code)) + " " : "") + clean(code_and_phrase(masthead));
        if (document_.mastheads.size() == 1) heading(code, '=');
        else out_ += "\n" + ink_.of_class(masthead.code, code) + "\n";
        const std::string below = joined_by_dots({words_of(shown_(masthead.gloss)), masthead.remark});
        paragraph_of(plain(below), masthead.code ? "  " : "", masthead.code ? "  " : "");
    }
    if (!document_.summary.empty()) {
        out_ += "\n";
        paragraph_of(shown_(document_.summary), "", "");
    }
}

void Writer::section(const Section& section) {
    out_ += "\n";
    heading(section.title, '-');
    bool first = true;
    for (const Block& any : section.blocks) {
        if (!first) out_ += "\n";
        first = false;
        std::visit([&](const auto& each) { block(each); }, any);
    }
}

std::string Writer::written() {
    title();
    for (const Section* each : in_reading_order(document_)) section(*each);
    if (!document_.footer.empty()) {
        out_ += "\n";
        paragraph_of(plain(document_.footer), "", "");
    }
    return std::move(out_);
}

}  // namespace

std::string text(const Document& document, const Options& options) { return Writer(document, options).written(); }

}  // namespace sipdex::paint
