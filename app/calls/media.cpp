#include "calls/media.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "sip/token.h"

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

const sip::MediaDescription* line_of(const sip::SessionDescription* said, std::size_t line) {
    return said && line < said->media.size() ? &said->media[line] : nullptr;
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

// What the flows of a direction make together.
class Account {
public:
    Account(const capture::Captured& captured, const MediaSession& session, const Stream& stream)
        : captured_(captured), session_(session), negotiation_(session.negotiation), stream_(stream) {}

    void fill(Direction& direction) {
        drop_copies(direction.flows);
        const MediaFlow* main = nullptr;
        for (const FlowOf& one : direction.flows) {
            const MediaFlow& flow = captured_.flows[one.flow];
            if (one.control) {
                direction.control_packets += flow.packets;
                continue;
            }
            add(direction, flow);
            if (!main || flow.packets > main->packets) main = &flow;
        }
        std::ranges::sort(stretches_, {}, &MediaFlow::Stretch::first);
        if (main) note_jitter(direction, *main);
        note_gap(direction);
        for (SentType& type : direction.types) name(type, direction.from);
        note_activity(direction);
        note_times(direction);
    }

private:
    Time corrected(const MediaFlow& flow, Time time) const { return at_first_clock(captured_, flow.file, time); }

    // The same packets in several files count once.
    void drop_copies(std::vector<FlowOf>& flows) const {
        const std::vector<FlowOf> all = flows;
        std::erase_if(flows, [&](const FlowOf& one) {
            const MediaFlow& flow = captured_.flows[one.flow];
            return std::ranges::any_of(all, [&](const FlowOf& better) {
                const MediaFlow& same = captured_.flows[better.flow];
                return flow.file != same.file && flow.from == same.from && flow.to == same.to &&
                       flow.ssrc == same.ssrc && flow.control == same.control &&
                       std::tuple(same.packets, flow.file) > std::tuple(flow.packets, same.file);
            });
        });
    }

    void add(Direction& direction, const MediaFlow& flow) {
        direction.packets += flow.packets;
        direction.octets += flow.octets;
        direction.expected += flow.expected;
        direction.lost += flow.lost();
        direction.repeated += flow.repeated;
        direction.out_of_order += flow.out_of_order;
        const Time first = corrected(flow, flow.first), last = corrected(flow, flow.last);
        direction.first = direction.first ? std::min(*direction.first, first) : first;
        direction.last = direction.last ? std::max(*direction.last, last) : last;
        if (flow.longest_gap > direction.longest_gap) {
            direction.longest_gap = flow.longest_gap;
            direction.gap_began = corrected(flow, flow.gap_began);
        }
        for (const MediaFlow::Stretch& stretch : flow.stretches)
            stretches_.push_back({corrected(flow, stretch.first), corrected(flow, stretch.last), stretch.packets});
        for (const MediaFlow::PayloadType& type : flow.payload_types) add_type(direction, flow, type);
    }

    void add_type(Direction& direction, const MediaFlow& flow, const MediaFlow::PayloadType& type) const {
        const Time first = corrected(flow, type.first), last = corrected(flow, type.last);
        const auto known = std::ranges::find(direction.types, type.number, &SentType::number);
        if (known == direction.types.end()) {
            SentType& one = direction.types.emplace_back();
            one.number = type.number;
            one.packets = type.packets;
            one.first = first;
            one.last = last;
            return;
        }
        known->packets += type.packets;
        known->first = std::min(known->first, first);
        known->last = std::max(known->last, last);
    }

    static void note_jitter(Direction& direction, const MediaFlow& main) {
        constexpr double milliseconds = 1000;
        if (main.clock_rate == 0) return;
        direction.jitter_known = true;
        direction.jitter = main.jitter / main.clock_rate * milliseconds;
        direction.most_jitter = main.most_jitter / main.clock_rate * milliseconds;
    }

    // Several sources after one another leave gaps between them, and may fill those of one another.
    void note_gap(Direction& direction) const {
        constexpr Time pause = std::chrono::milliseconds(500);
        if (stretches_.empty()) return;
        Time until = stretches_.front().last, longest{}, began{};
        for (const MediaFlow::Stretch& one : stretches_) {
            if (one.first - until > longest) {
                longest = one.first - until;
                began = until;
            }
            until = std::max(until, one.last);
        }
        if (longest <= pause && direction.longest_gap <= pause) return;  // of one source, as it counted itself
        direction.longest_gap = longest;
        direction.gap_began = began;
    }

    // RFC 3264 6.1: numbers are those of whoever receives.
    void name(SentType& type, End from) const {
        const auto codec_of = [&](const sip::MediaDescription* media) -> const sip::Codec* {
            if (!media) return nullptr;
            const auto codec = std::ranges::find(media->codecs, type.number, &sip::Codec::payload_type);
            return codec == media->codecs.end() ? nullptr : &*codec;
        };
        std::string own;
        for (const Exchange& exchange : negotiation_.exchanges) {
            const sip::MediaDescription* const receiver = line_of(exchange.said_by(other(from)), stream_.line);
            if (const sip::Codec* codec = codec_of(receiver)) {
                type.listed = true;
                if (type.name.empty()) type.name = codec->name;
                const auto place = static_cast<std::size_t>(codec - receiver->codecs.data());
                for (const sip::AgreedMedia& line : exchange.agreed) {
                    if (line.line != stream_.line) continue;
                    for (const sip::AgreedCodec& one : line.codecs)
                        if (place == (exchange.offered_by == from ? one.answered : one.offered)) type.agreed = true;
                }
            }
            if (const sip::Codec* codec = codec_of(line_of(exchange.said_by(from), stream_.line))) {
                type.as_sender = true;
                own = codec->name;
            }
        }
        if (type.listed) type.as_sender = false;
        if (type.name.empty()) type.name = own;
        if (type.name.empty())
            if (const auto known = sip::static_payload_type(type.number)) type.name = known->name;
    }

    bool may_send(std::size_t period, End from) const {
        const sip::AgreedMedia* const line = session_.holding(period, stream_.line);
        if (!line) return false;
        const bool offerer = negotiation_.exchanges[negotiation_.periods[period].exchange].offered_by == from;
        return offerer ? line->offerer_sends : line->answerer_sends;
    }

    void note_activity(Direction& direction) const {
        for (std::size_t place = 0; place < negotiation_.periods.size(); ++place) {
            Activity& one = direction.activity.emplace_back();
            one.period = place;
            one.may_send = may_send(place, direction.from);
            direction.may_send = direction.may_send || one.may_send;
            const Period& period = negotiation_.periods[place];
            Time until = period.begin;  // of several sources at a time, each moment counts once
            for (const MediaFlow::Stretch& stretch : stretches_) {
                const Time first = std::max(stretch.first, period.begin), last = std::min(stretch.last, period.end);
                if (first > last) continue;
                one.first = one.first ? std::min(*one.first, first) : first;
                one.last = one.last ? std::max(*one.last, last) : last;
                if (last > until) one.active += last - std::max(first, until);
                until = std::max(until, last);
                const Time whole = stretch.last - stretch.first;
                const double share = whole.count() == 0 ? 1
                                                        : static_cast<double>((last - first).count()) /
                                                              static_cast<double>(whole.count());
                one.packets += static_cast<std::uint64_t>(share * static_cast<double>(stretch.packets) + 0.5);
            }
        }
    }

    void note_times(Direction& direction) const {
        if (!direction.first) return;
        for (const Activity& one : direction.activity) {
            if (!one.may_send) continue;
            direction.after_answer = *direction.first - negotiation_.periods[one.period].begin;
            break;
        }
        if (negotiation_.accepted != none)
            direction.after_acceptance = *direction.first - time_of(captured_, negotiation_.accepted);
        if (negotiation_.ended_by != none) direction.before_end = negotiation_.end - *direction.last;
    }

    const capture::Captured& captured_;
    const MediaSession& session_;
    const Negotiation& negotiation_;
    const Stream& stream_;
    std::vector<MediaFlow::Stretch> stretches_;  // of all flows, by the first clock
};

// What each end reports by RTCP about what the other sends.
void note_reports(const capture::Captured& captured, Stream& stream) {
    const auto note = [&](const Direction& reporting, Direction& reported) {
        for (const FlowOf& one : reporting.flows) {
            if (!one.control) continue;
            const MediaFlow& flow = captured.flows[one.flow];
            if (flow.reported_lost == 0 && flow.reported_jitter == 0) continue;
            reported.reported_lost = std::max(reported.reported_lost.value_or(0), flow.reported_lost);
            reported.reported_jitter = std::max(reported.reported_jitter.value_or(0), flow.reported_jitter);
        }
    };
    note(stream.from_caller, stream.from_callee);
    note(stream.from_callee, stream.from_caller);
}

}  // namespace

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
            Account(captured, session, stream).fill(stream.from_caller);
            Account(captured, session, stream).fill(stream.from_callee);
            note_reports(captured, stream);
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
