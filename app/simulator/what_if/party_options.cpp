#include "simulator/what_if/party_options.h"

#include <algorithm>
#include <optional>

#include "simulator/kinds.h"
#include "simulator/plan/option_table.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

bool knows(void (*check)(source::Table&), const std::string& option) {
    const source::Value nothing;
    source::Problems ignored;
    source::Table fields(nothing, ignored);
    check(fields);
    return std::find(fields.asked().begin(), fields.asked().end(), option) != fields.asked().end();
}

source::Value value_of(const Answer& answer) {
    source::Value table;
    put_option(table, "after", duration_value(answer.after));
    source::Value status;
    status.is = static_cast<long long>(answer.status);
    put_option(table, "status", status);
    put_option(table, "phrase", text_value(answer.phrase));
    if (!answer.headers.empty()) put_option(table, "headers", list_value(answer.headers));
    if (!answer.body.empty()) {
        put_option(table, "content_type", text_value(answer.content_type));
        put_option(table, "body", text_value(answer.body));
    }
    return table;
}

constexpr std::string_view fixed[] = {"id", "kind", "name", "address", "host", "party", "does", "at", "answers"};

std::vector<std::string> asked_by(const Exchange& exchange, const PartyPlan& party, std::size_t action,
                                  const source::Value& table, std::size_t& problems) {
    source::Problems found;
    source::Table fields(table, found);
    if (action < exchange.actions.size()) kind_named(party.kind)->check_action(exchange.actions[action].does, fields);
    else kind_named(party.kind)->check(fields);
    problems = found.size();
    std::vector<std::string> asked = fields.asked();
    std::erase_if(asked, [](const std::string& key) {
        return std::find(std::begin(fixed), std::end(fixed), key) != std::end(fixed);
    });
    return asked;
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
std::vector<std::optional<source::Value>> readings_of(const std::string& text) {
    std::vector<std::optional<source::Value>> readings = {text_value(text)};
    if (!text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos) {
        source::Value number;
        number.is = std::stoll(text);
        readings.emplace_back(number);
    }
    if (text == "true" || text == "false") {
        source::Value flag;
        flag.is = text == "true";
        readings.emplace_back(flag);
    }
    if (text.find(',') != std::string::npos) readings.insert(readings.begin(), list_value(split(text)));
    if (text == "none") readings.emplace_back(std::nullopt);  // left out
    return readings;
}

}  // namespace

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

bool picks_up(const PartyPlan& party) { return knows(kind_named(party.kind)->check, "answers"); }
bool is_user_agent(const PartyPlan& party) { return knows(kind_named(party.kind)->check, "off"); }

std::vector<Answer> answers_of(const PartyPlan& party) {
    source::Problems ignored;
    source::Table fields(party.options, ignored);
    return read_answers(fields, "answers");
}

void set_answers(PartyPlan& party, const std::vector<Answer>& answers) {
    std::vector<source::Value> values;
    for (const Answer& answer : answers) values.push_back(value_of(answer));
    source::Value value;
    value.is = std::move(values);
    put_option(party.options, "answers", std::move(value));
}

const Answer* final_of(const std::vector<Answer>& answers) {
    const auto found =
        std::find_if(answers.begin(), answers.end(), [](const Answer& answer) { return answer.status >= 200; });
    return found == answers.end() ? nullptr : &*found;
}

// Actions go before the party, what is there before what could be.
OptionPlace place_of(Exchange& exchange, PartyPlan& party, const std::string& option) {
    OptionPlace place;
    bool there = false;
    const auto look = [&](source::Value& table, std::size_t action) {
        std::size_t ignored = 0;
        const auto known = asked_by(exchange, party, action, table, ignored);
        place.known.insert(place.known.end(), known.begin(), known.end());
        if (std::find(known.begin(), known.end(), option) == known.end()) return;
        const bool has = option_in(table, option) != nullptr;
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

bool set_option(const Exchange& exchange, const PartyPlan& party, const OptionPlace& place, const std::string& option,
                const std::string& value) {
    const source::Value before = *place.table;
    std::size_t problems_before = 0, problems = 0;
    asked_by(exchange, party, place.action, before, problems_before);
    for (const auto& reading : readings_of(value)) {
        source::Value table = before;
        if (reading) put_option(table, option, *reading);
        else drop_option(table, option);
        asked_by(exchange, party, place.action, table, problems);
        if (problems > problems_before) continue;
        *place.table = std::move(table);
        return true;
    }
    return false;
}

}  // namespace sipdex::simulator
