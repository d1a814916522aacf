#include "simulator/what_if.h"

#include <algorithm>

#include "simulator/answer.h"
#include "simulator/kinds.h"
#include "simulator/party.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

using What = ChangeProblem::What;

// Tables as values: an exchange keeps the options of parties and actions as they were read.

Value text_value(std::string text) {
    Value value;
    value.is = std::move(text);
    return value;
}

Value duration_value(Time time) { return text_value(duration_text(time)); }

Value list_value(const std::vector<std::string>& texts) {
    std::vector<Value> values;
    for (const std::string& text : texts) values.push_back(text_value(text));
    Value value;
    value.is = std::move(values);
    return value;
}

const Value* find(const Value& table, std::string_view key) {
    const auto* entries = table.table();
    if (!entries) return nullptr;
    const auto at = std::find_if(entries->begin(), entries->end(), [&](const Entry& entry) { return entry.key == key; });
    return at == entries->end() ? nullptr : &at->value;
}

void remove(Value& table, std::string_view key) {
    if (auto* entries = std::get_if<std::vector<Entry>>(&table.is)) std::erase_if(*entries, [&](const Entry& entry) { return entry.key == key; });
}

void set(Value& table, const std::string& key, Value value) {
    remove(table, key);
    if (!table.table()) table.is = std::vector<Entry>{};
    std::get<std::vector<Entry>>(table.is).push_back({key, std::move(value), table.line, table.column});
}

PartyPlan* party_of(Exchange& exchange, const std::string& id) {
    for (PartyPlan& party : exchange.parties)
        if (party.id == id) return &party;
    return nullptr;
}

const PartyPlan* party_of(const Exchange& exchange, const std::string& id) {
    for (const PartyPlan& party : exchange.parties)
        if (party.id == id) return &party;
    return nullptr;
}

bool knows(void (*check)(Fields&), const std::string& option) {
    const Value nothing;
    std::vector<Problem> ignored;
    Fields fields(nothing, "", ignored);
    check(fields);
    return std::find(fields.asked().begin(), fields.asked().end(), option) != fields.asked().end();
}

bool picks_up(const PartyPlan& party) { return knows(kind_named(party.kind)->check, "answers"); }
bool is_user_agent(const PartyPlan& party) { return knows(kind_named(party.kind)->check, "off"); }

// Answers

std::vector<Answer> answers_of(const PartyPlan& party) {
    std::vector<Problem> ignored;
    Fields fields(party.options, "", ignored);
    return read_answers(fields, "answers");
}

Value value_of(const Answer& answer) {
    Value table;
    set(table, "after", duration_value(answer.after));
    Value status;
    status.is = static_cast<long long>(answer.status);
    set(table, "status", status);
    set(table, "phrase", text_value(answer.phrase));
    if (!answer.headers.empty()) set(table, "headers", list_value(answer.headers));
    if (!answer.body.empty()) {
        set(table, "content_type", text_value(answer.content_type));
        set(table, "body", text_value(answer.body));
    }
    return table;
}

void set_answers(PartyPlan& party, const std::vector<Answer>& answers) {
    std::vector<Value> values;
    for (const Answer& answer : answers) values.push_back(value_of(answer));
    Value value;
    value.is = std::move(values);
    set(party.options, "answers", std::move(value));
}

const Answer* final_of(const std::vector<Answer>& answers) {
    const auto found = std::find_if(answers.begin(), answers.end(), [](const Answer& answer) { return answer.status >= 200; });
    return found == answers.end() ? nullptr : &*found;
}

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

// Options

constexpr std::string_view fixed[] = {"id", "kind", "name", "address", "host", "party", "does", "at", "answers"};

struct Place {
    Value* table = nullptr;
    std::size_t action = 0;             // past the last: the party's own options
    std::vector<std::string> known;     // all options of the party and of what it does
};

std::vector<std::string> asked_by(const Exchange& exchange, const PartyPlan& party, std::size_t action, const Value& table, std::size_t& problems) {
    std::vector<Problem> found;
    Fields fields(table, "", found);
    if (action < exchange.actions.size()) kind_named(party.kind)->check_action(exchange.actions[action].does, fields);
    else kind_named(party.kind)->check(fields);
    problems = found.size();
    std::vector<std::string> asked = fields.asked();
    std::erase_if(asked, [](const std::string& key) { return std::find(std::begin(fixed), std::end(fixed), key) != std::end(fixed); });
    return asked;
}

