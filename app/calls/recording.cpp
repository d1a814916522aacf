// Stories as a recording, so that whatever shows an exchange can show a call.

#include <algorithm>
#include <map>

#include "calls/calls.h"
#include "calls/outline.h"

namespace sipdex::calls {

namespace {

// A party that sent a request on is a proxy; one that accepts registrations a registrar; all others are telephones as
// far as anybody can see.
std::string kind_of(const Calls& calls, const std::vector<std::size_t>& stories, std::size_t party) {
    for (const std::size_t story : stories)
        for (const std::size_t index : calls.stories[story].transactions) {
            const Transaction& one = calls.transactions[index];
            if (one.parent != none && one.client == party) return "proxy";
            if (one.method == "REGISTER" && one.server == party && one.parent == none) return "registrar";
        }
    return "phone";
}

}  // namespace

recording::Recording recording_of(const capture::Captured& captured, const Calls& calls,
                                  const std::vector<std::size_t>& stories) {
    recording::Recording recording;
    std::vector<std::size_t> messages;
    for (const std::size_t story : stories) {
        const Story& one = calls.stories[story];
        if (!recording.exchange.empty()) recording.exchange += ' ';
        recording.exchange += one.call_id;
        messages.insert(messages.end(), one.messages.begin(), one.messages.end());
    }
    std::ranges::sort(messages);
    std::map<std::size_t, std::size_t> actors;  // by party
    const auto actor_of = [&](std::size_t party) {
        const auto [place, fresh] = actors.try_emplace(party, recording.actors.size());
        if (fresh) {
            const Party known = party == none ? Party{} : calls.parties[party];
            const std::string address = known.address.known() ? to_text(known.address) : "0.0.0.0:0";
            recording.actors.push_back({.id = "party" + std::to_string(recording.actors.size() + 1),
                                        .kind = kind_of(calls, stories, party),
                                        .name = to_text(known),
                                        .address = address});
        }
        return place->second;
    };
    std::optional<capture::Time> begin;
    recording::Time last{};
    for (const std::size_t index : messages) {
        const capture::Message& message = captured.messages[index];
        const Placed& placed = calls.placed[index];
        if (placed.repeat == Repeat::copy) continue;
        auto parsed = sip::parse(message.missing > 0 ? whole_lines(message.octets) : message.octets);
        if (!parsed.message) continue;
        if (message.clock != capture::Clock::none && !begin) begin = message.time;
        // Clocks that go back, and logs without any, must not turn the ladder round.
        recording::Time at = message.clock == capture::Clock::none
                                 ? last + std::chrono::milliseconds(recording.messages.empty() ? 0 : 1)
                                 : std::chrono::duration_cast<recording::Time>(message.time - *begin);
        at = std::max(at, last);
        last = at;
        recording::Transmission& sent = recording.messages.emplace_back();
        sent.from = actor_of(placed.from);
        sent.to = actor_of(placed.to);
        sent.sent = at;
        sent.received = at;
        sent.retransmission = placed.repeat == Repeat::retransmission;
        sent.number = index + 1;
        sent.untimed = message.clock == capture::Clock::none;
        sent.transport = name_of(message.transport);
        sent.message = std::move(*parsed.message);
        sent.written = message.octets;
    }
    recording.ended = last;
    return recording;
}

}  // namespace sipdex::calls
