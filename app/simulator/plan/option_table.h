// The options of a party or an action as a table that can be changed: an exchange keeps them as they were read.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "simulator/plan/recorded.h"
#include "source/table.h"

namespace sipdex::simulator {

source::Value text_value(std::string text);
source::Value duration_value(Time time);  // "2s"
source::Value list_value(const std::vector<std::string>& texts);

const source::Value* option_in(const source::Value& table,
                               std::string_view key);  // null where the table has no such key
void drop_option(source::Value& table, std::string_view key);
void put_option(source::Value& table, const std::string& key, source::Value value);  // makes a table of what is none

// A value as a person writes it in a change: "PCMU, PCMA", "true", "2s"; empty for a table or a list of tables.
std::string written(const source::Value& value);

}  // namespace sipdex::simulator
