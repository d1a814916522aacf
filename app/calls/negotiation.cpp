#include "calls/negotiation.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "calls/outline.h"

namespace sipdex::calls {

namespace {

using Description = std::shared_ptr<const sip::SessionDescription>;
using State = Exchange::State;
using Between = std::pair<std::size_t, std::size_t>;

bool same_media(const Description& one, const Description& other) {
    if (!one || !other) return true;  // nothing contradicts
    return std::ranges::equal(
        one->media, other->media, [](const sip::MediaDescription& a, const sip::MediaDescription& b) {
            return a.address == b.address && a.direction == b.direction && a.protocol == b.protocol;
        });
}

bool same_description(const Description& one, const Description& other) {
    const auto formats = [](const sip::MediaDescription& media) {
        std::string all;
        for (const sip::Codec& codec : media.codecs) all += codec.format + ' ';
        return all;
    };
    return one && other && same_media(one, other) && std::ranges::equal(one->media, other->media, {}, formats, formats);
}

// A session as one hop shows it.
struct Leg {
    Negotiation negotiation;
    std::map<std::size_t, bool> invites;  // transactions of INVITE that it goes through; whether it is the first
};

class Negotiating {
public:
    Negotiating(const capture::Captured& captured, const Calls& calls, std::size_t story)
        : captured_(captured), calls_(calls), story_(story) {}

    std::vector<Negotiation> negotiate() {
        for (const std::size_t message : calls_.stories[story_].messages) take(message);
        add_unanswered();
        merge();
        for (Negotiation& one : merged_) conclude(one);
        std::ranges::stable_sort(merged_, {}, [](const Negotiation& one) { return one.exchanges.front().offer; });
        return std::move(merged_);
    }

private:
    struct Taken {
        std::size_t message, transaction;
        Between between;
        End sender;  // by the dialog, where it has one
        int status;
        Description said;
    };

    void take(std::size_t message) {
        const Placed& placed = calls_.placed[message];
        // Of one Call-ID: somebody makes up dialogs or offers without end.
        constexpr std::size_t most_legs = 1024, most_offers = 4096;
        if (placed.transaction == none || legs_.size() >= most_legs || offers_ >= most_offers) return;
        if (placed.repeat == Repeat::copy || placed.repeat == Repeat::retransmission) return;
        const Transaction& transaction = calls_.transactions[placed.transaction];
        const std::string_view method = placed.method;
        const bool bears = method == "INVITE" || method == "ACK" || method == "PRACK" || method == "UPDATE";
        if (!bears && method != "BYE") return;
        // The ends of the transaction, for a response may go to another port than the request came from.
        Between between(transaction.client, transaction.server);
        if (placed.repeat == Repeat::relayed) between = {placed.from, placed.to};
        if (between.second < between.first) std::swap(between.first, between.second);
        Taken taken{message, placed.transaction, between, End::caller, placed.status, {}};
        if (bears && placed.has_body) taken.said = said_in(message);
        const bool is_request = placed.status == 0;
        if (placed.dialog != none) {
            const bool by_caller = transaction.from_tag == calls_.dialogs[placed.dialog].caller_tag;
            taken.sender = by_caller == is_request ? End::caller : End::callee;
        }
        if (is_request) take_request(method, taken, placed.dialog);
        else if (method == "INVITE") take_invite_response(taken, placed.dialog);
        else if (method == "UPDATE" || method == "PRACK") take_response(taken, placed.dialog);
    }

    // A proxy carries the description on as it is, so it is read once.
    Description said_in(std::size_t message) {
        const auto body = sip::sdp_in_message(captured_.messages[message].octets);
        if (!body) return {};
        const auto known = std::ranges::find(read_, *body, &std::pair<std::string_view, Description>::first);
        if (known != read_.end()) return known->second;
        auto read = sip::read_sdp(*body);
        Description said = read ? std::make_shared<const sip::SessionDescription>(std::move(*read)) : nullptr;
        constexpr std::size_t remembered = 8;
        if (read_.size() < remembered) read_.emplace_back(*body, said);
        return said;
    }

