// What messages make together: transactions, dialogs, and stories, which are calls, registrations, subscriptions and
// whatever else begins with a request and comes to an end.
//
//     call 7o-FhzG1ah   refused with 486 by 192.0.2.3, through 192.0.2.2; 9 messages, 1 of them repeated
//
// Everything stands in vectors and names other things by their place in them; messages by their place among those that
// were captured, which is their number less one. Views last as long as what was captured.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/captured.h"
#include "recording/recording.h"

namespace sipdex::calls {

inline constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

// Who sends and receives: an address with a port, or whatever a log calls it. A connection's own port that its owner's
// Via does not name is no party of its own.
struct Party {
    capture::Address address;  // unknown where only a log's name is known
    std::string name;          // of a log that names its parties, or a host name of a Via; else empty
    bool inferred = false;     // a log did not tell it: it stands in a Via or the Request-URI
};
std::string to_text(const Party& party);  // the name, else the address; "" where neither is known

// Why a message tells nothing new.
enum class Repeat : std::uint8_t {
    original,        // it does
    retransmission,  // its sender sent it again (RFC 3261 17)
    copy,            // the same packet, captured twice
    relayed,         // the same message of the same transaction between other addresses: before and behind a NAT
};

// A captured message in its place, and what of it is asked for too often to be read each time. `may_have` in outline.h asks
// for header fields.
struct Placed {
    std::string_view method;   // of a request, and what a response answers; empty where neither is told
    std::uint64_t fields = 0;  // a bit for the name of each header field, which others may share
    std::int16_t status = 0;   // of a response
    bool has_body = false, has_route = false, has_record_route = false;
    bool length_fits = false;   // Content-Length says of the body what there is of it
    bool may_tell_nat = false;  // its top Via seems to name as `received` another host than its own
    std::size_t story = none, transaction = none;
    std::size_t dialog = none;           // that it belongs to or makes
    std::size_t from = none, to = none;  // parties
    Repeat repeat = Repeat::original;
    std::size_t repeats = none;  // the message
};

// One request and its responses at one hop (RFC 3261 17.1.3, 17.2.3). The ACK for a 2xx is one of its own.
struct Transaction {
    std::size_t story = none;
    std::string_view method;
    std::uint32_t cseq = 0;
    std::string_view branch, sent_by, from_tag;
    std::string_view branch_below;             // of the hop before, whether or not it was captured
    bool by_cookie = true;                     // false: matched as RFC 2543 wants
    std::size_t client = none, server = none;  // parties
    std::size_t request = none;                // the message; none where the capture begins later
    std::size_t provisional = none;            // the latest above 100
    std::size_t final = none;                  // the first final response
    int status = 0;                            // of the final response, else of the latest provisional one
    bool in_dialog = false;                    // the request has a To tag
    std::size_t ack = none;                    // the first ACK for the final response, also of a 2xx
    std::size_t cancelled_by = none;           // the CANCEL's transaction
    std::size_t parent = none;                 // of the hop before, which made its receiver send this request on
    std::size_t after_challenge = none;        // the transaction of the same request that was challenged before
    std::vector<std::size_t> messages;         // in order, repeated ones too

