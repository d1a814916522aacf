// What the browser needs to put any two codes side by side: a script for each code, and the words around them.
//
// Of 75 registered codes there are 2,775 pairs; those that somebody has written about are pages, all others are put together
// in the browser from these, by the rules of page/comparison.cpp. As pages they would be many times the rest of the site.
#pragma once
#include <string>

#include "site/page_html.h"

namespace sipdex::site {

// "sipdexCode({…});" for the page that compares, at `place`.
std::string compared_code(const Place& place, const std::string& id);

// The form that picks the codes, where the comparison appears, and its words as JSON.
std::string compare_html(const Place& place);

}  // namespace sipdex::site
