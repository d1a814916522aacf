#include "simulator/plan/option_table.h"
#include "source/duration.h"

#include <algorithm>

namespace sipdex::simulator {

source::Value text_value(std::string text) {
    source::Value value;
    value.is = std::move(text);
    return value;
}

source::Value duration_value(Time time) { return text_value(source::duration_text(time)); }

source::Value list_value(const std::vector<std::string>& texts) {
    std::vector<source::Value> values;
    for (const std::string& text : texts) values.push_back(text_value(text));
    source::Value value;
    value.is = std::move(values);
    return value;
}

const source::Value* option_in(const source::Value& table, std::string_view key) {
    const auto* entries = table.table();
    if (!entries) return nullptr;
    const auto at =
        std::find_if(entries->begin(), entries->end(), [&](const source::Entry& entry) { return entry.key == key; });
    return at == entries->end() ? nullptr : &at->value;
}

void drop_option(source::Value& table, std::string_view key) {
    if (auto* entries = std::get_if<std::vector<source::Entry>>(&table.is))
        std::erase_if(*entries, [&](const source::Entry& entry) { return entry.key == key; });
}

void put_option(source::Value& table, const std::string& key, source::Value value) {
    drop_option(table, key);
    if (!table.table()) table.is = std::vector<source::Entry>{};
    std::get<std::vector<source::Entry>>(table.is).push_back({key, std::move(value), table.place});
}

std::string written(const source::Value& value) {
    if (const auto* text = value.text()) return *text;
    if (const auto* flag = std::get_if<bool>(&value.is)) return *flag ? "true" : "false";
    if (const auto* number = std::get_if<long long>(&value.is)) return std::to_string(*number);
    std::string all;
    if (const auto* list = value.list())
        for (const source::Value& one : *list) {
            const std::string text = written(one);
            if (text.empty()) return {};
            all += (all.empty() ? "" : ", ") + text;
        }
    return all;
}

}  // namespace sipdex::simulator
