// What a pasted message or a line of one means: `SIP/2.0 603 Network Blocked` with its Reason header field,
// `Reason: Q.850;cause=21`, `Warning: 399 …`. The number and the header fields decide, never the phrase alone.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/reader.h"

namespace sipdex::page {

// What was found in the text. Empty where nothing in it speaks of a response.
struct Pasted {
    std::string response;                   // the id it is to be read as: "603-network-blocked"; may be empty
    std::vector<document::Text> remarks;    // what each header field adds, in the reader's language
};

// So much of a text is read; a message is far shorter. What was left unread is said among the remarks.
inline constexpr std::size_t most_pasted = 1 << 20;     // octets

// Whether a text looks like a piece of a SIP message, so that it is read here and not searched for.
bool looks_pasted(std::string_view text);

Pasted read_pasted(const Reader& reader, std::string_view text);

// The page of the response with the remarks above it; without a response, the remarks alone. Nothing when
// the text says nothing of a response.
std::optional<document::Document> pasted(const Reader& reader, std::string_view text);

}  // namespace sipdex::page
