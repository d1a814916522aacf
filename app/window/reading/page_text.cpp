#include "window/reading/page_text.h"

#include <algorithm>
#include <string_view>

namespace sipdex::window {

bool has_words(const Piece& piece) {
    const bool holds =
        piece.kind == Piece::Kind::words || piece.kind == Piece::Kind::fold || piece.kind == Piece::Kind::choice;
    return holds && !piece.lines.text().empty();
}

Rect place_of_words(const Ui& ui, const Piece& piece) {
    const Rect& where = piece.where;
    const double middle = where.y + (where.height - piece.lines.height()) / 2;
    if (piece.kind == Piece::Kind::fold) {
        const double indent = ui.px(24);
        return {where.x + indent, middle, where.width - indent, piece.lines.height()};
    }
    if (piece.kind == Piece::Kind::choice) {
        const double number = ui.px(28), pad = ui.px(14);
        return {where.x + pad + number, middle, where.width - number - 2 * pad, piece.lines.height()};
    }
    return where;
}

std::string words_between(const std::vector<Piece>& pieces, const Spot& first, const Spot& last) {
    std::string all;
    const Piece* before = nullptr;
    for (std::size_t i = first.piece; i <= last.piece && i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        if (!has_words(piece)) continue;
        const std::string words = piece.lines.words_between(i == first.piece ? first.offset : 0,
                                                            i == last.piece ? last.offset : std::string::npos);
        if (words.empty()) continue;
        const bool beside = before && piece.where.y < before->where.y + before->where.height / 2 &&
                            piece.where.y + piece.where.height / 2 > before->where.y &&
                            piece.where.x >= before->where.x + before->where.width;
        if (before) all += beside ? '\t' : '\n';
        all += words;
        before = &piece;
    }
    return all;
}

}  // namespace sipdex::window
