// A page of a sheet as dots, for a screen: what will be printed, as large as there is room.
#pragma once
#include <cstdint>
#include <vector>

#include "paint/sheet.h"

namespace sipdex::paint {

struct Dots {
    int width = 0, height = 0;
    std::vector<std::uint8_t> colours;  // red, green, blue and 255 of each dot, row by row
};

// A page, counted from 0, that many dots wide; of a very long one its beginning, `tallest` dots of it.
Dots dots_of(const Sheet& sheet, int page, int width, int tallest = 8000);

}  // namespace sipdex::paint
