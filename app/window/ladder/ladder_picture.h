// A ladder drawn: a column for each party, an arrow for each message, time running down.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "document/ladder.h"
#include "recording/recording.h"
#include "window/kit/ui.h"

namespace sipdex::window {

// Where the columns of a ladder stand. An arrow begins and ends beside what stands at a party's line.
struct LadderColumns {
    double x = 0, width = 0;            // of the whole, with numbers and times at its start
    double numbers = 0, times = 0;      // how wide these are
    std::vector<double> lines;          // of each party
    std::vector<double> before, after;  // what its lanes take on either side of the line
    std::vector<double> rooms;          // for the name of each party
};

// How far neighbours like to stand apart: as far as the longest label between them is wide. Measured once for a ladder
// and a size of text, for it looks at every message.
std::vector<double> gaps_of(const Ui& ui, const document::Ladder& ladder);

// `lanes`: the width of the lanes after each party's line; `gaps` between neighbours, kept in proportion where there is
// no room for them. Empty for none, and for all alike.
LadderColumns columns_of(const Ui& ui, const document::Ladder& ladder, double x, double width,
                         const std::vector<double>& lanes = {}, const std::vector<double>& gaps = {});
// The least width at which nobody's name or lanes stand in the way of a neighbour's.
double least_width(const Ui& ui, const document::Ladder& ladder, const std::vector<double>& lanes = {});

// Names and roles. A long role takes two lines; a name stays on one, and is shortened at a dot or an @, never within a word
// unless that is all it is.
double head_height(const Ui& ui, const document::Ladder& ladder, const LadderColumns& columns);
void draw_heads(Ui& ui, const document::Ladder& ladder, const LadderColumns& columns, double y);
void draw_lines(Ui& ui, const LadderColumns& columns, double top, double bottom);

struct RungLook {
    double y = 0, arrives = 0;  // at the sender's line, at the receiver's
    bool current = false;
    float strength = 1;  // of ink; less for what has not happened yet
    double grown = 1;    // how much of the arrow is there, from 0 to 1
    bool labelled = true;
    bool dense = false;    // close below another: its label stands close above it
    bool on_wash = false;  // nothing is to be covered behind the label
};

void draw_rung(Ui& ui, const document::Rung& rung, const LadderColumns& columns, const RungLook& look);
void draw_number(Ui& ui, const document::Rung& rung, const LadderColumns& columns, double y);  // where it has one
void draw_time(Ui& ui, std::string_view words, const LadderColumns& columns, double y, float strength = 1);

constexpr double rung_row = 42;  // units, evenly spaced

// A whole ladder as part of a page.
double page_ladder_height(const Ui& ui, const document::Ladder& ladder, double width);
void draw_page_ladder(Ui& ui, const document::Ladder& ladder, double x, double y, double width);

// "4.120 s", as the reader's language writes it.
std::string clock_words(const Ui& ui, std::chrono::microseconds at);
std::string clock_words(const Ui& ui, const document::Rung& rung);      // when it was sent; empty where nobody knows
std::string wait_words(const Ui& ui, std::chrono::microseconds lasts);  // "+ 31.5 s"

}  // namespace sipdex::window
