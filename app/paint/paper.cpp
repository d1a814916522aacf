#include "paint/paper.h"

#include <algorithm>

namespace sipdex::paint {

const std::vector<PaperKind>& papers() {
    // ISO 216 in millimetres, letter and tabloid in inches.
    constexpr double mm = 72 / 25.4, inch = 72;
    static const std::vector<PaperKind> all = {
        {Paper::a6, "a6", 105 * mm, 148 * mm, 0.8, 18, 16, 24},
        {Paper::a5, "a5", 148 * mm, 210 * mm, 0.9, 26, 24, 30},
        {Paper::a4, "a4", 210 * mm, 297 * mm, 1, 38, 34, 38},
        {Paper::a3, "a3", 297 * mm, 420 * mm, 1.3, 50, 46, 50},
        {Paper::a2, "a2", 420 * mm, 594 * mm, 1.8, 64, 60, 62},
        {Paper::a1, "a1", 594 * mm, 841 * mm, 2.5, 86, 80, 82},
        {Paper::letter, "letter", 8.5 * inch, 11 * inch, 1, 38, 34, 38},
        {Paper::tabloid, "tabloid", 11 * inch, 17 * inch, 1.3, 50, 46, 50},
    };
    return all;
}

const PaperKind& kind_of(Paper paper) { return *std::ranges::find(papers(), paper, &PaperKind::paper); }

std::optional<Paper> paper_named(std::string_view name) {
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    };
    for (const PaperKind& kind : papers())
        if (std::ranges::equal(kind.name, name, {}, {}, lower)) return kind.paper;
    return std::nullopt;
}

}  // namespace sipdex::paint