// Where an option stands, or could stand: actions before the party, what is there before what could be.
Place place_of(Exchange& exchange, PartyPlan& party, const std::string& option) {
    Place place;
    bool there = false;
    const auto look = [&](Value& table, std::size_t action) {
        std::size_t ignored = 0;
        const auto known = asked_by(exchange, party, action, table, ignored);
        place.known.insert(place.known.end(), known.begin(), known.end());
        if (std::find(known.begin(), known.end(), option) == known.end()) return;
        const bool has = find(table, option) != nullptr;
        if (place.table && (there || !has)) return;
        place.table = &table;
        place.action = action;
        there = has;
    };
    for (std::size_t i = 0; i < exchange.actions.size(); ++i)
        if (exchange.actions[i].party == party.id) look(exchange.actions[i].options, i);
    look(party.options, exchange.actions.size());
    return place;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0, comma; begin <= text.size(); begin = comma + 1) {
        comma = std::min(text.find(',', begin), text.size());
        parts.emplace_back(sip::trimmed(std::string_view(text).substr(begin, comma - begin)));
    }
    return parts;
}

// What a text may stand for, the likeliest first; the kind of party says which of them it takes.
std::vector<std::optional<Value>> readings_of(const std::string& text) {
    std::vector<std::optional<Value>> readings = {text_value(text)};
    if (!text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos) {
        Value number;
        number.is = std::stoll(text);
        readings.emplace_back(number);
    }
    if (text == "true" || text == "false") {
        Value flag;
        flag.is = text == "true";
        readings.emplace_back(flag);
    }
    if (text.find(',') != std::string::npos) readings.insert(readings.begin(), list_value(split(text)));
    if (text == "none") readings.emplace_back(std::nullopt);    // left out
    return readings;
}

// Sets it and tells whether its party takes the value.
bool set_option(const Exchange& exchange, const PartyPlan& party, const Place& place, const Sets& change) {
    const Value before = *place.table;
    std::size_t problems_before = 0, problems = 0;
    asked_by(exchange, party, place.action, before, problems_before);
    for (const auto& reading : readings_of(change.value)) {
        Value table = before;
        if (reading) set(table, change.option, *reading);
        else remove(table, change.option);
        asked_by(exchange, party, place.action, table, problems);
        if (problems > problems_before) continue;
        *place.table = std::move(table);
        return true;
    }
    return false;
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
        Value off;
        off.is = change.off;
        set(party.options, "off", off);
        if (!is_user_agent(party)) party.played_by = change.off ? "stand-in" : "";
        // Who is off does nothing either.
        if (change.off) std::erase_if(exchange_.actions, [&](const ActionPlan& action) { return action.party == change.party; });
    }
    void operator()(const LinkTakes& change) {
        auto& links = exchange_.network.links;
        const auto found = std::find_if(links.begin(), links.end(), [&](const NetworkPlan::Link& link) {
            return (link.one == change.one && link.other == change.other) || (link.one == change.other && link.other == change.one);
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
        if (const Place place = place_of(exchange_, party, change.option); place.table) set_option(exchange_, party, place, change);
    }

private:
    Exchange& exchange_;
};

ChangeProblem problem(What what, std::string subject, std::string of = {}, std::vector<std::string> known = {}) {
    ChangeProblem found{what, std::move(subject), std::move(of), std::move(known), {}};
    found.meant = nearest(found.subject, found.known).value_or("");
    return found;
}

class Critic {
public:
    explicit Critic(const Exchange& exchange) : exchange_(exchange) {}

    ChangeProblem operator()(const Answers& change) const {
        const PartyPlan* const party = party_of(exchange_, change.party);
        if (!party) return unknown(change.party);
        if (auto only = only_calls(*party); only.what != What::none) return only;
        if (change.status != 0 && (change.status < 100 || change.status > 699)) return problem(What::wrong_status, std::to_string(change.status));
        if (change.status != 0 && change.phrase.empty()) return problem(What::needs_phrase, std::to_string(change.status));
        if (change.status == 0 && (!picks_up(*party) || !final_of(answers_of(*party)))) return problem(What::nothing_to_delay, change.party);
        if (change.status >= 200 && change.status < 300 && !picks_up(*party)) return problem(What::cannot_accept, change.party, {}, those_who_pick_up());
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
        const Place place = place_of(trial, *party, change.option);
        if (!place.table) return problem(What::unknown_option, change.option, change.party, place.known);
        if (!set_option(trial, *party, place, change)) return problem(What::wrong_value, change.value, change.option);
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

ChangeProblem problem_of(const Change& change, const Exchange& exchange) { return std::visit(Critic(exchange), change); }

Exchange changed(Exchange exchange, const std::vector<Change>& changes) {
    for (const Change& change : changes) std::visit(Maker(exchange), change);
    return exchange;
}

}  // namespace sipdex::simulator
