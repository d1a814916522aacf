#include <algorithm>

#include "paint/setting.h"

namespace sipdex::paint {

namespace {

using namespace document;
using typeset::Face;
using Row = FactTable::Row;

bool is_verdict(const Row& row) { return !row.verdicts.empty(); }

// What stands in the margin column below the verdict: answers of a word or two.
bool is_short(const Row& row) { return row.id == "whose-turn" || row.id == "next-route"; }

// Parts one below the other.
class Stack {
public:
    Stack(const Setting& setting, Column column, double y) : setting_(setting), column_(column), y_(y) {}

    void add(const Text& text, const Look& look, const char* tag) {
        Part part = setting_.part(text, column_, look, tag);
        part.y = y_;
        y_ += part.lines.height();
        parts.push_back(std::move(part));
    }
    void row(const Row& row) {
        if (!parts.empty()) y_ += setting_.quarters(2);
        add(setting_.shown(row.label), look::head, "Lbl");
        add(setting_.shown(row.cells.front()), {}, "P");
    }
    double end() const { return y_; }

    std::vector<Part> parts;

private:
    const Setting& setting_;
    Column column_;
    double y_;
};

}  // namespace

bool arrange_glance(const Setting& setting, const FactTable& table, Arranged& to) {
    if (!table.heads.empty() || setting.type.margin <= 0) return false;
    const auto verdict = std::ranges::find_if(table.rows, is_verdict);
    if (verdict == table.rows.end()) return false;

    const double inset = setting.quarters(2.5), sides = setting.quarters(3);
    Column margin = setting.margin();
    margin.x += sides;
    margin.width -= sides;
    Stack left(setting, margin, inset);
    left.add(setting.shown(verdict->label), look::head, "Lbl");
    const std::string sign = sign_of(verdict->verdicts.front());
    Text answer = setting.shown(verdict->cells.front());
    for (Span& span : answer.spans) span.style = Span::Style::plain;
    if (!sign.empty()) answer.spans.insert(answer.spans.begin(), {sign + "\u2002"});
    const bool one_word = words_of(verdict->cells.front()).size() < 16;
    left.add(answer, one_word ? Look{1.9, true, Face::prose, false, 2.0} : Look{1.2, true, Face::prose, false, 1.25},
             "P");
    std::vector<const Row*> pairs;
    for (const Row& row : table.rows) {
        if (&row == &*verdict || row.cells.empty()) continue;
        if (is_short(row)) left.row(row);
        else pairs.push_back(&row);
    }

    // The rest two by two; the last alone takes the whole width.
    std::vector<Part> parts = std::move(left.parts);
    Column room = setting.main();
    room.width -= sides;
    const double half = (room.width - setting.gutter()) / 2;
    double y = inset;
    for (std::size_t i = 0; i < pairs.size(); i += 2) {
        if (i > 0) y += setting.quarters(2);
        double end = y;
        const bool alone = i + 1 == pairs.size();
        for (std::size_t side = 0; side < (alone ? 1 : 2); ++side) {
            const Column column{room.x + static_cast<double>(side) * (half + setting.gutter()),
                                alone ? room.width : half};
            Stack cell(setting, column, y);
            cell.row(*pairs[i + side]);
            end = std::max(end, cell.end());
            std::ranges::move(cell.parts, std::back_inserter(parts));
        }
        y = end;
    }
    Strip strip = setting.strip(std::move(parts), setting.quarters(3), "Div");
    strip.height += inset;
    strip.filled = strip.in_margin = true;
    to.strips.push_back(std::move(strip));
    return true;
}

}  // namespace sipdex::paint
