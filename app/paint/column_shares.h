// How much of the width each subject of a comparison gets, so that rows waste least: whoever has more to
// say gets more room, within limits that keep the columns alike to the eye.
#pragma once
#include <vector>

#include "document/document.h"

namespace sipdex::paint {

// One share for each masthead, together 1; equal ones but for a comparison of two.
std::vector<double> column_shares(const document::Document& document);

}  // namespace sipdex::paint
