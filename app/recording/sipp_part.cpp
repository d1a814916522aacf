#include "recording/sipp_part.h"

#include <algorithm>
#include <set>

#include "sip/cseq.h"
#include "sip/via.h"

namespace sipdex::recording {

namespace {

// Shorter than this, waiting is no part of the story.
constexpr Time shortest_pause = std::chrono::milliseconds(2);

std::string branch_of(const sip::Message& message) {
    const auto via = sip::top_via(message);
    return via ? via->branch() : std::string();
}

// What tells a repetition from something new. Each ACK of a 2xx that a proxy forwards has a branch of its own, and
// still is one ACK to its receiver.
std::string identity_of(const Transmission& sent) {
    const sip::Message& message = sent.message;
    if (message.method != "ACK") return sent.octets();
    return "ACK " + std::string(message.header("Call-ID").value_or("")) + " " +
           std::string(message.header("CSeq").value_or(""));
}

std::vector<Cue> cues_of(const Recording& recording, std::size_t party) {
    std::vector<std::pair<Time, Cue>> timed;
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        const Transmission& message = recording.messages[i];
        if (message.from == party) timed.push_back({message.sent, {&message, true, {}, i + 1, 0, {}}});
        else if (message.to == party && message.received)
            timed.push_back({*message.received, {&message, false, {}, i + 1, 0, {}}});
    }
    std::ranges::stable_sort(timed, {}, &std::pair<Time, Cue>::first);

    std::set<std::pair<bool, std::string>> seen;
    std::vector<Cue> cues;
    // Nobody waits for the beginning when the party itself begins.
    Time before = !recording.messages.empty() && recording.messages.front().from == party
                      ? recording.messages.front().sent
                      : Time{};
    for (auto& [at, cue] : timed) {
        if (!seen.emplace(cue.sent, identity_of(*cue.message)).second) continue;
        if (cue.sent && at - before >= shortest_pause) cue.pause = at - before;
        before = at;
        cues.push_back(cue);
    }
    return cues;
}

// Gives each cue its place among the commands, and the request it belongs to.
void connect(std::vector<Cue>& cues) {
    std::size_t commands = 0;
    for (std::size_t i = 0; i < cues.size(); ++i) {
        commands += cues[i].pause > Time{} ? 1 : 0;
        cues[i].index = commands++;
        const sip::Message& message = cues[i].message->message;
        const bool answers = !message.is_request();
        for (std::size_t before = i; before-- > 0;) {
            const sip::Message& earlier = cues[before].message->message;
            const bool same_side = cues[before].sent == cues[i].sent;
            if (!earlier.is_request() || same_side == answers || branch_of(earlier) != branch_of(message)) continue;
            if (answers && method_of(earlier) != method_of(message)) continue;
            cues[i].request = before;
            // The ACK of a CANCELled INVITE repeats the branch of both; the INVITE is the one to go by.
            if (!answers && earlier.method != "INVITE") continue;
            break;
        }
    }
}

std::string call_of(const Cue& cue) { return std::string(cue.message->message.header("Call-ID").value_or("")); }

// A request that others sent before goes on with their Vias, which SIPp would have to keep.
bool forwards(const sip::Message& message) { return message.is_request() && sip::vias_in(message).size() > 1; }

// A scenario is text.
bool is_binary(const std::string& body) {
    return std::ranges::any_of(
        body, [](char octet) { return octet >= 0 && octet < ' ' && octet != '\r' && octet != '\n' && octet != '\t'; });
}

// SIPp has one other side and one transport, and knows an incoming call by its first message.
bool is_playable(const std::vector<Cue>& cues) {
    std::set<std::size_t> others;
    std::set<std::string> transports, calls;
    for (const Cue& cue : cues) {
        others.insert(cue.sent ? cue.message->to : cue.message->from);
        transports.insert(cue.message->transport);
        const bool new_call = calls.insert(call_of(cue)).second;
        if (new_call && calls.size() > 1 && !cue.sent) return false;
        if (cue.sent && (forwards(cue.message->message) || is_binary(cue.message->message.body))) return false;
    }
    return others.size() == 1 && transports.size() == 1;
}

}  // namespace

std::string method_of(const sip::Message& message) {
    const auto cseq = sip::cseq_of(message);
    return cseq ? cseq->method : message.method;
}

std::optional<std::vector<Cue>> part_of(const Recording& recording, std::size_t party) {
    std::vector<Cue> cues = cues_of(recording, party);
    if (!recording.moves.empty() || !is_playable(cues)) return std::nullopt;  // SIPp stays where it is
    connect(cues);
    return cues;
}

}  // namespace sipdex::recording
