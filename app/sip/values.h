// Header fields that hold several values: on lines of their own, or separated by commas.
//
//     Contact: "Bell, Alexander" <sip:a@example.com;x=1,2>, <sip:watson@example.com>
//
// holds two. Commas within quotes or angle brackets separate nothing (RFC 3261 7.3.1).
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "sip/message.h"

namespace sipdex::sip {

// The parts of a text between separators outside quotes and angle brackets, one after the other. They are trimmed;
// empty ones are given too, so that a reader of damaged messages can see them. Nothing but white space has no parts.
class Parts {
public:
    Parts(std::string_view text, char separator);
    std::optional<std::string_view> next();

private:
    std::string_view rest_;
    char separator_;
    bool ended_;
};

// All of them.
std::vector<std::string_view> split(std::string_view text, char separator);

// Where nothing stands between separators, or behind the last: ";; ;" is one such place.
class Gaps {
public:
    Gaps(std::string_view text, char separator) : text_(text), separator_(separator) {}

    // The separators around an empty part; nothing for a part around which they have been given before.
    std::optional<std::string_view> around(std::string_view part);

private:
    std::string_view text_;
    char separator_;
    std::size_t seen_ = 0;  // octets of the text
};

// The values of one header field, without empty ones.
std::vector<std::string_view> values_of(std::string_view field);

// The first of them; nothing where there is none.
std::optional<std::string_view> first_value_of(std::string_view field);

// The values of all occurrences, in order. They live as long as the message stays unchanged.
std::vector<std::string_view> values_of(const Message& message, std::string_view name);

// Whether a header field of option tags, methods or types holds a value; parameters behind ";" and case do not count.
bool lists(const Message& message, std::string_view name, std::string_view value);

}  // namespace sipdex::sip
