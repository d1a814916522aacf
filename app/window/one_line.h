// Words from outside (a path, what an exception says) made fit to stand in a sentence.
#pragma once
#include <string>

namespace sipdex::window {

// One line of at most so many columns: what would break or steer it is replaced, what is cut off is shown by "…".
std::string one_line(std::string words, int columns);

}  // namespace sipdex::window
