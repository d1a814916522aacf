#include "calls/account.h"

#include <algorithm>
#include <tuple>

#include "sip/token.h"

namespace sipdex::calls {

namespace {

using capture::MediaFlow;
using capture::Time;

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
        const std::uint64_t kept_back = std::min(flow.lost(), kept_back_on_hold(direction.from, flow));
        direction.expected += flow.expected - kept_back;
        direction.lost += flow.lost() - kept_back;
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
            stretches_.push_back({corrected(flow, stretch.first), corrected(flow, stretch.last), stretch.packets, 0});
        for (const MediaFlow::PayloadType& type : flow.payload_types) add_type(direction, flow, type);
    }

    // A server that passes packets on with the numbers they came with stops while the receiver is on hold (RFC 3264 8.4), and
    // then goes on with higher ones: nothing was lost.
    std::uint64_t kept_back_on_hold(End from, const MediaFlow& flow) const {
        std::uint64_t packets = 0;
        for (std::size_t i = 1; i < flow.stretches.size(); ++i) {
            if (flow.stretches[i].skipped == 0) continue;
            const Time begin = corrected(flow, flow.stretches[i - 1].last),
                       end = corrected(flow, flow.stretches[i].first);
            Time held{};
            for (std::size_t place = 0; place < negotiation_.periods.size(); ++place) {
                const Period& period = negotiation_.periods[place];
                const Time first = std::max(begin, period.begin), last = std::min(end, period.end);
                if (first < last && !may_send(place, from)) held += last - first;
            }
            if (2 * held >= end - begin) packets += flow.stretches[i].skipped;
        }
        return packets;
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

void add_up(const capture::Captured& captured, const MediaSession& session, Stream& stream) {
    Account(captured, session, stream).fill(stream.from_caller);
    Account(captured, session, stream).fill(stream.from_callee);
    note_reports(captured, stream);
}

}  // namespace sipdex::calls
