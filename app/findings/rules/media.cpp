// Media of calls against the session that holds at that moment (RFC 3264): none, one way, elsewhere, in a codec that was
// not agreed on, late, stopped, lost; and what was agreed on wrongly. Where no media was captured at all, only the
// descriptions are judged.
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

using calls::Announcement;
using calls::Direction;
using calls::End;
using calls::Exchange;
using calls::MediaSession;
using calls::Negotiation;
using calls::Period;
using calls::Stream;
using calls::time_of;
using capture::Time;

constexpr End ends[] = {End::caller, End::callee};

double seconds(Time time) { return std::chrono::duration<double>(time).count(); }
std::string name_of(End end) { return end == End::caller ? "caller" : "called"; }

std::string place(const Announcement* one) {
    if (!one) return {};
    return one->address.known() ? to_text(one->address) : one->host;
}

// RFC 3551 6: 19 was comfort noise in drafts, and some gateways still send it.
bool is_comfort_noise(const calls::SentType& type) {
    constexpr std::uint8_t of_drafts = 19;
    return sip::same_token(type.name, "CN") || (type.name.empty() && type.number == of_drafts);
}

// One stream of one session, with what all rules ask of it.
class Look {
public:
    Look(const Case& one, const MediaSession& session, const Stream& stream)
        : case_(one), session_(session), talks_(session.negotiation), stream_(stream) {}

    void look() const {
        if (!is_rtp()) return;
        look_at_agreement();
        for (const End end : ends) look_at_private_address(end);
        look_at_hold();
        if (!case_.media().captured) return;
        // A camera that is off and a text that nobody types are silent, and nothing is wrong with it.
        const bool sound = sip::same_token(stream_.media, "audio");
        if (sound) {
            look_at_early_media();
            look_at_silence();
            look_at_stop();
        }
        for (const End end : ends) {
            look_at_place(stream_.from(end));
            look_at_types(stream_.from(end));
            look_at_end(stream_.from(end));
            look_at_loss(stream_.from(end));
            if (!sound) continue;
            look_at_begin(stream_.from(end));
            look_at_jitter(stream_.from(end));
        }
    }

private:
    using Values = std::vector<std::pair<std::string, Value>>;
    static Values with(Values values, const char* name, Value value) {
        values.emplace_back(name, std::move(value));
        return values;
    }

    const sip::MediaDescription* line_of(const sip::SessionDescription* said) const {
        return said && stream_.line < said->media.size() ? &said->media[stream_.line] : nullptr;
    }
    bool is_rtp() const {
        return std::ranges::any_of(talks_.exchanges, [&](const Exchange& exchange) {
            const sip::MediaDescription* const line = line_of(exchange.offered.get());
            return line && line->is_rtp();
        });
    }
    // Once a fax goes by T.38, nobody sends sound any more.
    bool is_rtp_to_the_end() const {
        if (talks_.periods.empty()) return true;
        const sip::MediaDescription* const line = line_of(exchange_of(talks_.periods.back()).offered.get());
        return !line || line->is_rtp();
    }
    const Exchange& exchange_of(const Period& period) const { return talks_.exchanges[period.exchange]; }

    // Where an end awaits the stream, as it last said in what came to hold.
    const Announcement* awaited_by(End end) const {
        const Announcement* found = nullptr;
        for (const Announcement& one : stream_.announced_by(end))
            for (const Period& period : talks_.periods)
                if (exchange_of(period).message_of(end) == one.message && !one.refused) found = &one;
        return found;
    }

    // The messages by which the stream was agreed on, and what else is named.
    std::vector<std::size_t> evidence(std::size_t more = calls::none) const {
        if (talks_.periods.empty()) return {more};
        const Exchange& exchange = exchange_of(talks_.periods.back());
        return {exchange.offer, exchange.answer, more};
    }

