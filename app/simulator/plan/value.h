// What a TOML file says, as plain values that remember where they stood.
//
// Exchange files are read in two steps: the text becomes values, and each part of the simulator reads
// the values that concern it through `Fields`. So a kind of party defines its own options, and a
// changed exchange ("what if Bob were busy?") is a changed value.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "simulator/plan/recorded.h"

namespace sipdex::simulator {

// Something wrong in a source file, at a line and column that count from 1.
struct Problem {
    std::string file;
    std::size_t line = 0;
    std::size_t column = 0;
    std::string sentence;  // "unknown key 'knd'; did you mean 'kind'?"
};

struct Entry;

struct Value {
    std::variant<std::monostate, bool, long long, double, std::string, std::vector<Value>, std::vector<Entry>> is;
    std::size_t line = 0;
    std::size_t column = 0;

    const std::string* text() const { return std::get_if<std::string>(&is); }
    const std::vector<Value>* list() const { return std::get_if<std::vector<Value>>(&is); }
    const std::vector<Entry>* table() const { return std::get_if<std::vector<Entry>>(&is); }
};

struct Entry {
    std::string key;
    Value value;
    std::size_t line = 0;
    std::size_t column = 0;
};

// The table that a TOML text describes, keys in the order of the text. A text that is no TOML gives an
// empty table and one problem.
Value read_toml(std::string_view text, const std::string& file, std::vector<Problem>& problems);

// "4s", "200ms", "1.5s", "3m"; nothing for anything else.
std::optional<Time> read_duration(std::string_view text);

// The same the other way: "2s", "300ms", "1.5s".
std::string duration_text(Time time);

// Reads one table key by key. What is missing or of the wrong type becomes a problem and a neutral
// value, so that a reader can go on and find the other mistakes. Keys that nobody asked for are
// reported by `finish`. The table must outlive this.
class Fields {
public:
    Fields(const Value& table, std::string file, std::vector<Problem>& problems);

    bool has(std::string_view key);

    // Required.
    std::string text(std::string_view key);
    Time duration(std::string_view key);
    long long number(std::string_view key);

    // With what stands for an absent key.
    std::string text_or(std::string_view key, std::string otherwise);
    Time duration_or(std::string_view key, Time otherwise);
    long long number_or(std::string_view key, long long otherwise);
    double real_or(std::string_view key, double otherwise);
    bool flag_or(std::string_view key, bool otherwise);
    std::vector<std::string> texts(std::string_view key);  // a text counts as a list of one
    std::vector<long long> numbers(std::string_view key);  // a number counts as a list of one
    std::vector<Fields> tables(std::string_view key);      // a list of tables
    std::optional<Fields> table(std::string_view key);
    std::vector<std::string> keys() const;     // all of this table
    const Value* value(std::string_view key);  // whatever it is

    // The keys asked for so far.
    const std::vector<std::string>& asked() const { return asked_; }

    // Reports a problem at the value of a key, or at the table where the key is absent.
    void problem(std::string_view key, std::string sentence);

    // Reports every key that was not asked for, and suggests one that could be meant.
    void finish();

private:
    const Value* find(std::string_view key);
    template <class T>
    const T* find_as(std::string_view key, const char* expected);
    void report(const Value& at, std::string sentence);

    const Value* table_;
    std::string file_;
    std::vector<Problem>* problems_;
    std::vector<std::string> asked_;
};

// The known word nearest to a misspelt one, or nothing when none is near.
std::optional<std::string> nearest(std::string_view misspelt, const std::vector<std::string>& known);

}  // namespace sipdex::simulator
