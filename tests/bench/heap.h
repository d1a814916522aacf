// What the program has allocated by `new`: now, and at most since the last question.
#pragma once
#include <cstddef>

namespace sipdex::bench {

std::size_t allocated();
std::size_t most_allocated();  // begins anew from what is allocated now

}  // namespace sipdex::bench
