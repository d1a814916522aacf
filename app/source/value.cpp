#include "source/value.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace sipdex::source {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Value& value);

Json json_of(const std::vector<Entry>& table) {
    Json json = Json::object();
    for (const Entry& entry : table) json[entry.key] = json_of(entry.value);
    return json;
}

Json json_of(const std::vector<Value>& list) {
    Json json = Json::array();
    for (const Value& each : list) json.push_back(json_of(each));
    return json;
}

Json json_of(const std::monostate&) { return nullptr; }

template <class Plain>
Json json_of(const Plain& plain) {
    return plain;
}

Json json_of(const Value& value) {
    return std::visit([](const auto& is) { return json_of(is); }, value.is);
}

Value value_of(const Json& json) {
    Value value;
    if (json.is_object()) {
        std::vector<Entry> table;
        for (const auto& [key, each] : json.items()) table.push_back({key, value_of(each), {}});
        value.is = std::move(table);
    } else if (json.is_array()) {
        std::vector<Value> list;
        for (const Json& each : json) list.push_back(value_of(each));
        value.is = std::move(list);
    } else if (json.is_string()) {
        value.is = json.get<std::string>();
    } else if (json.is_boolean()) {
        value.is = json.get<bool>();
    } else if (json.is_number_integer()) {
        value.is = json.get<long long>();
    } else if (json.is_number()) {
        value.is = json.get<double>();
    }
    return value;
}

}  // namespace

std::string stored(const Value& value) { return json_of(value).dump(); }

Value restored(std::string_view stored) {
    const Json json = Json::parse(stored, nullptr, false);
    if (json.is_discarded()) throw std::invalid_argument("no stored value");
    return value_of(json);
}

}  // namespace sipdex::source
