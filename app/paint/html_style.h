// The style sheet of HTML pages: light and dark by the reader's preference, plain on paper.
#pragma once
#include <string>

#include "paint/theme.h"

namespace sipdex::paint {

// The theme's colours as custom properties: "--background:#FFFFFF;--c4:…".
std::string html_roles(const Theme& theme);

std::string html_style(bool monochrome);

}  // namespace sipdex::paint
