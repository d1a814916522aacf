// A URI as SIP uses it (RFC 3261 19.1).
//
//     sip:alice:secret@[2001:db8::1]:5070;transport=tcp?Subject=hello
//
// Of other schemes (tel:, urn:, http:) only the scheme is taken apart.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "sip/parameters.h"

namespace sipdex::sip {

struct Uri {
    std::string scheme = "sip";  // as written
    std::string user;            // as written, with a password behind ":"; escapes are kept
    std::string host;            // as written; an IPv6 address in its brackets
    std::optional<int> port;
    Parameters parameters;
    std::string headers;  // behind "?", as written
    std::string opaque;   // of schemes other than sip and sips: all that follows the ":"

    bool is_sip() const;  // sip or sips
    bool is_loose() const { return parameters.has("lr"); }
    bool operator==(const Uri&) const = default;
};

// Nothing without a scheme, or for sip and sips without a host or with a port that is none.
std::optional<Uri> parse_uri(std::string_view text);
bool read_uri(std::string_view text, Uri* uri, Flaws* flaws);

std::string to_text(const Uri& uri);

// As a Request-URI may be: without "method" and headers (RFC 3261 19.1.1, table 1).
Uri as_request_uri(Uri uri);

// "%41" becomes "A", once; a "%" that escapes nothing stays.
std::string unescaped(std::string_view text);

// Whether a part of a URI holds only unreserved characters, escapes and `more` (RFC 3261 25.1). White space is passed
// over: who reads the whole URI speaks of it.
bool read_uri_characters(std::string_view text, std::string_view more, Flaws* flaws);

}  // namespace sipdex::sip
