#include "simulator/what_if/what_if.h"

#include <algorithm>

#include "simulator/plan/option_table.h"
#include "simulator/what_if/party_options.h"

namespace sipdex::simulator {

namespace {

// A final answer takes the place of the one before; whatever would have come after it is not said any more. A
// provisional one joins the others.
std::vector<Answer> answered(std::vector<Answer> before, const Answers& change) {
    const Answer* const last = final_of(before);
    Answer now = change.status == 0 && last ? *last : Answer{{}, change.status, change.phrase, change.headers, {}, {}};
    now.after = change.after.value_or(last ? last->after : Time{});
    const bool provisional = now.status < 200;
    if (provisional && !change.after) now.after = Time{};
    std::erase_if(before, [&](const Answer& answer) {
        return provisional ? answer.status == now.status : answer.status >= 200 || answer.after >= now.after;
    });
    before.push_back(std::move(now));
    std::stable_sort(before.begin(), before.end(), [](const Answer& a, const Answer& b) { return a.after < b.after; });
    return before;
}

// Each change made, as it is in the table of kinds: what a party does is its kind's own business.
class Maker {
public:
    explicit Maker(Exchange& exchange) : exchange_(exchange) {}

    void operator()(const Answers& change) {
        PartyPlan& party = *party_of(exchange_, change.party);
        if (change.status == 0 && !final_of(answers_of(party))) return;
        if (picks_up(party)) return set_answers(party, answered(answers_of(party), change));
        party.played_by = "stand-in";
        set_answers(party, answered({}, change));
    }
    void operator()(const NeverAnswers& change) {
        PartyPlan& party = *party_of(exchange_, change.party);
        std::vector<Answer> rest;
        if (picks_up(party)) rest = answers_of(party);
        else party.played_by = "stand-in";
        std::erase_if(rest, [](const Answer& answer) { return answer.status >= 200; });
        set_answers(party, rest);
    }
    void operator()(const Switched& change) {
        PartyPlan& party = *party_of(exchange_, change.party);
        source::Value off;
        off.is = change.off;
        put_option(party.options, "off", off);
        if (!is_user_agent(party)) party.played_by = change.off ? "stand-in" : "";
        // Who is off does nothing either.
        if (change.off)
            std::erase_if(exchange_.actions, [&](const ActionPlan& action) { return action.party == change.party; });
    }
    void operator()(const LinkTakes& change) {
        auto& links = exchange_.network.links;
        const auto found = std::find_if(links.begin(), links.end(), [&](const NetworkPlan::Link& link) {
            return (link.one == change.one && link.other == change.other) ||
                   (link.one == change.other && link.other == change.one);
        });
        if (found != links.end()) found->latency = change.latency;
        else links.push_back({change.one, change.other, change.latency, exchange_.network.transport});
    }
    void operator()(const Loses& change) {
        if (change.message.empty()) {
            exchange_.network.losses.clear();
            exchange_.network.loss_percent = 0;
            return;
        }
        Loss loss{*read_pattern(change.message), {}};
        if (change.nth > 0) loss.nth.push_back(change.nth);
        exchange_.network.losses.push_back(std::move(loss));
    }
    void operator()(const Sets& change) {
        PartyPlan& party = *party_of(exchange_, change.party);
        if (const OptionPlace place = place_of(exchange_, party, change.option); place.table)
            set_option(exchange_, party, place, change.option, change.value);
    }

private:
    Exchange& exchange_;
};

}  // namespace

Exchange changed(Exchange exchange, const std::vector<Change>& changes) {
    for (const Change& change : changes) std::visit(Maker(exchange), change);
    return exchange;
}

}  // namespace sipdex::simulator
