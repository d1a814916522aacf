#include "findings/hops.h"

#include <algorithm>
#include <charconv>

#include "sip/name_addr.h"

namespace sipdex::findings {

using calls::Transaction;

std::vector<const Transaction*> sent_on(const Case& one, const Transaction& request) {
    std::vector<const Transaction*> all;
    for (const std::size_t index : one.carried_on(static_cast<std::size_t>(&request - one.calls.transactions.data())))
        if (one.transaction(index).request != calls::none) all.push_back(&one.transaction(index));
    return all;
}

std::vector<const Transaction*> requests_of(const Case& one, std::string_view method, bool first_hop) {
    std::vector<const Transaction*> all;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& other = one.transaction(index);
        if (other.method == method && other.request != calls::none && (!first_hop || other.parent == calls::none))
            all.push_back(&other);
    }
    return all;
}

namespace {

// The hop behind from which a final response came; nullptr where it was given here.
const Transaction* passed_back_by(const Case& one, const Transaction& hop) {
    if (!hop.has_final()) return nullptr;
    const auto tag_of = [&](const Transaction& each) { return sip::tag_in(one.message(each.final), "To"); };
    for (const Transaction* behind : sent_on(one, hop))
        if (behind->has_final() && behind->status == hop.status && tag_of(*behind) == tag_of(hop)) return behind;
    return nullptr;
}

bool of_different_hosts(const Case& one, std::size_t party, std::size_t other) {
    return party != calls::none && other != calls::none &&
           !capture::same_host(one.calls.parties[party].address, one.calls.parties[other].address);
}

bool accepted(const Transaction& one) { return one.has_final() && one.status < 300; }

}  // namespace

bool passed_back(const Case& one, const Transaction& hop) { return passed_back_by(one, hop) != nullptr; }

const Transaction& given_at(const Case& one, const Transaction& hop) {
    const Transaction* last = &hop;
    while (const Transaction* behind = passed_back_by(one, *last)) last = behind;
    return *last;
}

bool accepted_elsewhere(const Case& one, const Transaction& of) {
    const auto beside = [&](const Transaction& hop) {
        return std::ranges::any_of(one.calls.stories[of.story].transactions, [&](std::size_t index) {
            const Transaction& other = one.transaction(index);
            return accepted(other) && other.method == hop.method && other.cseq == hop.cseq &&
                   other.from_tag == hop.from_tag && other.client == hop.client && other.server != hop.server;
        });
    };
    if (beside(of)) return true;
    for (std::size_t before = of.parent; before != calls::none; before = one.transaction(before).parent)
        if (accepted(one.transaction(before)) || beside(one.transaction(before))) return true;
    return false;
}

bool of_one_host(const Case& one, std::size_t party, std::size_t other) {
    return party != calls::none && other != calls::none &&
           capture::same_host(one.calls.parties[party].address, one.calls.parties[other].address);
}

bool failed_behind(const Case& one) {
    using calls::Outcome;
    return std::ranges::any_of(one.legs_of(one.number()), [&](std::size_t leg) {
        // Calls that one host makes to itself look alike, whatever each is about.
        const calls::Story& behind = one.calls.stories[one.calls.links[leg].second];
        if (!of_different_hosts(one, one.story().from, behind.from)) return false;
        const Outcome outcome = behind.outcome;
        return outcome == Outcome::refused || outcome == Outcome::unanswered || outcome == Outcome::trying ||
               outcome == Outcome::cancelled;
    });
}

const Transaction* cancel_of(const Case& one, const Transaction& hop) {
    return hop.cancelled_by == calls::none ? nullptr : &one.transaction(hop.cancelled_by);
}

std::size_t next_request(const Case& one, std::size_t after, std::string_view method) {
    const std::vector<std::size_t>& all = one.story().messages;
    const auto found = std::find_if(std::ranges::upper_bound(all, after), all.end(), [&](std::size_t index) {
        const calls::Placed& placed = one.placed(index);
        return placed.repeat == calls::Repeat::original && placed.status == 0 && placed.method == method;
    });
    return found == all.end() ? calls::none : *found;
}

std::size_t next_bye(const Case& one, std::size_t after) {
    for (std::size_t bye = after; (bye = next_request(one, bye, "BYE")) != calls::none;)
        if (one.placed(bye).dialog == one.placed(after).dialog) return bye;
    return calls::none;
}

bool is_timed(const Case& one, std::size_t message) {
    return one.captured.messages[message].clock != capture::Clock::none;
}

std::optional<long> seconds_in(const sip::Message& message, std::string_view field) {
    const auto value = message.header(field);
    if (!value) return std::nullopt;
    long number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error != std::errc() || number < 0) return std::nullopt;
    return number;
}

}  // namespace sipdex::findings
