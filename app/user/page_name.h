// The name under which a page is kept: what one would type to open it.
//
//     607    603-network-blocked    300 607    exchange/607-unwanted    term/early-dialog    speaker/asterisk
#pragma once
#include <string>
#include <string_view>

#include "document/span.h"

namespace sipdex::user {

// Empty for what is no page of ours to come back to: a section of an RFC, a text that was pasted in, no link. Two
// responses go by their order, so that a pair has one name.
std::string name_of_page(const document::Target& page);

// The page of a name; no link where it is none. Whether the catalog has it is for whoever opens it to say.
document::Target page_named(std::string_view name);

}  // namespace sipdex::user
