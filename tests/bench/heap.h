// What the program allocates by `new`. It is counted only while somebody asks, or else everything that is timed would pay
// for the counting. One thread only.
#pragma once
#include <cstddef>
#include <functional>

namespace sipdex::bench {

// The most octets that some work has allocated at once, beside what there was before it.
std::size_t most_allocated(const std::function<void()>& work);

}  // namespace sipdex::bench
