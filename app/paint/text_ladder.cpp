#include "paint/text_ladder.h"

#include <algorithm>
#include <cmath>

#include "language/characters.h"
#include "paint/ladder_layout.h"

namespace sipdex::paint {

using language::characters_of;
using language::clean;
using language::shortened;
using language::utf8_of;
using language::width_of;

namespace {

using document::Ladder;
using document::Rung;

// One line of characters, drawn upon by column. Every cell holds one character and the marks that join it.
class Canvas {
public:
    void put(int column, const std::string& words) {
        for (const char32_t character : characters_of(words)) {
            const int width = width_of(character);
            if (width == 0) {
                if (column > 0 && column <= static_cast<int>(cells_.size()))
                    cells_[at(column - 1)] += utf8_of({&character, 1});
                continue;
            }
            reach(column + width);
            cells_[at(column)] = utf8_of({&character, 1});
            if (width == 2) cells_[at(column + 1)].clear();
            column += width;
        }
    }
    std::string words() const {
        std::string words;
        for (const std::string& cell : cells_) words += cell;
        return words.substr(0, words.find_last_not_of(' ') + 1);
    }

private:
    static std::size_t at(int column) { return static_cast<std::size_t>(column); }
    void reach(int width) {
        if (static_cast<int>(cells_.size()) < width) cells_.resize(at(width), " ");
    }
    std::vector<std::string> cells_;
};

int column_of(const LadderLayout& layout, std::size_t party) {
    return static_cast<int>(std::lround(layout.columns[party]));
}

// The arrow between two lifelines, as wide as the room between them: "--INVITE-->", "<-486---".
std::string arrow(const Rung& rung, bool to_the_right, int room) {
    const bool lost = !rung.arrives;
    const int most = std::max(0, room - 3), whole = width_of(label_of(rung));
    const std::string label = shortened(most < whole * least_of_label ? short_label_of(rung) : label_of(rung), most);
    const int dashes = std::max(0, room - 1 - width_of(label));
    std::string before, after;
    for (int i = 0; i < dashes / 2; ++i) before += rung.repeated && i % 2 ? " " : "-";
    for (int i = 0; i < dashes - dashes / 2; ++i) after += rung.repeated && i % 2 ? " " : "-";
    std::string& towards = to_the_right ? after : before;
    if (lost) {  // broken off on the way
        const std::size_t rest = towards.size() / 2;
        towards = to_the_right ? towards.substr(0, rest) + "✕" + std::string(towards.size() - rest, ' ')
                               : std::string(towards.size() - rest, ' ') + "✕" + towards.substr(0, rest);
        return before + label + after;
    }
    return to_the_right ? before + label + after + ">" : "<" + before + label + after;
}

std::string drawn(const Rung& rung, const LadderLayout& layout) {
    Canvas canvas;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) canvas.put(column_of(layout, i), "|");
    const int from = column_of(layout, rung.from), to = column_of(layout, rung.to);
    if (from == to) {
        const int room = static_cast<int>(layout.length_of(rung)) - 3;
        canvas.put(from + 1, "* " + shortened(label_of(rung), room));
    } else {
        canvas.put(std::min(from, to) + 1, arrow(rung, from < to, std::abs(from - to) - 1));
    }
    return canvas.words();
}

std::string remarks(const Rung& rung, const PaintWords& words) {
    return joined_by_dots({rung.repeated ? words.repeated : "", rung.arrives ? "" : words.lost});
}

// The number by which a message is called, if any, and its time.
class Margin {
public:
    Margin(const Ladder& ladder, const PaintWords& words) : words_(words) {
        for (const Rung& rung : ladder.rungs) {
            if (rung.number > 0) numbers_ = std::max(numbers_, width_of(std::to_string(rung.number)) + 2);
            times_ = std::max(times_, width_of(time_of(words, rung)));
        }
    }
    int width() const { return numbers_ + times_; }
    std::string of(const Rung& rung) const {
        const std::string time = time_of(words_, rung);
        std::string line = rung.number > 0 ? std::to_string(rung.number) : std::string();
        if (numbers_ > 0)
            line = std::string(static_cast<std::size_t>(numbers_ - 2 - width_of(line)), ' ') + line + "  ";
        return line + std::string(static_cast<std::size_t>(times_ - width_of(time)), ' ') + time;
    }

private:
    const PaintWords& words_;
    int numbers_ = 0, times_ = 0;
};

std::string gap(const LadderLayout& layout, const std::string& words) {
    Canvas canvas;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) canvas.put(column_of(layout, i), ":");
    canvas.put(column_of(layout, 0) + 2, words + " ");
    return canvas.words();
}

std::string listed(const Ladder& ladder, const Margin& margin, const Ink& ink, const PaintWords& words) {
    std::string lines;
    for (const Rung& rung : ladder.rungs) {
        if (rung.from >= ladder.parties.size() || rung.to >= ladder.parties.size()) continue;
        const std::string time = margin.of(rung), remark = remarks(rung, words);
        if (!rung.left_out.empty())
            lines += std::string(static_cast<std::size_t>(margin.width()) + 2, ' ') + rung.left_out + "\n";
        lines += time + "  " + clean(ladder.parties[rung.from].name) + " → " + clean(ladder.parties[rung.to].name) +
                 "  " + ink.of_class(rung.status, clean(label_of(rung))) +
                 (remark.empty() ? "" : "  (" + remark + ")") + "\n";
    }
    return lines;
}

}  // namespace

std::string text_ladder(const Ladder& ladder, int width, const Ink& ink, const PaintWords& words) {
    const Margin numbers(ladder, words);
    int remark_width = 0;
    for (const Rung& rung : ladder.rungs) remark_width = std::max(remark_width, width_of(remarks(rung, words)));
    const int room = width - numbers.width() - 2 - (remark_width ? remark_width + 2 : 0);
    LadderMeasure measure;
    measure.head = measure.label = [](const std::string& label) { return static_cast<double>(width_of(label)); };
    measure.around_label = 6;
    const double natural = laid_out(ladder, measure).width;
    measure.most_width = room;
    const LadderLayout layout = laid_out(ladder, measure);

    // Labels cut to less than half would say nothing.
    if (layout.width > room || layout.width < natural * 0.6) return listed(ladder, numbers, ink, words);

    const std::string margin(static_cast<std::size_t>(numbers.width() + 2), ' ');
    Canvas heads;
    for (std::size_t i = 0; i < ladder.parties.size(); ++i)
        heads.put(std::max(0, column_of(layout, i) - width_of(ladder.parties[i].name) / 2), ladder.parties[i].name);
    std::string lines = margin + ink.strong(heads.words()) + "\n";
    for (const Rung& rung : ladder.rungs) {
        if (!layout.has(rung)) continue;
        const std::string remark = remarks(rung, words);
        if (!rung.left_out.empty()) lines += margin + ink.faint(gap(layout, rung.left_out)) + "\n";
        std::string line = drawn(rung, layout);
        if (!remark.empty()) line = padded({line, width_of(line)}, static_cast<int>(layout.width) + 2) + remark;
        lines += ink.faint(numbers.of(rung)) + "  " + ink.of_class(rung.status, line) + "\n";
    }
    return lines;
}

}  // namespace sipdex::paint
