// Finds the place of something by a hash of what it is known by, where the thing itself is kept elsewhere: millions of
// entries without an allocation each. Whoever asks compares.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sipdex::calls {

class Places {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // The place for which `same(place)` is true; none where there is no such.
    template <class Same>
    std::size_t find(std::size_t hash, const Same& same) const {
        if (slots_.empty()) return none;
        for (std::size_t at = start(hash); slots_[at].place != none; at = (at + 1) & (slots_.size() - 1))
            if (slots_[at].hash == hash && same(slots_[at].place)) return slots_[at].place;
        return none;
    }

    // Beside what is there.
    void add(std::size_t hash, std::size_t place) {
        if (2 * (count_ + 1) > slots_.size()) grow();
        ++count_;
        put(hash, place);
    }

    // In the place of the one for which `same(place)` is true, or beside the others.
    template <class Same>
    void set(std::size_t hash, std::size_t place, const Same& same) {
        if (!slots_.empty())
            for (std::size_t at = start(hash); slots_[at].place != none; at = (at + 1) & (slots_.size() - 1))
                if (slots_[at].hash == hash && same(slots_[at].place)) return void(slots_[at].place = place);
        add(hash, place);
    }

private:
    struct Slot {
        std::size_t hash = 0, place = none;
    };

    // Hashes of numbers that follow one another are neighbours: left so, they would fill whole stretches of slots, which
    // every search then walks along.
    std::size_t start(std::size_t hash) const {
        const std::size_t spread = hash * 0x9e3779b97f4a7c15ULL;
        return (spread ^ spread >> 32) & (slots_.size() - 1);
    }
    void put(std::size_t hash, std::size_t place) {
        std::size_t at = start(hash);
        while (slots_[at].place != none) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = {hash, place};
    }
    void grow() {
        constexpr std::size_t first = 64;
        std::vector<Slot> before(slots_.empty() ? first : 2 * slots_.size());
        before.swap(slots_);
        for (const Slot& one : before)
            if (one.place != none) put(one.hash, one.place);
    }

    std::vector<Slot> slots_;  // a power of two, at most half of them taken
    std::size_t count_ = 0;
};

}  // namespace sipdex::calls
