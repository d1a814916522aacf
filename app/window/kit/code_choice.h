// A menu of response codes: all of them, or those that the search finds for what is typed.
#pragma once
#include <string>

#include "window/kit/library.h"
#include "window/kit/menu.h"

namespace sipdex::window {

// Codes to pick from, found by number, phrase or symptom; each with its mark.
Menu::Narrow codes_by_words(Library& library, const std::string& chosen);

// One exchange for each of the codes that has one, in their order: what a comparison takes along into the simulator.
std::vector<std::string> exchanges_showing(Library& library, const std::vector<std::string>& ids);

}  // namespace sipdex::window
