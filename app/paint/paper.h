// Papers by name, and what stands around the words on each: margins and the scale of type.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

namespace sipdex::paint {

enum class Paper { a6, a5, a4, a3, a2, a1, letter, tabloid };

struct PaperKind {
    Paper paper;
    std::string_view name;     // as given to --paper
    double width, height;      // upright, in points of 1/72 inch
    double scale;              // of type and margins: a sheet is read from farther away the larger it is
    double side, top, bottom;  // around the content, in points
};

// From the smallest to the largest of each family.
const std::vector<PaperKind>& papers();

const PaperKind& kind_of(Paper paper);
std::optional<Paper> paper_named(std::string_view name);  // case does not matter

}  // namespace sipdex::paint
