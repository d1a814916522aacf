// What keeps a change from being made.
#include "simulator/what_if/party_options.h"
#include "simulator/what_if/what_if.h"

namespace sipdex::simulator {

namespace {

using What = ChangeProblem::What;

ChangeProblem problem(What what, std::string subject, std::string of = {}, std::vector<std::string> known = {}) {
    ChangeProblem found{what, std::move(subject), std::move(of), std::move(known), {}};
    found.meant = source::nearest(found.subject, found.known).value_or("");
    return found;
}

class Critic {
public:
    explicit Critic(const Exchange& exchange) : exchange_(exchange) {}

    ChangeProblem operator()(const Answers& change) const {
        const PartyPlan* const party = party_of(exchange_, change.party);
        if (!party) return unknown(change.party);
        if (auto only = only_calls(*party); only.what != What::none) return only;
        if (change.status != 0 && (change.status < 100 || change.status > 699))
            return problem(What::wrong_status, std::to_string(change.status));
        if (change.status != 0 && change.phrase.empty())
            return problem(What::needs_phrase, std::to_string(change.status));
        if (change.status == 0 && (!picks_up(*party) || !final_of(answers_of(*party))))
            return problem(What::nothing_to_delay, change.party);
        if (change.status >= 200 && change.status < 300 && !picks_up(*party))
            return problem(What::cannot_accept, change.party, {}, those_who_pick_up());
        return {};
    }
    ChangeProblem operator()(const NeverAnswers& change) const {
        const PartyPlan* const party = party_of(exchange_, change.party);
        return party ? only_calls(*party) : unknown(change.party);
    }
    ChangeProblem operator()(const Switched& change) const {
        return party_of(exchange_, change.party) ? ChangeProblem{} : unknown(change.party);
    }
    ChangeProblem operator()(const LinkTakes& change) const {
        for (const std::string& id : {change.one, change.other})
            if (!party_of(exchange_, id)) return unknown(id);
        return {};
    }
    ChangeProblem operator()(const Loses& change) const {
        if (change.message.empty()) return {};
        const auto pattern = read_pattern(change.message);
        if (!pattern) return problem(What::wrong_message, change.message);
        for (const std::string& id : {pattern->from, pattern->to})
            if (!id.empty() && !party_of(exchange_, id)) return unknown(id);
        return {};
    }
    ChangeProblem operator()(const Sets& change) const {
        Exchange trial = exchange_;
        PartyPlan* const party = party_of(trial, change.party);
        if (!party) return unknown(change.party);
        const OptionPlace place = place_of(trial, *party, change.option);
        if (!place.table) return problem(What::unknown_option, change.option, change.party, place.known);
        if (!set_option(trial, *party, place, change.option, change.value))
            return problem(What::wrong_value, change.value, change.option);
        return {};
    }

private:
    ChangeProblem unknown(const std::string& id) const {
        std::vector<std::string> ids;
        for (const PartyPlan& party : exchange_.parties) ids.push_back(party.id);
        return problem(What::unknown_party, id, {}, ids);
    }
    // A user agent without `answers` has nobody who could answer; its place cannot be taken, for then nobody calls.
    ChangeProblem only_calls(const PartyPlan& party) const {
        if (picks_up(party) || !is_user_agent(party)) return {};
        std::vector<std::string> others;
        for (const PartyPlan& other : exchange_.parties)
            if (picks_up(other) || !is_user_agent(other)) others.push_back(other.id);
        return problem(What::only_calls, party.id, {}, others);
    }
    std::vector<std::string> those_who_pick_up() const {
        std::vector<std::string> ids;
        for (const PartyPlan& party : exchange_.parties)
            if (picks_up(party)) ids.push_back(party.id);
        return ids;
    }

    const Exchange& exchange_;
};

}  // namespace

ChangeProblem problem_of(const Change& change, const Exchange& exchange) {
    return std::visit(Critic(exchange), change);
}

}  // namespace sipdex::simulator