    void take_request(std::string_view method, const Taken& taken, std::size_t dialog) {
        if (method == "BYE") {
            for (Leg& leg : legs_)
                if (leg.negotiation.dialog == dialog && leg.negotiation.ended_by == none)
                    leg.negotiation.ended_by = taken.message;
            return;
        }
        if (method == "INVITE" && !calls_.transactions[taken.transaction].in_dialog) {
            first_offers_.emplace(std::pair(taken.transaction, taken.between), taken);
            return;
        }
        if (dialog == none) return;
        if (method == "ACK") return take_ack(taken, dialog);
        if (method != "INVITE" && !taken.said) return;
        if (method != "INVITE" && method != "UPDATE" && method != "PRACK") return;
        Leg& leg = leg_of(dialog, taken.between);
        if (method == "INVITE") leg.invites.emplace(taken.transaction, false);
        if (!taken.said) return;
        // RFC 3262 5: a PRACK answers the offer of the response that it acknowledges.
        Exchange* const open = method == "PRACK" ? offered_by(leg, other(taken.sender)) : nullptr;
        if (open) answer(*open, taken);
        else offer(leg, taken);
    }

    void take_ack(const Taken& taken, std::size_t dialog) {
        Leg* const leg = find(dialog, taken.between);
        if (!leg) return;
        if (leg->negotiation.acknowledged == none && leg->negotiation.accepted != none)
            leg->negotiation.acknowledged = taken.message;
        Exchange* const open = offered_by(*leg, other(taken.sender));
        if (!open || calls_.transactions[open->transaction].method != "INVITE") return;
        if (taken.said) answer(*open, taken);
        else leave_unanswered(*open, taken.message);
    }

    void take_invite_response(const Taken& taken, std::size_t dialog) {
        if (taken.status >= 300) return refuse_invite(taken);
        if (dialog == none || taken.status <= 100) return;
        Leg& leg = leg_for_response(taken, dialog);
        Exchange* const known = last_of(leg, taken.transaction);
        if (taken.said) take_invite_answer(leg, known, taken);
        else if (known && taken.status >= 200 && known->state == State::open && known->offered_by != taken.sender)
            leave_unanswered(*known, taken.message);
        if (taken.status >= 200 && leg.negotiation.accepted == none && leg.invites[taken.transaction])
            leg.negotiation.accepted = taken.message;
    }

    void take_invite_answer(Leg& leg, Exchange* known, const Taken& taken) {
        if (!known) return offer(leg, taken);
        if (known->offered_by == taken.sender) {
            // RFC 6337 2.2: what an unreliable response said was a preview of the offer.
            if (known->state != State::open || same_description(known->offered, taken.said)) return;
            known->offer = taken.message;
            known->offered = taken.said;
        } else if (known->state == State::open) answer(*known, taken);
        else if (known->state == State::answered && !same_description(known->answered, taken.said)) {
            ++offers_;
            Exchange again = *known;
            again.again = true;
            leg.negotiation.exchanges.push_back(std::move(again));
            answer(leg.negotiation.exchanges.back(), taken);
        }
    }

    // RFC 3261 14.1, RFC 6141 3.4: a refused INVITE leaves what held before.
    void refuse_invite(const Taken& taken) {
        bool known = false;
        for (Leg& leg : legs_) {
            const auto invite = leg.invites.find(taken.transaction);
            if (invite == leg.invites.end() || !goes_through(leg, taken.between)) continue;
            known = true;
            for (Exchange& one : leg.negotiation.exchanges) {
                if (one.transaction != taken.transaction) continue;
                if (one.state == State::open) refuse(one, taken);
                else if (one.state == State::answered) one.undone_by = taken.message;
            }
            if (invite->second && leg.negotiation.ended_by == none) leg.negotiation.ended_by = taken.message;
        }
        const auto first = first_offers_.find({taken.transaction, taken.between});
        if (known || first == first_offers_.end() || !first->second.said) return;
        Leg& leg = leg_without_dialog(first->second);
        refuse(leg.negotiation.exchanges.back(), taken);
        leg.negotiation.ended_by = taken.message;
    }

    void take_response(const Taken& taken, std::size_t dialog) {
        Leg* const leg = find(dialog, taken.between);
        Exchange* const known = leg ? last_of(*leg, taken.transaction) : nullptr;
        if (!known || known->state != State::open || taken.status < 200) return;
        if (taken.status >= 300) refuse(*known, taken);
        else if (taken.said) answer(*known, taken);
        else leave_unanswered(*known, taken.message);
    }

