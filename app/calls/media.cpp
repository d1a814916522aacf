#include "calls/media.h"

#include <algorithm>
#include <map>

#include "calls/account.h"

namespace sipdex::calls {

namespace {

using capture::Address;
using capture::MediaFlow;
using capture::Time;

// What begins after the end belongs to another call on the same ports, and so does what began before.
constexpr Time before_the_offer = std::chrono::seconds(2);

Address address_of(const sip::TransportAddress& place) {
    Address address = capture::parse_address(place.host).value_or(Address{});
    address.port = place.port;
    return address;
}

Address host_alone(Address address) {
    address.port = 0;
    return address;
}

// RTP with a port, at an address that is known.
bool can_receive(const Address& address) { return address.known() && address.port != 0; }

bool is_named(Match match) { return match == Match::announced || match == Match::candidate; }

int weight_of(Match match) {
    switch (match) {
        case Match::announced: return 8;
        case Match::candidate: return 7;
        case Match::other_port: return 4;
        case Match::signalling: return 3;
        case Match::elsewhere: return 0;
    }
    return 0;
}

Match match_of(const Address& address, bool control, const std::vector<Announcement>& announced) {
    Match best = Match::elsewhere;
    for (const Announcement& one : announced) {
        Match match = Match::elsewhere;
        if (address == one.address || (control && address == one.rtcp)) match = Match::announced;
        else if (std::ranges::find(one.candidates, address) != one.candidates.end()) match = Match::candidate;
        else if (one.address.known() && same_host(address, one.address)) match = Match::other_port;
        else if (one.signalling.known() && same_host(address, one.signalling)) match = Match::signalling;
        if (weight_of(match) > weight_of(best)) best = match;
    }
    return best;
}

// The streams of a session and where each side awaits them.
class Streams {
public:
    Streams(const capture::Captured& captured, const Negotiation& negotiation)
        : captured_(captured), negotiation_(negotiation) {}

    std::vector<Stream> made() {
        std::size_t lines = 0;
        for (const Exchange& one : negotiation_.exchanges)
            for (const End end : {End::caller, End::callee})
                if (const auto* said = one.said_by(end)) lines = std::max(lines, said->media.size());
        std::vector<Stream> streams(lines);
        for (std::size_t line = 0; line < lines; ++line) {
            streams[line].line = line;
            announce(streams[line], End::caller, streams[line].caller);
            announce(streams[line], End::callee, streams[line].callee);
            streams[line].from_callee.from = End::callee;
        }
        return streams;
    }

private:
    void announce(Stream& stream, End end, std::vector<Announcement>& announced) const {
        for (std::size_t place = 0; place < negotiation_.exchanges.size(); ++place) {
            const Exchange& exchange = negotiation_.exchanges[place];
            const sip::MediaDescription* const media = line_of(exchange.said_by(end), stream.line);
            const std::size_t message = exchange.message_of(end);
            if (!media || message == none || (!announced.empty() && announced.back().message == message)) continue;
            if (stream.media.empty()) stream.media = media->media;
            Announcement& one = announced.emplace_back();
            one.exchange = place;
            one.message = message;
            one.host = media->address.host;
            one.address = address_of(media->address);
            one.rtcp = address_of(media->rtcp);
            one.reach = capture::reach_of(one.address);
            for (const sip::Candidate& candidate : media->candidates)
                if (const Address address = address_of(candidate.address); can_receive(address))
                    one.candidates.push_back(address);
            one.signalling = captured_.messages[message].from;
            one.refused = media->refused();
        }
    }

    const capture::Captured& captured_;
    const Negotiation& negotiation_;
};

// Which flows belong to which stream of which session of a story.
class Assigning {
public:
    Assigning(const capture::Captured& captured, const Calls& calls, const FlowIndex& flows,
              std::vector<MediaSession>& sessions)
        : captured_(captured), calls_(calls), flows_(flows), sessions_(sessions) {}

