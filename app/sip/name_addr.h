// An address with a name, as From, To, Contact, Route and others hold it (RFC 3261 20.10).
//
//     "Mr. Watson" <sip:watson@bell-telephone.com;transport=tcp>;tag=314159
//
// Parameters of the URI stand within the angle brackets, those of the header field behind them; without
// brackets all parameters belong to the header field.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.h"
#include "sip/parameters.h"
#include "sip/uri.h"

namespace sipdex::sip {

struct NameAddr {
    std::string display_name;  // without quotes
    bool quoted_name = false;  // was, or shall be, written in quotes though it need not be
    Uri uri;
    Parameters parameters;

    std::string tag() const;  // "" where there is none
    bool operator==(const NameAddr&) const = default;
};

// Nothing where there is no URI, a quote or bracket is not closed, or something foreign follows.
std::optional<NameAddr> parse_name_addr(std::string_view text);
bool read_name_addr(std::string_view text, const ParameterGrammar& grammar, NameAddr* address, Flaws* flaws);

std::string to_text(const NameAddr& address);  // always with angle brackets

// The single address of From, To, Refer-To ...; nothing where it is absent or cannot be read.
std::optional<NameAddr> address_in(const Message& message, std::string_view field);

// All addresses of Route, Record-Route, P-Asserted-Identity ... in order; what cannot be read is left out.
std::vector<NameAddr> addresses_in(const Message& message, std::string_view field);
std::optional<NameAddr> first_address_in(const Message& message, std::string_view field);

// The tag of From or To, which is asked for much more often than the rest; "" where there is none.
std::string tag_in(const Message& message, std::string_view field);

}  // namespace sipdex::sip
