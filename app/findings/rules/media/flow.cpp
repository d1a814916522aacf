// What was sent, and where to, against what was agreed on.
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
using calls::time_of;
using capture::Time;

class Flow : StreamLook {
public:
    explicit Flow(const StreamLook& stream) : StreamLook(stream) {}

    void look() const {
        if (is_sound()) {
            look_at_early_media();
            look_at_silence();
            look_at_stop();
        }
        for (const End end : ends) {
            look_at_place(stream_.from(end));
            look_at_types(stream_.from(end));
            look_at_end(stream_.from(end));
            if (is_sound()) look_at_begin(stream_.from(end));
        }
    }

private:
    static Values with(Values values, const char* name, Value value) {
        values.emplace_back(name, std::move(value));
        return values;
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
};

}  // namespace

void look_at_flow(const StreamLook& stream) { Flow(stream).look(); }

}  // namespace sipdex::findings