    void assign() {
        for (std::size_t session = 0; session < sessions_.size(); ++session)
            for (std::size_t stream = 0; stream < sessions_[session].streams.size(); ++stream)
                for (const End end : {End::caller, End::callee}) find_flows(session, stream, end);
        for (const auto& [flow, choice] : choices_) {
            Stream& stream = sessions_[choice.session].streams[choice.stream];
            Direction& direction = choice.from == End::caller ? stream.from_caller : stream.from_callee;
            direction.flows.push_back(choice.flow);
            if (!choice.flow.control) sessions_[choice.session].captured = true;
        }
        for (MediaSession& session : sessions_) find_stray(session);
    }

private:
    struct Choice {
        int weight = 0;
        std::size_t session = none, stream = none;
        End from = End::caller;
        FlowOf flow;
    };

    Time begin_of(const MediaFlow& flow) const { return at_first_clock(captured_, flow.file, flow.first); }
    Time end_of(const MediaFlow& flow) const { return at_first_clock(captured_, flow.file, flow.last); }

    bool within(const MediaFlow& flow, const Negotiation& session) const {
        if (session.ended_by != none && begin_of(flow) > session.end) return false;
        if (session.dialog != none && calls_.dialogs[session.dialog].begun_before) return end_of(flow) >= session.begin;
        return begin_of(flow) >= session.begin - before_the_offer;
    }

    void find_flows(std::size_t session, std::size_t stream, End end) {
        const Stream& one = sessions_[session].streams[stream];
        for (const Announcement& announced : one.announced_by(end)) {
            std::vector<Address> places = announced.candidates;
            places.push_back(announced.address);
            if (announced.rtcp != announced.address) places.push_back(announced.rtcp);
            for (const Address& place : places) {
                if (!can_receive(place)) continue;
                for (const std::size_t flow : flows_.to(place)) consider(flow, session, stream, other(end));
                for (const std::size_t flow : flows_.from(place)) consider(flow, session, stream, end);
            }
        }
    }

    void consider(std::size_t place, std::size_t session, std::size_t stream, End from) {
        const MediaFlow& flow = captured_.flows[place];
        const Negotiation& negotiation = sessions_[session].negotiation;
        if (!within(flow, negotiation)) return;
        const Stream& one = sessions_[session].streams[stream];
        FlowOf found{.flow = place, .control = flow.control};
        found.from = match_of(flow.from, flow.control, one.announced_by(from));
        found.to = match_of(flow.to, flow.control, one.announced_by(other(from)));
        if (!is_named(found.from) && !is_named(found.to)) return;
        // Where it goes tells more than whence it comes; then its payload type, then whether the call was answered.
        int weight = (2 * weight_of(found.to) + weight_of(found.from)) * 4;
        if (!flow.control && !flow.payload_types.empty() &&
            lists(negotiation, stream, flow.payload_types.front().number))
            weight += 2;
        if (negotiation.confirmed()) weight += 1;
        Choice& best = choices_[place];
        if (best.session == none || weight > best.weight) best = {weight, session, stream, from, found};
    }

    static bool lists(const Negotiation& negotiation, std::size_t line, std::uint8_t number) {
        for (const Exchange& exchange : negotiation.exchanges)
            for (const End end : {End::caller, End::callee})
                if (const auto* media = line_of(exchange.said_by(end), line))
                    if (std::ranges::find(media->codecs, number, &sip::Codec::payload_type) != media->codecs.end())
                        return true;
        return false;
    }

    void find_stray(MediaSession& session) {
        std::vector<Address> hosts;
        const auto add = [&](const Address& address) {
            const Address host = host_alone(address);
            if (host.known() && std::ranges::find(hosts, host) == hosts.end()) hosts.push_back(host);
        };
        for (const Stream& stream : session.streams)
            for (const End end : {End::caller, End::callee})
                for (const Announcement& one : stream.announced_by(end)) {
                    add(one.address);
                    add(one.signalling);
                }
        for (const Address& host : hosts)
            for (const std::size_t place : flows_.unannounced_at(host)) {
                const MediaFlow& flow = captured_.flows[place];
                const bool both = std::ranges::find(hosts, host_alone(flow.from)) != hosts.end() &&
                                  std::ranges::find(hosts, host_alone(flow.to)) != hosts.end();
                if (!both || !within(flow, session.negotiation)) continue;
                if (std::ranges::find(session.stray, place) == session.stray.end()) session.stray.push_back(place);
            }
        std::ranges::sort(session.stray);
    }

