// What was agreed on wrongly, whatever was sent.
#include <algorithm>

#include "findings/hops.h"
#include "findings/rules/media/stream_look.h"

namespace sipdex::findings {

namespace {

using calls::Announcement;
using calls::Direction;
using calls::End;
using calls::Exchange;
using calls::Period;

class Agreement : StreamLook {
public:
    explicit Agreement(const StreamLook& stream) : StreamLook(stream) {}

    void look() const {
        look_at_codecs();
        for (const End end : ends) look_at_private_address(end);
        look_at_hold();
    }

private:
    // RFC 3264 6.1: codecs and protocols that have nothing to do with each other.
    void look_at_codecs() const {
        for (const Exchange& exchange : talks_.exchanges) {
            const sip::MediaDescription *const offer = line_of(exchange.offered.get()), *const answer = line_of(
                                                                                            exchange.answered.get());
            if (!offer || !answer || exchange.again) continue;
            for (const sip::AgreedMedia& line : exchange.agreed) {
                if (line.line != stream_.line || line.state != sip::AgreedMedia::State::agreed) continue;
                if (line.no_codec() || line.only_auxiliary)
                    case_.find("media-no-codec", {exchange.offer, exchange.answer},
                               {{"media", stream_.media}, {"offered", codecs(*offer)}, {"answered", codecs(*answer)}},
                               {"Content-Type"});
                const sip::Security offered = security_of(*offer), answered = security_of(*answer);
                const bool unasked = (answered.sdes || answered.needed) && !offered.any();
                if (unasked || (offered.needed && !answered.any()))
                    case_.find(
                        "media-srtp-one-side", {exchange.offer, exchange.answer},
                        {{"media", stream_.media}, {"offered", protocol(*offer)}, {"answered", protocol(*answer)}},
                        {"Content-Type"});
            }
        }
    }
    static std::string codecs(const sip::MediaDescription& media) {
        std::string all;
        for (const sip::Codec& one : media.codecs)
            all += (all.empty() ? "" : ", ") + (one.name.empty() ? one.format : one.name);
        return all;
    }
    static std::string protocol(const sip::MediaDescription& media) {
        return media.protocol + (media.crypto.empty() ? "" : " + a=crypto");
    }

    // Where the message came from that holds a description, before proxies carried it here.
    const capture::Address& origin_of(std::size_t message) const {
        const calls::Transaction* hop = &case_.transaction(case_.placed(message).transaction);
        if (hop->final == message) return case_.captured.messages[given_at(case_, *hop).final].from;
        while (hop->request == message && hop->parent != calls::none) {
            hop = &case_.transaction(hop->parent);
            if (hop->request != calls::none) message = hop->request;
        }
        return case_.captured.messages[message].from;
    }

    // Two phones of one house that call each other by a server outside; their media need not leave it.
    bool behind_one_nat() const {
        const Announcement *const caller = awaited_by(End::caller), *const callee = awaited_by(End::callee);
        return caller && callee && caller->reach == callee->reach &&
               capture::same_host(origin_of(caller->message), origin_of(callee->message));
    }

    // A relay that knows its trade sends where packets come from; whoever does not, cannot send there at all.
    void look_at_private_address(End end) const {
        const Announcement* const awaited = awaited_by(end);
        if (!awaited || !awaited->private_from_public()) return;
        const bool reachable = std::ranges::any_of(
            awaited->candidates, [](const capture::Address& one) { return is_public(capture::reach_of(one)); });
        const Direction& towards = stream_.from(other(end));
        if (!towards.may_send || behind_one_nat()) return;
        const bool helped = towards.sent() && std::ranges::none_of(towards.flows, [](const calls::FlowOf& flow) {
                                return !flow.control && flow.to == calls::Match::announced;
                            });
        if (reachable || helped) return;
        case_.find("media-private-address", {awaited->message},
                   {{"side", name_of(end)}, {"address", place(awaited)}, {"signalling", host_of(awaited->signalling)}},
                   {"Content-Type"});
    }

    // RFC 3264 8.4: whoever holds says so in an offer; the answer only follows it.
    std::optional<End> holder(const Period& period) const {
        const Exchange& exchange = exchange_of(period);
        const sip::MediaDescription *const offer = line_of(exchange.offered.get()), *const answer = line_of(
                                                                                        exchange.answered.get());
        if (!offer || !answer || offer->refused() || answer->refused()) return {};
        if (holds(*offer)) return exchange.offered_by;
        if (holds(*answer)) return other(exchange.offered_by);
        return {};
    }

    void look_at_hold() const {
        if (!talks_.confirmed() || talks_.ended_by == calls::none || talks_.periods.empty()) return;
        const auto transfers = [&](std::size_t transaction) {
            return case_.transaction(transaction).method == "REFER";
        };
        if (std::ranges::any_of(case_.story().transactions, transfers)) return;  // the other leg goes on without it
        // Nor does whoever was asked first take it back, where another call took the place of this one.
        const auto replaces = [&](const calls::Link& link) {
            return link.first == case_.number() && link.why == calls::Link::Why::replacement;
        };
        if (std::ranges::any_of(case_.calls.links, replaces)) return;
        const Period* first = nullptr;
        for (const Period& period : talks_.periods) {
            if (!holder(period)) first = nullptr;
            else if (!first) first = &period;
        }
        if (!first || first == &talks_.periods.front()) return;  // never otherwise: it was meant to be so
        const double held = seconds(talks_.end - first->begin);
        if (held < static_cast<double>(case_.threshold("media-held-to-the-end", "seconds"))) return;
        const Exchange& exchange = exchange_of(*first);
        case_.find("media-held-to-the-end", {exchange.offer, exchange.answer, talks_.ended_by},
                   {{"side", name_of(*holder(*first))}, {"seconds", held}});
    }
};

}  // namespace

void look_at_agreement(const StreamLook& stream) { Agreement(stream).look(); }

}  // namespace sipdex::findings
