// The strips of a tree on paper: questions and answers from the left, outcomes at the end, one strip for each way to its end.
//
//     A Who plays it? ┬▸ our own PBX ──▸ B What did it get? ┬▸ 503 ──▸ 1 The carrier takes no more calls …
//                     │                                     └▸ 404 ──▸ 2 The number is not known …
//                     └▸ the carrier ──▸ C Which cause? ────┬▸ 34 ───▸ 3 …
#pragma once
#include "paint/setting.h"

namespace sipdex::paint {

void arrange_tree(const Setting& setting, const document::Tree& tree, Arranged& to);

}  // namespace sipdex::paint
