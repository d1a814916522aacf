// A ladder picture draws a ladder: a lane for each party, an arrow for each message, time running down.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "document/ladder.h"
#include "simulator/recording.h"
#include "window/ui.h"

namespace sipdex::window {

struct LadderPicture {
    std::vector<double> rows = {};      // where each rung stands, pixels below the heads
    std::size_t shown = std::size_t(-1);            // rungs drawn; those after are only hinted at
    std::optional<std::size_t> current = {};        // the rung that everything is about now
    double grown = 1;                   // how much of the current arrow is there, from 0 to 1
    bool pressable = false;
};

// Evenly spaced rungs, with more room where more than a second passes.
std::vector<double> rows_of(const Ui& ui, const document::Ladder& ladder);

double head_height(const Ui& ui);
double height_of(const Ui& ui, const LadderPicture& picture);      // heads and rungs

void draw_heads(Ui& ui, const document::Ladder& ladder, double x, double y, double width);
// Draws lanes and rungs below the heads; gives the rung that was pressed.
std::optional<std::size_t> draw_rungs(Ui& ui, const std::string& id, const document::Ladder& ladder,
                                      const LadderPicture& picture, double x, double y, double width);

document::Ladder ladder_of(const simulator::Recording& recording, const std::vector<std::string>& roles);

// "4.120 s"
std::string clock_words(std::chrono::microseconds at);

}  // namespace sipdex::window
