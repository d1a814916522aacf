// Where somebody can be reached: one value of a Contact header field (RFC 3261 20.10).
//
//     <sip:bob@192.0.2.4>;q=0.7;expires=3600
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "sip/message.h"
#include "sip/name_addr.h"

namespace sipdex::sip {

struct Contact {
    bool all = false;  // "*": a REGISTER removes every binding (RFC 3261 10.2.2)
    NameAddr address;
    std::optional<double> q;               // 0 to 1
    std::optional<std::uint32_t> expires;  // seconds, from the parameter only
};

// One value.
bool read_contact(std::string_view value, Contact* contact, Flaws* flaws);

// In the order written; what cannot be read is left out.
std::vector<Contact> contacts_in(const Message& message);
std::optional<Contact> first_contact_in(const Message& message);

// Highest q first; those alike stay in order, and those without q count as 1, for RFC 3261
// names no default.
std::vector<Contact> by_preference(std::vector<Contact> contacts);

}  // namespace sipdex::sip
