// How the site looks and what it does in the browser: site.css and site.js, beside this file.
#pragma once
#include <string_view>

namespace sipdex::site {

extern const std::string_view style_rules;  // without colours, which the theme gives
extern const std::string_view script;
extern const std::string_view icon;  // that of the program

}  // namespace sipdex::site
