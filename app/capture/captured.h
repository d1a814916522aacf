// Everything that one or several captures and logs hold, kept: the messages with their octets, media by direction, and
// what the network and encrypted connections told.
//
//     Captured captured;
//     captured.read_file("alice.pcapng");
//     captured.read_file("proxy.pcapng");
//     captured.arrange();
//
// Views within it last as long as it does, also when it is moved.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "capture/capture.h"
#include "evidence/vocabulary.h"

namespace sipdex::capture {

// RTP of one source in one direction (RFC 3550 A.1, A.3, A.8), or its RTCP.
struct MediaFlow {
    Address from, to;
    std::uint32_t ssrc = 0;
    bool control = false;
    std::uint32_t file = 0;
    std::uint32_t first_frame = 0;
    Time first{}, last{};
    std::uint64_t packets = 0, octets = 0;  // those of payloads
    struct PayloadType {
        std::uint8_t number = 0;
        std::uint64_t packets = 0;
        Time first{}, last{};
    };
    std::vector<PayloadType> payload_types;  // in the order in which they came
    // When something came: what lies between pauses of more than half a second. Of very many the last goes on.
    struct Stretch {
        Time first{}, last{};
        std::uint64_t packets = 0;
        std::uint64_t skipped = 0;  // sequence numbers that went by in the pause before it
    };
    std::vector<Stretch> stretches;
    // Of RTP:
    std::uint64_t in_sequence = 0;  // packets that followed the one before
    std::uint64_t expected = 0;     // by sequence numbers, those that never came included
    std::uint64_t repeated = 0, out_of_order = 0;
    std::uint32_t clock_rate = 0;  // of the first payload type: by RFC 3551 6 or, where it is dynamic, as observed
    bool clock_rate_observed = false;
    double jitter = 0;  // in ticks of that clock, as RFC 3550 6.4.1 reckons it
    double most_jitter = 0;
    Time longest_gap{}, gap_began{};  // between two packets
    // Of RTCP:
    std::optional<Time> goodbye;      // when BYE came
    std::uint32_t reported_lost = 0;  // by the other side, of all packets so far
    std::uint32_t reported_jitter = 0;

    std::uint64_t lost() const { return expected > packets - repeated ? expected - (packets - repeated) : 0; }
};

struct IcmpEvent {
    IcmpError error;  // its view lies in Captured
    std::uint32_t file = 0;
};
struct ResetEvent {
    TcpReset reset;
    std::uint32_t file = 0;
};
struct TlsEvent {
    TlsConnection connection;
    std::uint32_t file = 0;
};

class Captured {
public:
    explicit Captured(const Limits& limits = {});
    ~Captured();
    Captured(Captured&&) noexcept;
    Captured& operator=(Captured&&) noexcept;

    // Each adds a file. `goes_on` is asked now and then with the octets read so far, and may stop it.
    using GoesOn = std::function<bool(std::uint64_t octets)>;
    const Summary& read_file(const std::string& path, const GoesOn& goes_on = {});
    const Summary& read_octets(std::string_view octets);
    const Summary& read_log(std::string_view text, const evidence::Vocabulary& vocabulary);

    // Puts the messages of all files into one order, numbers them anew, and drops what only looked like media. With
    // several files it finds the copies that one has of messages of another, and by them how their clocks differ.
    void arrange();

    std::vector<Message> messages;  // by number
    std::vector<MediaFlow> flows;
    std::vector<IcmpEvent> icmp;
    std::vector<ResetEvent> resets;
    std::vector<TlsEvent> tls;
    struct File {
        std::string name;  // empty for octets
        Summary summary;
        // How much its clock is ahead of that of the first file that has copies of the same messages.
        std::optional<Time> clock_ahead;
    };
    std::vector<File> files;

    // Of all messages, also those that were no longer kept.
    std::map<std::string, std::uint64_t, std::less<>> methods;
    std::map<int, std::uint64_t> codes;
    std::uint64_t messages_seen = 0;

private:
    class Collector;
    class Store;

    const Summary& add(std::string name, Summary summary);
    void mark_copies_between_files();

    Limits limits_;
    std::unique_ptr<Store> store_;
};

}  // namespace sipdex::capture
