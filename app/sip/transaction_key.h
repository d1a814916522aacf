// What tells one transaction from another (RFC 3261 17.1.3 and 17.2.3).
//
// Keys are made for equality only; nobody should read them. Who has read the top Via already need not have it read again.
#pragma once
#include <optional>
#include <string>

#include "sip/message.h"
#include "sip/via.h"

namespace sipdex::sip {

// The client transaction of a request that is being sent, or of a response that was received: the branch of
// the top Via and the method of the CSeq, for a CANCEL shares its branch with the INVITE. Nothing without both.
std::optional<std::string> client_key(const Message& message);
std::optional<std::string> client_key(const Message& message, const Via& top);

// The server transaction of a request that was received: branch, sent-by and method, where an ACK has the key
// of its INVITE. (The ACK for a 2xx has a branch of its own and so finds nothing.) Where the branch does not start
// with the magic cookie, the rules for RFC 2543 apply: Request-URI, tags, Call-ID, CSeq and top Via; of INVITE and
// ACK the To tag is then left out, for the server added it in between. Nothing without Via and CSeq.
std::optional<std::string> server_key(const Message& request);
std::optional<std::string> server_key(const Message& request, const Via& top);

// The key of the INVITE that a CANCEL asks to end (RFC 3261 9.2).
std::optional<std::string> cancelled_key(const Message& cancel);

}  // namespace sipdex::sip
