// What a reader and a desk keep: favourites, notes, profiles of their own PBX and carriers, and the pages opened last.
//
// Everything but the pages opened last goes from one desk to another, so each entry carries what merging needs: an id
// for life, who changed it last and when, and which versions it came from. A deleted entry stays as such, without its
// words, so that the deletion goes along too.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sipdex::user {

struct Favourite {
    std::string page;  // its name (page_name.h)
    bool operator==(const Favourite&) const = default;
};

// On a page or on a phrase: one of the two.
struct Note {
    std::string on;      // the name of a response or of a pair: "403", "300 607"
    std::string phrase;  // as on the wire; "*" any text, "#" a digit, "@" a capital letter
    std::string text;
    bool operator==(const Note&) const = default;
};

// What one's own PBX or carrier does otherwise than its speaker's page says, or more exactly.
struct Profile {
    struct Phrase {
        std::string text;  // a pattern, as of a note
        std::string meaning;
        int code = 0;  // of the response that carries it; 0: any
        bool operator==(const Phrase&) const = default;
    };
    struct Mapping {
        int cause = 0;  // of Q.850
        int code = 0;
        bool operator==(const Mapping&) const = default;
    };
    std::string name;                            // "Carrier X"
    std::string speaker;                         // its id in the catalog: "telnyx"; may be empty
    std::optional<std::vector<int>> fails_over;  // the answers after which the next route is tried; absent: not known
    std::vector<Phrase> phrases;
    std::vector<Mapping> from_q850;
    bool operator==(const Profile&) const = default;
};

struct Entry {
    std::string id;  // 32 hexadecimal digits
    std::variant<Favourite, Note, Profile> is;
    bool deleted = false;
    std::string author;                // may be empty
    std::int64_t changed = 0;          // milliseconds since 1970, UTC
    std::vector<std::string> follows;  // versions that this one has replaced, in the order of their time
    std::string beside;                // the id of the entry that this one is the other version of; mostly empty

    const Favourite* favourite() const { return deleted ? nullptr : std::get_if<Favourite>(&is); }
    const Note* note() const { return deleted ? nullptr : std::get_if<Note>(&is); }
    const Profile* profile() const { return deleted ? nullptr : std::get_if<Profile>(&is); }
    bool operator==(const Entry&) const = default;
};

struct Visit {
    std::string page;
    std::int64_t at = 0;
    bool operator==(const Visit&) const = default;
};

struct Kept {
    std::map<std::string, Entry, std::less<>> entries;  // by id, deleted ones too
    std::vector<Visit> recent;                          // the newest first, each page once
};

// Characters of a text, of a name or phrase, and how many pages that were opened are remembered.
inline constexpr std::size_t most_of_a_text = 4000, most_of_a_name = 200, most_recent = 50;

// Those that are not deleted, the latest change first.
std::vector<const Entry*> favourites(const Kept& kept);
std::vector<const Entry*> notes(const Kept& kept);
std::vector<const Entry*> notes_on(const Kept& kept, std::string_view page);
std::vector<const Entry*> profiles(const Kept& kept);

// Whether a profile is the older of two versions that were changed independently, and is kept without being used.
bool is_set_aside(const Kept& kept, const Entry& profile);

std::size_t characters_in(std::string_view text);

}  // namespace sipdex::user
