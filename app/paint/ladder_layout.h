// Where the columns of a ladder stand, so that every label fits on its arrow. Sheet, HTML and terminal
// share it; each measures labels in a unit of its own (points, pixels, characters).
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "document/ladder.h"

namespace sipdex::paint {

struct LadderMeasure {
    std::function<double(const std::string&)> head;   // how wide the name of a party is drawn
    std::function<double(const std::string&)> label;  // how wide the label of a rung is drawn
    double around_label = 4;                          // arrow head and tail beside the label
    double around_head = 2;                           // between two names
    double least_gap = 8;                             // between two columns
    double most_width = 0;                            // 0: as wide as it takes; otherwise gaps shrink in proportion
};

struct LadderLayout {
    std::vector<double> columns;  // x of each lifeline, from the left
    double width = 0;

    double length_of(const document::Rung& rung) const;  // of its arrow; the room beside it for a rung to itself
    bool has(const document::Rung& rung) const;          // both its columns exist
};

LadderLayout laid_out(const document::Ladder& ladder, const LadderMeasure& measure);

// "▲ 486 Busy Here"; requests have no shape. "≠ " stands before what differs, "◆ " before what proves a finding.
std::string label_of(const document::Rung& rung);
std::string short_label_of(const document::Rung& rung);  // "▲ 486", where less than this part of the label has room
inline constexpr double least_of_label = 0.6;

}  // namespace sipdex::paint