    bool has_final() const { return final != none; }
};

// RFC 3261 12: by Call-ID and both tags.
struct Dialog {
    std::size_t story = none;
    std::string_view caller_tag, callee_tag;  // of who sent the first request, and of who answered
    enum class State : std::uint8_t { early, confirmed, ended, failed } state = State::early;
    bool begun_before = false;       // nothing that made it was captured
    std::size_t transaction = none;  // whose response made it
    std::size_t made_by = none, confirmed_by = none;
    std::size_t ended_by = none;  // the BYE, the last NOTIFY, or the final response that refused it
    std::size_t callee = none;    // the party whose response made it, as far as the capture shows
};

// One request that went on to several places, or was answered by several (RFC 3261 16.7).
struct Fork {
    std::size_t transaction = none;     // of the request that was forked; none where that hop was not captured
    std::vector<std::size_t> branches;  // transactions that carried it on; empty where only the answers were captured
    std::vector<std::size_t> dialogs;   // that its responses made
    bool parallel = false;              // a branch began before another had its final response
    std::size_t winner = none;          // the dialog that was confirmed
};

enum class Kind : std::uint8_t { call, registration, subscription, publication, message, options, transfer, other };
std::string_view name_of(Kind kind);  // "registration"

enum class Outcome : std::uint8_t {
    unanswered,    // no response was captured
    trying,        // nothing but 100
    ringing,       // provisional responses, no final one
    answered,      // 2xx to INVITE; its end was not captured
    ended,         // answered, and BYE
    cancelled,     // CANCEL, whether or not the 487 was captured
    redirected,    // 3xx
    challenged,    // 401 or 407, and no other attempt
    refused,       // 4xx, 5xx or 6xx; also 401 or 407 to credentials
    accepted,      // 2xx to another request
    registered,    // 2xx, and bindings
    removed,       // 2xx, bindings or subscription ended on request
    active,        // a subscription that goes on
    terminated,    // a subscription that the notifier ended
    begun_before,  // only later parts were captured
};
std::string_view name_of(Outcome outcome);  // "refused"

enum class Certainty : std::uint8_t { certain, likely, possible };

// Why two stories belong together.
struct Evidence {
    enum class What : std::uint8_t {
        session_id,       // RFC 7989: the same identifier of the session
        charging_vector,  // RFC 7315 4.6: the same icid-value
        names_call_id,    // a header field of the second holds the Call-ID of the first, or its Call-ID does
        replaces,         // RFC 3891
        refers,           // RFC 3515: it was made because a REFER of the first asked for it
        origin,           // RFC 8866 5.2: the same o= line, so one session description passed on
        media_address,    // the same address and port for media
        called_number,    // alike in Request-URI or To
        calling_number,   // alike in From
        through_party,    // the second began at the party where the first arrived
    } what{};
    std::size_t first = none, second = none;  // messages that show it
    std::string text{};                       // what is alike
};

// A back-to-back user agent made the second story because of the first, or a transfer did.
struct Link {
    std::size_t first = none, second = none;  // stories
    enum class Why : std::uint8_t { leg, replacement, transfer } why = Why::leg;
    Certainty certainty = Certainty::possible;
    std::size_t through = none;  // the party between them; none where it is not the same in both
    std::vector<Evidence> evidence;
};

// All messages of one Call-ID.
struct Story {
    Kind kind = Kind::other;
    std::string_view call_id;
    Outcome outcome = Outcome::unanswered;
    int status = 0;  // of the response that decided the outcome
    // That response at the hop nearest to who gave it; of a call cancelled without 487 the CANCEL, of a subscription that
    // ended the last NOTIFY.
    std::size_t decided_by = none;
    std::size_t root = none;         // the transaction that the outcome is about: the last attempt, at its first hop
    std::vector<std::size_t> path;   // from the root on, the transactions that led to who gave the final response
    std::size_t answered_by = none;  // that party, as far as the capture shows
    std::size_t from = none, to = none;  // parties of the root
    std::string_view caller, callee;     // From and To of its request, as written
    capture::Time first{}, last{};
    std::vector<std::size_t> messages, transactions, dialogs;
    std::vector<Fork> forks;
    std::size_t repeated = 0;  // messages that were sent again
};

struct Calls {
    std::vector<Party> parties;
    std::vector<Placed> placed;  // one for each message
    std::vector<Transaction> transactions;
    std::vector<Dialog> dialogs;
    std::vector<Story> stories;  // by their first message
    std::vector<Link> links;
    std::vector<std::size_t> without_call_id;  // messages that belong to no story
};

// Groups everything that was captured, once it is arranged.
Calls group(const capture::Captured& captured);

// Stories as if the simulator had run them, in one ladder: its parties in the order in which they appear, each message
// as it was captured. Copies of packets are left out; what was not captured is not invented. Times count from the first
// message; messages of logs without times are a millisecond apart.
recording::Recording recording_of(const capture::Captured& captured, const Calls& calls,
                                  const std::vector<std::size_t>& stories);

}  // namespace sipdex::calls
