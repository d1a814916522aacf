// A dialog: what two user agents know of each other while they talk (RFC 3261 12), and the messages that
// follow from others by rule: responses, ACK, CANCEL, requests within a dialog.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.h"
#include "sip/name_addr.h"
#include "sip/uri.h"
#include "sip/via.h"

namespace sipdex::sip {

struct DialogId {
    std::string call_id;
    std::string local_tag;  // empty where an RFC 2543 peer sent none
    std::string remote_tag;
    auto operator<=>(const DialogId&) const = default;
};

struct Dialog {
    DialogId id;
    NameAddr local;                            // with its tag; From of what we send
    NameAddr remote;                           // with its tag; To of what we send
    Uri remote_target;                         // where the next request goes
    std::vector<NameAddr> route_set;           // the nearest hop first
    std::optional<std::uint32_t> local_cseq;   // of the last request sent
    std::optional<std::uint32_t> remote_cseq;  // of the last request received
    bool early = false;                        // made by a 1xx
};

// The dialog that a response to an INVITE establishes, at the side that sent the request and at the side that
// answered it. Nothing for 100, a 1xx without a To tag, 300-699, or where From, To, Call-ID, CSeq or the peer's
// Contact cannot be read (RFC 3261 12.1).
std::optional<Dialog> dialog_at_uac(const Message& request, const Message& response);
std::optional<Dialog> dialog_at_uas(const Message& request, const Message& response);

// The dialog that a received request belongs to, by its tags; the remote tag is that of From.
std::optional<DialogId> dialog_id_at_uas(const Message& request);
// The dialog that a received response belongs to; the remote tag is that of To.
std::optional<DialogId> dialog_id_at_uac(const Message& response);

// A 2xx confirms an early dialog at the side that sent the INVITE: the route set and the remote target are
// taken anew from it, the sequence numbers stay (RFC 3261 13.2.2.4, 12.2.1.2).
void confirm(Dialog& dialog, const Message& response);

// Takes note of a request received within the dialog: its CSeq, and the Contact of INVITE and UPDATE. False when
// it is out of order, which wants 500 as an answer (RFC 3261 12.2.2). ACK and CANCEL have no number of their own.
bool take_note(Dialog& dialog, const Message& request);

// A request within the dialog, the next in its row, with Via, Max-Forwards, Route, From, To, Call-ID and CSeq; loose
// and strict routing as in RFC 3261 12.2.1.1. Contact, other fields and body are for the caller to add.
Message request_in(Dialog& dialog, std::string method, const Via& via);

// The ACK for a 2xx: a request within the dialog with the number and credentials of the INVITE (RFC 3261 13.2.2.4).
// `via` needs a new branch.
Message ack_for_success(const Dialog& dialog, const Message& invite, const Via& via);

// The ACK for 300 to 699: same branch, same number (RFC 3261 17.1.1.3), the credentials of the INVITE (22.1).
Message ack_for_failure(const Message& invite, const Message& response);

// The CANCEL for a request that a 1xx has answered (RFC 3261 9.1).
Message cancel_of(const Message& request);

// A response to a request: Via, From, To, Call-ID and CSeq copied, the tag added to To unless it has one or `to_tag`
// is empty (as it should be for 100, RFC 3261 17.2.1), Timestamp copied into 100 (8.2.6). To an INVITE, 101 to 299 also
// take over Record-Route (12.1.1).
Message response_to(const Message& request, int status, std::string reason_phrase, std::string_view to_tag);

// Where a request goes next: the URI of the topmost Route, else the Request-URI (RFC 3261 8.1.2). When the top Route is
// a strict router, the dialog has already put it into the Request-URI. Nothing where that is not a URI.
std::optional<Uri> next_hop(const Message& request);

}  // namespace sipdex::sip
