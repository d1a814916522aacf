#include "user/kept.h"

#include <algorithm>

namespace sipdex::user {

namespace {

template <class Wanted>
std::vector<const Entry*> entries_that(const Kept& kept, Wanted wanted) {
    std::vector<const Entry*> found;
    for (const auto& [id, entry] : kept.entries)
        if (wanted(entry)) found.push_back(&entry);
    std::ranges::sort(found, [](const Entry* a, const Entry* b) {
        return std::pair(b->changed, std::string_view(a->id)) < std::pair(a->changed, std::string_view(b->id));
    });
    return found;
}

}  // namespace

std::vector<const Entry*> favourites(const Kept& kept) {
    return entries_that(kept, [](const Entry& entry) { return entry.favourite() != nullptr; });
}

std::vector<const Entry*> notes(const Kept& kept) {
    return entries_that(kept, [](const Entry& entry) { return entry.note() != nullptr; });
}

std::vector<const Entry*> notes_on(const Kept& kept, std::string_view page) {
    return entries_that(kept, [&](const Entry& entry) { return entry.note() && entry.note()->on == page; });
}

std::vector<const Entry*> profiles(const Kept& kept) {
    return entries_that(kept, [](const Entry& entry) { return entry.profile() != nullptr; });
}

bool is_set_aside(const Kept& kept, const Entry& profile) {
    const auto other = kept.entries.find(profile.beside);
    return other != kept.entries.end() && other->second.profile() != nullptr;
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace sipdex::user