    void offer(Leg& leg, const Taken& taken) {
        ++offers_;
        Exchange& one = leg.negotiation.exchanges.emplace_back();
        one.offer = taken.message;
        one.offered_by = taken.sender;
        one.transaction = taken.transaction;
        one.offered = taken.said;
    }
    static void answer(Exchange& one, const Taken& taken) {
        one.state = State::answered;
        one.answer = taken.message;
        one.answered = taken.said;
        one.agreed = sip::agreed(*one.offered, *one.answered);
    }
    static void refuse(Exchange& one, const Taken& taken) {
        one.state = State::refused;
        one.settled_by = taken.message;
        one.status = taken.status;
    }
    static void leave_unanswered(Exchange& one, std::size_t message) {
        one.state = State::unanswered;
        one.settled_by = message;
    }

    static bool goes_through(const Leg& leg, Between between) { return leg.negotiation.between.front() == between; }
    Leg* find(std::size_t dialog, Between between) {
        for (Leg& leg : legs_)
            if (dialog != none && leg.negotiation.dialog == dialog && goes_through(leg, between)) return &leg;
        return nullptr;
    }
    Leg& make(std::size_t dialog, Between between) {
        Leg& leg = legs_.emplace_back();
        leg.negotiation.story = story_;
        leg.negotiation.dialog = dialog;
        leg.negotiation.between.push_back(between);
        return leg;
    }
    Leg& leg_of(std::size_t dialog, Between between) {
        Leg* const known = find(dialog, between);
        return known ? *known : make(dialog, between);
    }
    Leg& leg_without_dialog(const Taken& first) {
        Leg& leg = make(none, first.between);
        leg.invites.emplace(first.transaction, true);
        offer(leg, first);
        return leg;
    }
    // The first response of a dialog takes the offer of the INVITE with it; each fork answers the same.
    Leg& leg_for_response(const Taken& taken, std::size_t dialog) {
        if (Leg* const known = find(dialog, taken.between)) {
            known->invites.emplace(taken.transaction, false);
            return *known;
        }
        Leg& leg = make(dialog, taken.between);
        const bool first = !calls_.transactions[taken.transaction].in_dialog;
        leg.invites.emplace(taken.transaction, first);
        const auto known = first_offers_.find({taken.transaction, taken.between});
        if (known != first_offers_.end() && known->second.said) offer(leg, known->second);
        return leg;
    }
    static Exchange* last_of(Leg& leg, std::size_t transaction) {
        auto& all = leg.negotiation.exchanges;
        const auto found =
            std::find_if(all.rbegin(), all.rend(), [&](const Exchange& one) { return one.transaction == transaction; });
        return found == all.rend() ? nullptr : &*found;
    }
    static Exchange* offered_by(Leg& leg, End end) {
        auto& all = leg.negotiation.exchanges;
        const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Exchange& one) {
            return one.offered_by == end && one.state == State::open;
        });
        return found == all.rend() ? nullptr : &*found;
    }

    // INVITEs to which nothing came that makes a dialog or refuses them.
    void add_unanswered() {
        for (const auto& [place, first] : first_offers_) {
            const bool known =
                std::ranges::any_of(legs_, [transaction = place.first, between = first.between](const Leg& leg) {
                    return leg.invites.contains(transaction) && goes_through(leg, between);
                });
            if (!known && first.said) leg_without_dialog(first);
        }
    }

    // What tells the same exchange at several hops: they have the number of its request in common.
    struct Name {
        std::uint32_t cseq;
        std::string_view method;
        End offered_by;
        bool again;
        bool operator==(const Name&) const = default;
    };
    Name name_of(const Exchange& one) const {
        const Transaction& transaction = calls_.transactions[one.transaction];
        return {transaction.cseq, transaction.method, one.offered_by, one.again};
    }

    void merge() {
        std::erase_if(legs_, [](const Leg& leg) { return leg.negotiation.exchanges.empty(); });
        std::ranges::stable_sort(legs_, {}, [](const Leg& leg) { return leg.negotiation.exchanges.front().offer; });
        for (Leg& leg : legs_) {
            Negotiation* const place = place_for(leg.negotiation);
            if (place) join(*place, std::move(leg.negotiation));
            else merged_.push_back(std::move(leg.negotiation));
        }
    }

