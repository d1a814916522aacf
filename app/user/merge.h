// Two versions of an entry become one, without loss, whoever merges them first and however often.
//
// A version that follows the other takes its place. Versions that were made independently of each other are told apart
// by their time: the newer one stays, and of a note or a profile the older one is kept as well, as an entry of its own
// beside it, under an id that everybody who merges the same two arrives at. A change that whoever deleted an entry had
// not seen outlives the deletion.
#pragma once
#include <optional>
#include <string>

#include "user/kept.h"

namespace sipdex::user {

// What tells versions of an entry apart: the same for the same words, author and time, everywhere. 24 hexadecimal
// digits, of which the first half is the time, so that versions stand in its order.
std::string version_of(const Entry& entry);

struct Merged {
    Entry entry;
    std::optional<Entry> beside;  // the other version, where both are to be kept
};

// Both have the same id.
Merged merged(const Entry& one, const Entry& other);

// The id of the entry by which a page is a favourite, on whichever desk: turned on and off a thousand times, and on ten
// desks, it stays one entry.
std::string id_of_favourite(std::string_view page);

// The entry changed: what it now says, by whom and when. It follows what it was; its time is never before.
Entry successor(const Entry& before, std::variant<Favourite, Note, Profile> now, const std::string& author,
                std::int64_t at);
// The same deleted, its words gone.
Entry tombstone(const Entry& before, const std::string& author, std::int64_t at);

// The pages opened last, of two copies of a list.
std::vector<Visit> merged(const std::vector<Visit>& one, const std::vector<Visit>& other);

}  // namespace sipdex::user
