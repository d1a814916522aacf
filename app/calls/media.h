// The media of a call against what holds: for each stream and direction whether it may be sent, and what was captured of
// it, from where to where, when, with what losses.
//
//     audio, caller to callee   may send from #5 on; 1,204 packets to 192.0.2.9:6004 as announced, 3 lost, from 20 ms
//                               after the answer until 12 s before BYE
//     audio, callee to caller   may send from #5 on; nothing
//
// Nothing here judges. Where a capture holds no media of anybody, nothing can be said about it: only the signalling was
// captured, and Media::captured says so.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "calls/negotiation.h"
#include "capture/reach.h"

namespace sipdex::calls {

// Where a side wants to receive a stream, as one description says.
struct Announcement {
    std::size_t exchange = none, message = none;
    std::string host;  // as written; a name has no address
    capture::Address address, rtcp;
    capture::Reach reach = capture::Reach::unknown;
    std::vector<capture::Address> candidates;  // of ICE
    capture::Address signalling;               // whence that message came, as captured
    bool refused = false;                      // port 0

    // A network's own address, while the message came from a public one: nobody out there can send to it.
    bool private_from_public() const { return is_local(reach) && is_public(capture::reach_of(signalling)); }
};

// How an end of a captured flow relates to what is announced.
enum class Match : std::uint8_t {
    announced,   // the very address and port
    candidate,   // one that ICE offered
    other_port,  // of the announced host
    signalling,  // the host whence the side's messages come
    elsewhere,
};

struct FlowOf {
    std::size_t flow = none;  // place in Captured::flows
    bool control = false;     // RTCP
    Match from = Match::elsewhere, to = Match::elsewhere;
};

struct SentType {
    std::uint8_t number = 0;
    std::uint64_t packets = 0;
    capture::Time first{}, last{};
    std::string name;        // of the codec, as the receiver's description maps the number; else of RFC 3551 6
    bool listed = false;     // the receiver's description has the number, at some time
    bool agreed = false;     // and offer and answer had the codec in common
    bool as_sender = false;  // not listed, but the sender's own description has the number
};

// What of a direction falls into a period of the session.
struct Activity {
    std::size_t period = none;
    bool may_send = false;
    capture::Time active{};     // how long something was sent, pauses of more than half a second left out
    std::uint64_t packets = 0;  // about as many
    std::optional<capture::Time> first, last;  // within it
};

struct Direction {
    End from = End::caller;
    std::vector<FlowOf> flows;  // RTP and RTCP
    bool may_send = false;      // in any period
    // Of RTP, all flows together:
    std::uint64_t packets = 0, octets = 0;  // octets of payload
    std::uint64_t expected = 0, lost = 0, repeated = 0, out_of_order = 0;
    std::optional<capture::Time> first, last;
    double jitter = 0, most_jitter = 0;        // in ms, at the end and at its worst, of the flow with most packets
    bool jitter_known = false;                 // its clock is
    capture::Time longest_gap{}, gap_began{};  // within first and last
    std::vector<SentType> types;
    std::vector<Activity> activity;  // one for each period
    std::uint64_t control_packets = 0;
    // By the RTCP of the receiver: lost of all its packets, and jitter in ticks.
    std::optional<std::uint32_t> reported_lost, reported_jitter;
    // How long after the first answer that lets it send; negative: before it.
    std::optional<capture::Time> after_answer;
    std::optional<capture::Time> after_acceptance;  // after the 2xx
    // Before what ended the session; negative: it went on after it. Nothing where the end was not captured.
    std::optional<capture::Time> before_end;

    bool sent() const { return packets > 0; }
    double loss() const { return expected == 0 ? 0 : static_cast<double>(lost) / static_cast<double>(expected); }
};

// One m= line with both directions.
struct Stream {
    std::size_t line = 0;                      // from 0
    std::string media;                         // "audio"
    std::vector<Announcement> caller, callee;  // in order
    Direction from_caller, from_callee;

    const std::vector<Announcement>& announced_by(End end) const { return end == End::caller ? caller : callee; }
    const Direction& from(End end) const { return end == End::caller ? from_caller : from_callee; }
};

struct MediaSession {
    Negotiation negotiation;
    std::vector<Stream> streams;
    // Flows at that time between hosts of the session that belong to no stream: neither end is announced.
    std::vector<std::size_t> stray;
    bool captured = false;  // any RTP of its streams

    // What of an m= line holds in a period; nothing where that line is not agreed.
    const sip::AgreedMedia* holding(std::size_t period, std::size_t line) const;
};

// The m= line of a description at that place; null where there is none.
const sip::MediaDescription* line_of(const sip::SessionDescription* said, std::size_t line);

// What is looked up for each call, made once.
class FlowIndex {
public:
    explicit FlowIndex(const capture::Captured& captured);

    const std::vector<std::size_t>& to(const capture::Address& address) const;
    const std::vector<std::size_t>& from(const capture::Address& address) const;
    const std::vector<std::size_t>& at_host(const capture::Address& address) const;  // either end
    // RTP of which no description of the capture, of whatever call, names either end; by host, either end.
    const std::vector<std::size_t>& unannounced_at(const capture::Address& address) const;
    // Messages whose description, of whatever call, awaits media at that place.
    const std::vector<std::size_t>& announced_at(const capture::Address& address) const;
    std::uint64_t rtp() const { return rtp_; }          // flows of the whole capture
    std::uint64_t control() const { return control_; }  // likewise of RTCP

private:
    using Map = std::unordered_map<capture::Address, std::vector<std::size_t>, capture::AddressHash>;
    static const std::vector<std::size_t>& in(const Map& map, const capture::Address& address);

    Map to_, from_, hosts_, unannounced_, announced_;
    std::uint64_t rtp_ = 0, control_ = 0;
};

// Of one story, or of all. Of several dialogs that await media at the same place, as forks of a call do, a flow belongs to
// the one whose other side it comes from.
struct Media {
    bool captured = false;  // the capture holds RTP, of this call or of others
    std::vector<MediaSession> sessions;
};
Media media_of(const capture::Captured& captured, const Calls& calls, std::size_t story, const FlowIndex& flows);
Media media_of(const capture::Captured& captured, const Calls& calls);

}  // namespace sipdex::calls
