// The values of a capture by which somebody could be told, found by patterns in its text and not by anything that the product
// itself uses to find them.
#pragma once
#include <set>
#include <string>

#include "capture/captured.h"

namespace sipdex::test {

struct Originals {
    std::set<std::string> values;  // users, numbers, names, hosts, addresses as text, Call-IDs, tags, branches, keys …
    std::set<std::string> addresses;  // of 4 or 16 octets
    std::set<std::string>
        products;  // what a Server or User-Agent says of itself: its first word, and all of it; lowered
    std::set<std::string> session_users;  // of an o= line, which mostly is a product's name; also among the values
};

Originals originals_of(const capture::Captured& captured);

}  // namespace sipdex::test
