// The options of a party or an action as a table that can be changed: an exchange keeps them as they were read.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "simulator/plan/value.h"

namespace sipdex::simulator {

Value text_value(std::string text);
Value duration_value(Time time);  // "2s"
Value list_value(const std::vector<std::string>& texts);

const Value* option_in(const Value& table, std::string_view key);  // null where the table has no such key
void drop_option(Value& table, std::string_view key);
void put_option(Value& table, const std::string& key, Value value);  // makes a table of what is none

// A value as a person writes it in a change: "PCMU, PCMA", "true", "2s"; empty for a table or a list of tables.
std::string written(const Value& value);

}  // namespace sipdex::simulator
