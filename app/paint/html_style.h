// The style sheet of HTML pages: light and dark by the reader's preference, plain on paper.
#pragma once
#include <string>

namespace sipdex::paint {

std::string html_style(bool monochrome);

}  // namespace sipdex::paint
