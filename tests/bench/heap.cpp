#include "bench/heap.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

bool counts = false;
std::ptrdiff_t now = 0, most = 0;  // since counting began; what was allocated before may be freed meanwhile

void note(std::ptrdiff_t more) {
    now += more;
    if (now > most) most = now;
}

}  // namespace

void* operator new(std::size_t size) {
    void* const place = std::malloc(size);
    if (!place) throw std::bad_alloc();
    if (counts) note(static_cast<std::ptrdiff_t>(malloc_usable_size(place)));
    return place;
}

void operator delete(void* place) noexcept {
    if (counts) note(-static_cast<std::ptrdiff_t>(malloc_usable_size(place)));
    std::free(place);
}

void operator delete(void* place, std::size_t) noexcept { operator delete(place); }

namespace sipdex::bench {

std::size_t most_allocated(const std::function<void()>& work) {
    now = most = 0;
    counts = true;
    work();
    counts = false;
    return static_cast<std::size_t>(most);
}

}  // namespace sipdex::bench
