#include "simulator/what_if/changeable.h"

#include <algorithm>
#include <optional>

#include "facts/facts.h"
#include "simulator/plan/option_table.h"
#include "simulator/what_if/party_options.h"
#include "simulator/what_if/what_if.h"

namespace sipdex::simulator {

namespace {

using Takes = ChangeableOption::Takes;

bool can(const Exchange& exchange, Change change) {
    return problem_of(change, exchange).what == ChangeProblem::What::none;
}

// Kinds do not say what an option takes; they say what is wrong with a value. So each is offered a value of every sort.
std::optional<Takes> taken_by(const Exchange& exchange, const std::string& party, const std::string& option,
                              const std::string& value) {
    const auto takes = [&](const char* text) { return can(exchange, Sets{party, option, text}); };
    for (const char* text : {"x", "sip:x@example.com", "x, y"})
        if (takes(text)) return Takes::text;
    if (takes("1s")) return Takes::duration;
    if (takes("1")) return Takes::number;
    if (takes("true")) return Takes::flag;
    // One of a few words: the one that it has shows that there are such.
    if (!value.empty() && takes(value.c_str())) return Takes::text;
    return std::nullopt;
}

std::vector<ChangeableOption> options_of(const Exchange& exchange, const PartyPlan& plan) {
    Exchange trial = exchange;
    PartyPlan& party = *party_of(trial, plan.id);
    std::vector<std::string> names = place_of(trial, party, "").known;
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::vector<ChangeableOption> options;
    for (const std::string& name : names) {
        if (name == "choose" || name == "off") continue;
        const source::Value* const value = option_in(*place_of(trial, party, name).table, name);
        ChangeableOption option{name, value ? written(*value) : std::string(), Takes::text};
        // What is there and cannot be written in one line is a table.
        if (value && option.value.empty()) continue;
        const auto takes = taken_by(exchange, plan.id, name, option.value);
        if (!takes) continue;
        option.takes = *takes;
        options.push_back(std::move(option));
    }
    return options;
}

bool is_off(const PartyPlan& party) {
    const source::Value* const off = option_in(party.options, "off");
    return off && written(*off) == "true";
}

}  // namespace

std::vector<Changeable> changeables(const Exchange& exchange) {
    std::vector<Changeable> all;
    for (const PartyPlan& party : exchange.parties) {
        Changeable one{party.id,
                       can(exchange, NeverAnswers{party.id}),
                       can(exchange, Answers{party.id, 200, facts::reason_phrase(200), {}, {}}),
                       can(exchange, Answers{party.id, 0, {}, Time{}, {}}),
                       is_off(party),
                       can(exchange, Sets{party.id, "choose", "none"}),
                       options_of(exchange, party)};
        all.push_back(std::move(one));
    }
    return all;
}

bool loses_messages(const Exchange& exchange) {
    return !exchange.network.losses.empty() || exchange.network.loss_percent > 0;
}

}  // namespace sipdex::simulator
