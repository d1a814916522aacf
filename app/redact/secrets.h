// The values that must not be left in what is written: users, numbers, names, hosts, addresses. Whatever is kept or made
// up is held against them.
#pragma once
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

namespace sipdex::redact {

class Secrets {
public:
    static constexpr std::size_t shortest = 4;  // what is shorter stands anywhere by chance

    // Words of the protocol itself and names of products are replaced where they name somebody, and left in peace
    // elsewhere.
    void add(std::string_view value);

    // Whether one of them stands anywhere in the text, in any case of its letters.
    bool within(std::string_view text) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::unordered_set<std::string, Hash, std::equal_to<>> values_;  // lowered; of long ones the beginning
    std::set<std::size_t> lengths_;
};

// "invite", "audio", "100rel": names of methods, option tags, media and the like, in any case.
bool is_word_of_protocol(std::string_view text);

// "Asterisk", "FreeSWITCH": as which accounts for tests are often called, and what a Server says of itself.
bool is_name_of_product(std::string_view text);

}  // namespace sipdex::redact
