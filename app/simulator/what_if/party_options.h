// What a party of an exchange can be told: whether it answers, and every option of it and of what it does.
#pragma once
#include <string>
#include <vector>

#include "simulator/plan/answer.h"
#include "simulator/plan/exchange.h"

namespace sipdex::simulator {

PartyPlan* party_of(Exchange& exchange, const std::string& id);  // null for an unknown one
const PartyPlan* party_of(const Exchange& exchange, const std::string& id);

bool picks_up(const PartyPlan& party);  // a phone, a gateway: it has `answers`
bool is_user_agent(const PartyPlan& party);

std::vector<Answer> answers_of(const PartyPlan& party);
void set_answers(PartyPlan& party, const std::vector<Answer>& answers);
const Answer* final_of(const std::vector<Answer>& answers);  // null where there is none

// Where an option stands, or could stand.
struct OptionPlace {
    source::Value* table = nullptr;  // null for an unknown option
    std::size_t action = 0;          // past the last: the party's own options
    std::vector<std::string> known;  // all options of the party and of what it does
};
OptionPlace place_of(Exchange& exchange, PartyPlan& party, const std::string& option);

// Sets an option to what a person wrote, "none" leaving it out; false when the party does not take the value.
bool set_option(const Exchange& exchange, const PartyPlan& party, const OptionPlace& place, const std::string& option,
                const std::string& value);

}  // namespace sipdex::simulator