    const capture::Captured& captured_;
    const Calls& calls_;
    const FlowIndex& flows_;
    std::vector<MediaSession>& sessions_;
    std::map<std::size_t, Choice> choices_;  // by flow
};

}  // namespace

const sip::MediaDescription* line_of(const sip::SessionDescription* said, std::size_t line) {
    return said && line < said->media.size() ? &said->media[line] : nullptr;
}

const sip::AgreedMedia* MediaSession::holding(std::size_t period, std::size_t line) const {
    const Exchange& exchange = negotiation.exchanges[negotiation.periods[period].exchange];
    for (const sip::AgreedMedia& one : exchange.agreed)
        if (one.line == line && one.state == sip::AgreedMedia::State::agreed) return &one;
    return nullptr;
}

FlowIndex::FlowIndex(const capture::Captured& captured) {
    if (captured.flows.empty()) return;
    for (std::size_t place = 0; place < captured.messages.size(); ++place) {
        const auto body = sip::sdp_in_message(captured.messages[place].octets);
        const auto said = body ? sip::read_sdp(*body) : std::nullopt;
        if (!said) continue;
        for (const sip::MediaDescription& media : said->media) {
            announced_[address_of(media.address)].push_back(place);
            for (const sip::Candidate& one : media.candidates) announced_[address_of(one.address)].push_back(place);
        }
    }
    const auto add_at_hosts = [](Map& map, const MediaFlow& flow, std::size_t place) {
        map[host_alone(flow.from)].push_back(place);
        if (!same_host(flow.from, flow.to)) map[host_alone(flow.to)].push_back(place);
    };
    for (std::size_t place = 0; place < captured.flows.size(); ++place) {
        const MediaFlow& flow = captured.flows[place];
        to_[flow.to].push_back(place);
        from_[flow.from].push_back(place);
        add_at_hosts(hosts_, flow, place);
        ++(flow.control ? control_ : rtp_);
        if (!flow.control && !announced_.contains(flow.from) && !announced_.contains(flow.to))
            add_at_hosts(unannounced_, flow, place);
    }
}

const std::vector<std::size_t>& FlowIndex::in(const Map& map, const Address& address) {
    static const std::vector<std::size_t> nothing;
    const auto found = map.find(address);
    return found == map.end() ? nothing : found->second;
}

const std::vector<std::size_t>& FlowIndex::to(const Address& address) const { return in(to_, address); }
const std::vector<std::size_t>& FlowIndex::from(const Address& address) const { return in(from_, address); }
const std::vector<std::size_t>& FlowIndex::announced_at(const Address& address) const {
    return in(announced_, address);
}
const std::vector<std::size_t>& FlowIndex::at_host(const Address& address) const {
    return in(hosts_, host_alone(address));
}
const std::vector<std::size_t>& FlowIndex::unannounced_at(const Address& address) const {
    return in(unannounced_, host_alone(address));
}

Media media_of(const capture::Captured& captured, const Calls& calls, std::size_t story, const FlowIndex& flows) {
    Media media;
    media.captured = flows.rtp() > 0;
    for (Negotiation& one : negotiations_of(captured, calls, story)) {
        MediaSession& session = media.sessions.emplace_back();
        session.negotiation = std::move(one);
        session.streams = Streams(captured, session.negotiation).made();
    }
    Assigning(captured, calls, flows, media.sessions).assign();
    for (MediaSession& session : media.sessions)
        for (Stream& stream : session.streams) {
            add_up(captured, session, stream);
        }
    return media;
}

Media media_of(const capture::Captured& captured, const Calls& calls) {
    const FlowIndex flows(captured);
    Media all;
    all.captured = flows.rtp() > 0;
    for (std::size_t story = 0; story < calls.stories.size(); ++story)
        std::ranges::move(media_of(captured, calls, story, flows).sessions, std::back_inserter(all.sessions));
    return all;
}

}  // namespace sipdex::calls
