// What a TOML file says, as plain values that remember where they stood.
//
// Files are read in two steps: the text becomes values, and whoever is concerned by a table reads it through `Table`.
// So a kind of party defines its own options, and a changed exchange ("what if Bob were busy?") is a changed value.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "source/problem.h"

namespace sipdex::source {

struct Entry;

struct Value {
    std::variant<std::monostate, bool, long long, double, std::string, std::vector<Value>, std::vector<Entry>> is;
    Place place;
    bool multiline = false;  // a text between triple quotes: its lines stand below each other in the file

    const std::string* text() const { return std::get_if<std::string>(&is); }
    const std::vector<Value>* list() const { return std::get_if<std::vector<Value>>(&is); }
    const std::vector<Entry>* table() const { return std::get_if<std::vector<Entry>>(&is); }
};

struct Entry {
    std::string key;
    Value value;
    Place place;  // of the key
};

// A value as the catalog keeps it, without its places: JSON, in which the keys of a table stay in their order.
std::string stored(const Value& value);
// The value back, at no place. Throws std::invalid_argument for what `stored` did not write.
Value restored(std::string_view stored);

}  // namespace sipdex::source
