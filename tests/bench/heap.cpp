#include "bench/heap.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> now{0}, most{0};

}  // namespace

void* operator new(std::size_t size) {
    void* const place = std::malloc(size);
    if (!place) throw std::bad_alloc();
    const std::size_t sum =
        now.fetch_add(malloc_usable_size(place), std::memory_order_relaxed) + malloc_usable_size(place);
    if (sum > most.load(std::memory_order_relaxed)) most.store(sum, std::memory_order_relaxed);
    return place;
}

void operator delete(void* place) noexcept {
    now.fetch_sub(malloc_usable_size(place), std::memory_order_relaxed);
    std::free(place);
}

void operator delete(void* place, std::size_t) noexcept { operator delete(place); }

namespace sipdex::bench {

std::size_t allocated() { return now; }
std::size_t most_allocated() { return most.exchange(now); }

}  // namespace sipdex::bench
