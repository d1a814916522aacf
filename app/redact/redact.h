// A capture that can be shown to others: the same messages between the same parties at the same times, and nothing by which
// a person, a number, a network or a secret could be told.
//
//     alice@example.com at 10.1.2.3 rings +33123456789       becomes
//     user1@net1.example at 10.74.9.161 rings +57841902635
//
// What is replaced, and by what:
//   - telephone numbers, users and display names, hosts, addresses: by pseudonyms, the same for the same value in every
//     message and file of one run, never a value of the original; see numbers.h, addresses.h, pseudonyms.h;
//   - Call-IDs, tags, branches, nonces, responses, keys, fingerprints, instance ids: by letters drawn by lot; who is equal
//     to whom, and which Call-ID holds another, stays;
//   - session descriptions: addresses, names, keys; codecs, directions and ports stay;
//   - PASSporTs: by unsigned ones that say the same of the pseudonyms;
//   - all other bodies, Subject, and header fields that are not known here: blotted out, octet by octet; of an INFO the key;
//   - speech, pictures and keys pressed in RTP: by zeros; headers stay. Descriptions in RTCP: blotted out.
// What stays: methods, codes, option tags, timers, sequence numbers, ports, times, the names of header fields, products
// and their versions without serial numbers and hardware addresses, and phrases, reasons and warnings that standards
// and products have worded; what somebody wrote there himself is taken out. Numbers of emergency, star codes, "anonymous", loopback and the like stay: they name nobody.
// What is wrong stays wrong: a Content-Length differs from its body by as much as before, what was not captured is not
// invented, what cannot be read is blotted out rather than copied.
//
// What was amiss with the original is told by a comment of the section (capture/redacted.h). Two findings change all the
// same: how clocks of several originals differ is gone, for the copy has one; and a body that is longer or shorter than its
// length says is so by as much, with the numbers of the body that is there.
//
// The outcome is a pcapng file of Ethernet frames, whatever the originals were: logs, tunnels, copies of HEP. Transports,
// repetitions, copies of packets, errors of ICMP, resets and the beginnings of TLS are put on the wire anew, with lengths
// and checksums that fit. SIP of TLS that was captured in clear becomes TCP. Everything that is neither SIP nor media is
// left out.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "capture/captured.h"

namespace sipdex::redact {

struct Options {
    // By which pseudonyms are drawn. Who knows them could test a guess, so they are drawn by lot where both are 0.
    std::uint64_t key = 0, more = 0;
    bool tell_what = false;  // fill Outcome::replaced
    // Texts of products that name nobody, beside the reason phrases of the standards; see phrases.h.
    std::vector<std::string> phrases{};
};

// One value and what stands for it.
struct Replaced {
    enum class Kind : std::uint8_t { number, name, host, address, call_id } kind{};
    std::string original, pseudonym;
};
std::string_view name_of(Replaced::Kind kind);  // "number"

struct Outcome {
    std::size_t messages = 0;
    std::uint64_t media_packets = 0;
    std::size_t numbers = 0, names = 0, hosts = 0, addresses = 0;  // different ones
    std::size_t identifiers = 0;     // Call-IDs, tags, branches, nonces, as far as told apart
    std::uint64_t blotted = 0;       // bodies and values
    std::vector<Replaced> replaced;  // where the options ask for it
};

// Gives the media of a file, by its number, to a listener once more; nothing for a log.
using Reread = std::function<void(std::size_t file, capture::Listener& listener)>;

// Captured must be arranged. Gives the octets of the file piece by piece, in order. Throws std::system_error where there is
// no room for temporary files, and whatever the sink throws.
Outcome redact(const capture::Captured& captured, const Reread& reread,
               const std::function<void(std::string_view octets)>& sink, const Options& options = {});

}  // namespace sipdex::redact