    Negotiation* place_for(const Negotiation& leg) {
        Negotiation* beside = nullptr;
        for (Negotiation& one : merged_) {
            if (one.dialog != leg.dialog) continue;
            std::size_t common = 0, alike = 0;
            for (const Exchange& mine : leg.exchanges)
                for (const Exchange& theirs : one.exchanges) {
                    if (name_of(mine) != name_of(theirs)) continue;
                    ++common;
                    if (same_media(mine.offered, theirs.offered) && same_media(mine.answered, theirs.answered)) ++alike;
                }
            if (common > 0 && common == alike) return &one;
            // A later request that goes another way than the first, past a proxy that does not stay on the path.
            const bool meets = std::ranges::any_of(one.between, [&](const Between& pair) {
                const Between own = leg.between.front();
                return pair.first == own.first || pair.first == own.second || pair.second == own.first ||
                       pair.second == own.second;
            });
            if (common == 0 && leg.dialog != none && (meets || !beside)) beside = &one;
        }
        return beside;
    }

    void join(Negotiation& one, Negotiation leg) {
        one.between.push_back(leg.between.front());
        for (Exchange& more : leg.exchanges) {
            const auto known = std::ranges::find(one.exchanges, name_of(more),
                                                 [&](const Exchange& exchange) { return name_of(exchange); });
            if (known == one.exchanges.end()) one.exchanges.push_back(std::move(more));
            else if (known->state == State::open && more.state != State::open) {
                const std::size_t offer = known->offer;
                *known = std::move(more);
                known->offer = offer;
            }
        }
        std::ranges::stable_sort(one.exchanges, {}, &Exchange::offer);
        one.accepted = std::min(one.accepted, leg.accepted);
        one.acknowledged = std::min(one.acknowledged, leg.acknowledged);
        one.ended_by = std::min(one.ended_by, leg.ended_by);
    }

    void conclude(Negotiation& one) const {
        one.begin = time_of(captured_, one.exchanges.front().offer);
        one.end = one.ended_by == none ? last_captured() : time_of(captured_, one.ended_by);
        // What begins to hold, and what no longer does, in order.
        std::vector<std::tuple<std::size_t, std::size_t, bool>> changes;
        for (std::size_t place = 0; place < one.exchanges.size(); ++place) {
            if (one.exchanges[place].state != State::answered) continue;
            changes.emplace_back(one.exchanges[place].answer, place, true);
            if (one.exchanges[place].undone_by != none)
                changes.emplace_back(one.exchanges[place].undone_by, place, false);
        }
        std::ranges::sort(changes);
        std::vector<std::size_t> holding;
        for (const auto& [message, exchange, begins] : changes) {
            if (one.ended_by != none && message > one.ended_by) break;
            if (begins) holding.push_back(exchange);
            else std::erase(holding, exchange);
            end_period(one, message);
            if (!holding.empty())
                one.periods.push_back({holding.back(), message, none, time_of(captured_, message), {}});
        }
        end_period(one, one.ended_by);
    }

    void end_period(Negotiation& one, std::size_t message) const {
        if (one.periods.empty() || one.periods.back().ended_by != none) return;
        one.periods.back().ended_by = message;
        one.periods.back().end = message == none ? one.end : time_of(captured_, message);
    }

    capture::Time last_captured() const {
        capture::Time last = calls_.stories[story_].last;
        for (std::size_t file = 0; file < captured_.files.size(); ++file)
            last = std::max(
                last, at_first_clock(captured_, static_cast<std::uint32_t>(file), captured_.files[file].summary.last));
        return last;
    }

    const capture::Captured& captured_;
    const Calls& calls_;
    std::size_t story_;
    std::map<std::pair<std::size_t, Between>, Taken> first_offers_;  // INVITEs without To tag, also those without offer
    std::vector<Leg> legs_;
    std::size_t offers_ = 0;
    std::vector<std::pair<std::string_view, Description>> read_;  // the first descriptions, by their octets
    std::vector<Negotiation> merged_;
};

}  // namespace

std::vector<Negotiation> negotiations_of(const capture::Captured& captured, const Calls& calls, std::size_t story) {
    return Negotiating(captured, calls, story).negotiate();
}

capture::Time at_first_clock(const capture::Captured& captured, std::uint32_t file, capture::Time time) {
    if (file >= captured.files.size()) return time;
    return time - captured.files[file].clock_ahead.value_or(capture::Time{});
}

capture::Time time_of(const capture::Captured& captured, std::size_t message) {
    return at_first_clock(captured, captured.messages[message].file, captured.messages[message].time);
}

}  // namespace sipdex::calls