    // RFC 3264 6.1: codecs and protocols that have nothing to do with each other.
    void look_at_agreement() const {
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

    // Whether anything comes to where an end awaits the stream in that time, be it counted to another call or phone: a sender
    // may keep its ports from one call to the next, and of a call that forks whatever comes is heard.
    bool comes_to(End receiver, Time begin, Time until) const {
        const Announcement* const awaited = awaited_by(receiver);
        return awaited && std::ranges::any_of(case_.flows().to(awaited->address), [&](std::size_t place) {
                   const capture::MediaFlow& flow = case_.captured.flows[place];
                   return !flow.control && calls::at_first_clock(case_.captured, flow.file, flow.first) < until &&
                          calls::at_first_clock(case_.captured, flow.file, flow.last) > begin;
               });
    }

    // 183 with a description promises a sound; where 180 comes beside it the phone rings by itself (RFC 3960 3.2).
    void look_at_early_media() const {
        if (talks_.periods.empty() || !(session_.captured || passes_here(End::callee))) return;
        const Period& first = talks_.periods.front();
        if (!stream_.from_callee.activity.front().may_send) return;
        const int code = case_.message(first.begun_by).status;
        if (code < 101 || code > 199 || exchange_of(first).offered_by != End::caller) return;
        for (const std::size_t message : case_.story().messages)
            if (case_.message(message).status == 180) return;
        const Time until = talks_.confirmed() ? time_of(case_.captured, talks_.accepted) : talks_.end;
        const double waited = seconds(until - first.begin);
        const auto& sound = stream_.from_callee.first;
        if (waited < static_cast<double>(case_.threshold("media-early-silent", "seconds"))) return;
        if (sound && *sound < until) return;
        if (comes_to(End::caller, first.begin, until)) return;
        const std::size_t end = talks_.confirmed() ? talks_.accepted : talks_.ended_by;
        case_.find("media-early-silent", {exchange_of(first).offer, first.begun_by, end},
                   {{"code", static_cast<long>(code)}, {"seconds", waited}});
    }

    // Whether media of this end would be seen where this was captured, for other media of its host is.
    bool passes_here(End end) const {
        const Announcement* const one = awaited_by(end);
        return one && one->address.known() &&
               std::ranges::any_of(case_.flows().at_host(one->address),
                                   [&](std::size_t flow) { return !case_.captured.flows[flow].control; });
    }

    void look_at_silence() const {
        if (!talks_.confirmed() || !session_.stray.empty()) return;
        const auto is_reached = [&](End end) {
            return comes_to(end, time_of(case_.captured, talks_.accepted), talks_.end);
        };
        Time both{}, caller{}, callee{};  // how long each could send, and did
        for (std::size_t place = 0; place < talks_.periods.size(); ++place) {
            const auto &from_caller = stream_.from_caller.activity[place],
                       &from_callee = stream_.from_callee.activity[place];
            if (!from_caller.may_send || !from_callee.may_send) continue;
            const Period& period = talks_.periods[place];
            both += period.end - std::max(period.begin, std::min(period.end, time_of(case_.captured, talks_.accepted)));
            caller += from_caller.active;
            callee += from_callee.active;
        }
        const bool from_caller = stream_.from_caller.sent(), from_callee = stream_.from_callee.sent();
        const std::string called = place(awaited_by(End::callee)), calling = place(awaited_by(End::caller));
        if (!from_caller && !from_callee) {
            if (seconds(both) < static_cast<double>(case_.threshold("media-none", "seconds"))) return;
            if (std::ranges::any_of(ends, is_reached)) return;
            const int seen = (passes_here(End::caller) ? 1 : 0) + (passes_here(End::callee) ? 1 : 0);
            const Values values = {{"media", stream_.media}, {"caller", calling}, {"called", called}};
            if (seen == 2) case_.find("media-none", evidence(talks_.ended_by), with(values, "seconds", seconds(both)));
            else
                case_.find("media-not-seen", evidence(), with(values, "seen", std::string(seen == 1 ? "one" : "none")));
            return;
        }
        if (from_caller == from_callee) return;
        if (seconds(std::max(caller, callee)) < static_cast<double>(case_.threshold("media-one-way", "seconds")))
            return;
        const End silent = from_caller ? End::callee : End::caller;
        if (is_reached(other(silent))) return;
        case_.find("media-one-way", evidence(talks_.ended_by),
                   {{"media", stream_.media},
                    {"side", name_of(silent)},
                    {"to", from_caller ? calling : called},
                    {"packets", static_cast<long>(stream_.from(other(silent)).packets)},
                    {"seconds", seconds(std::max(caller, callee))},
                    {"rtcp", stream_.from(silent).control_packets > 0 ? "yes" : "no"}});
    }

    void look_at_place(const Direction& direction) const {
        const Announcement* const awaited = awaited_by(other(direction.from));
        // ICE finds its own ways, and what a name stands for is not known.
        if (!awaited || !awaited->candidates.empty() || !awaited->address.known()) return;
        const bool arrives = std::ranges::any_of(direction.flows, [](const calls::FlowOf& one) {
            return !one.control && (one.to == calls::Match::announced || one.to == calls::Match::candidate);
        });
        for (const calls::FlowOf& one : direction.flows) {
            if (one.control || (one.to != calls::Match::elsewhere && one.to != calls::Match::other_port)) continue;
            const capture::MediaFlow& flow = case_.captured.flows[one.flow];
            const Direction& back = stream_.from(other(direction.from));
            const bool latched = std::ranges::any_of(back.flows, [&](const calls::FlowOf& their) {
                return !their.control && case_.captured.flows[their.flow].from == flow.to;
            });
            if (latched)
                case_.find(
                    "media-latched", {awaited->message},
                    {{"side", name_of(direction.from)}, {"to", to_text(flow.to)}, {"announced", place(awaited)}});
            else if (!arrives)
                case_.find("media-elsewhere", {awaited->message},
                           {{"side", name_of(direction.from)},
                            {"sender", to_text(flow.from)},
                            {"to", to_text(flow.to)},
                            {"announced", place(awaited)},
                            {"packets", static_cast<long>(flow.packets)}});
        }
    }

    void look_at_types(const Direction& direction) const {
        if (!awaited_by(other(direction.from))) return;
        for (const calls::SentType& type : direction.types) {
            // Comfort noise comes unasked for from many, and whoever does not know it plays silence (RFC 3389 4).
            if (type.agreed || is_comfort_noise(type)) continue;
            if (static_cast<long>(type.packets) < case_.threshold("media-not-agreed", "packets")) continue;
            case_.find("media-not-agreed", evidence(),
                       {{"side", name_of(direction.from)},
                        {"codec", type.name.empty() ? "?" : type.name},
                        {"number", static_cast<long>(type.number)},
                        {"packets", static_cast<long>(type.packets)},
                        {"known", type.listed ? "yes" : "no"}});
        }
    }

    // Another call that awaits media at the same place when this one has ended, as after a transfer.
    bool awaited_in_another_call(End end) const {
        const Announcement* const awaited = awaited_by(end);
        if (!awaited) return false;
        return std::ranges::any_of(case_.flows().announced_at(awaited->address), [&](std::size_t message) {
            const std::size_t place = case_.placed(message).story;
            if (place == calls::none || place == case_.number()) return false;
            const calls::Story& story = case_.calls.stories[place];
            return story.first <= talks_.end + std::chrono::seconds(1) && story.last > talks_.end;
        });
    }

    void look_at_end(const Direction& direction) const {
        if (!direction.before_end || !talks_.confirmed() || talks_.ended_by == calls::none) return;
        // RFC 3261 15.1.1: a BYE ends the session also where it gets 408 or 481; one that was refused ended nothing.
        const calls::Transaction& bye = case_.transaction(case_.placed(talks_.ended_by).transaction);
        if (refused(bye) && bye.status != 408 && bye.status != 481) return;
        const double after = -seconds(*direction.before_end);
        if (after >= static_cast<double>(case_.threshold("media-after-bye", "seconds")) &&
            !awaited_in_another_call(other(direction.from)))
            case_.find("media-after-bye", {talks_.ended_by}, {{"side", name_of(direction.from)}, {"seconds", after}});
    }

    void look_at_begin(const Direction& direction) const {
        if (!direction.first || !talks_.confirmed()) return;
        // Nobody has to send before the call is answered.
        for (const calls::Activity& one : direction.activity) {
            if (!one.may_send) continue;
            const Time since = std::max(talks_.periods[one.period].begin, time_of(case_.captured, talks_.accepted));
            const double late = seconds(*direction.first - since);
            constexpr double milliseconds = 1000;
            if (late * milliseconds >= static_cast<double>(case_.threshold("media-late", "late_ms")))
                case_.find("media-late", {talks_.periods[one.period].begun_by, talks_.accepted},
                           {{"side", name_of(direction.from)}, {"seconds", late}});
            return;
        }
    }

    void look_at_loss(const Direction& direction) const {
        constexpr double hundred = 100;
        if (static_cast<long>(direction.packets) < case_.threshold("media-loss-slight", "packets")) return;
        const double percent = direction.loss() * hundred;
        for (const char* const rule : {"media-loss-heavy", "media-loss", "media-loss-slight"})
            if (percent >= static_cast<double>(case_.threshold(rule, "percent"))) {
                case_.find(rule, evidence(),
                           {{"side", name_of(direction.from)},
                            {"lost", static_cast<long>(direction.lost)},
                            {"expected", static_cast<long>(direction.expected)},
                            {"percent", percent}});
                break;
            }
        // What the receiver misses and the capture does not was lost behind the place of the capture. The number is
        // signed: who repeats packets may lose fewer than none (RFC 3550 6.4.1).
        constexpr std::uint32_t negative = 0x800000;
        const std::uint32_t reported = direction.reported_lost.value_or(0);
        if (reported >= negative || reported <= direction.lost) return;
        const double beyond =
            static_cast<double>(reported - direction.lost) / static_cast<double>(direction.expected) * hundred;
        if (beyond < static_cast<double>(case_.threshold("media-loss-beyond", "percent"))) return;
        case_.find("media-loss-beyond", evidence(),
                   {{"side", name_of(direction.from)},
                    {"reported", static_cast<long>(reported)},
                    {"lost", static_cast<long>(direction.lost)},
                    {"percent", beyond}});
    }

    void look_at_jitter(const Direction& direction) const {
        if (!direction.jitter_known) return;
        if (static_cast<long>(direction.packets) < case_.threshold("media-jitter", "packets")) return;
        if (direction.most_jitter < static_cast<double>(case_.threshold("media-jitter", "jitter_ms"))) return;
        case_.find("media-jitter", evidence(),
                   {{"side", name_of(direction.from)}, {"most", direction.most_jitter}, {"last", direction.jitter}});
    }

    const Announcement* announced_in(const Exchange& exchange, End end) const {
        const auto& all = stream_.announced_by(end);
        const auto found = std::ranges::find(all, exchange.message_of(end), &Announcement::message);
        return found == all.end() ? nullptr : &*found;
    }

    // Whether the description that held while nothing came leads the media to where the capture does not see it, past the
    // server that had carried it.
    bool led_away(const Direction& direction) const {
        const auto rest_of = [&](const Period& one) { return one.end - std::max(one.begin, *direction.last); };
        const Exchange& held = exchange_of(*std::ranges::max_element(talks_.periods, {}, rest_of));
        return std::ranges::any_of(ends, [&](End end) {
            const Announcement* const awaited = announced_in(held, end);
            const auto& all = stream_.announced_by(end);
            if (!awaited || std::ranges::count(all, awaited->address, &Announcement::address) == std::ssize(all))
                return false;
            return std::ranges::none_of(direction.flows, [&](const calls::FlowOf& one) {
                const capture::MediaFlow& flow = case_.captured.flows[one.flow];
                return !one.control && same_host(end == direction.from ? flow.from : flow.to, awaited->address);
            });
        });
    }

    // Whether it could have gone on until BYE and did not. Who sends comfort noise may have fallen silent.
    bool stopped(End end) const {
        const Direction& direction = stream_.from(end);
        if (!direction.before_end || direction.activity.empty() || !direction.activity.back().may_send) return false;
        for (const calls::SentType& type : direction.types)
            if (is_comfort_noise(type)) return false;
        if (led_away(direction)) return false;
        return seconds(*direction.before_end) >= static_cast<double>(case_.threshold("media-stopped", "seconds"));
    }
    void look_at_stop() const {
        if (!talks_.confirmed() || talks_.ended_by == calls::none || !is_rtp_to_the_end()) return;
        const std::string by = case_.party(case_.placed(talks_.ended_by).from);
        const bool caller = stopped(End::caller), callee = stopped(End::callee);
        if (!caller && !callee) return;
        const Direction& direction = stream_.from(caller ? End::caller : End::callee);
        case_.find("media-stopped", evidence(talks_.ended_by),
                   {{"side", caller && callee ? std::string("both") : name_of(direction.from)},
                    {"seconds", seconds(*direction.before_end)},
                    {"by", by}});
    }

    const Case& case_;
    const MediaSession& session_;
    const Negotiation& talks_;
    const Stream& stream_;
};

// A body that is encrypted (RFC 3261 23.3) or packed, and may hold a description.
bool is_hidden(const sip::Message& message) {
    constexpr std::string_view encrypted = "application/pkcs7-mime";
    const std::string_view type = message.header("Content-Type").value_or("");
    return message.header("Content-Encoding") || sip::same_token(type.substr(0, encrypted.size()), encrypted);
}

void look_at_offers(const Case& one, const Negotiation& talks) {
    for (const Exchange& exchange : talks.exchanges) {
        if (exchange.state != Exchange::State::unanswered) continue;
        const calls::Placed& offered = one.placed(exchange.offer);
        const calls::Placed& settled = one.placed(exchange.settled_by);
        // A log may leave bodies out, and a capture their ends.
        if (one.captured.messages[exchange.settled_by].rebuilt) continue;
        if (one.captured.messages[exchange.settled_by].missing > 0) continue;
        if (is_hidden(one.message(exchange.settled_by))) continue;
        // What a response says may answer an INVITE that came before the capture began.
        if (one.transaction(exchange.transaction).request == calls::none) continue;
        const sip::Message& message = one.message(exchange.settled_by);
        one.find("offer-unanswered", {exchange.offer, exchange.settled_by},
                 {{"offerer", one.party(offered.from)},
                  {"answerer", one.party(settled.from)},
                  {"where", message.is_request() ? message.method : std::to_string(message.status)}},
                 {"Content-Type"});
    }
}

}  // namespace

void look_at_media(const Case& one) {
    if (one.story().kind != calls::Kind::call) return;
    for (const MediaSession& session : one.media().sessions) {
        look_at_offers(one, session.negotiation);
        for (const Stream& stream : session.streams) Look(one, session, stream).look();
    }
}

}  // namespace sipdex::findings
