#include "simulator/plan/value.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <numeric>

#include <toml++/toml.h>

namespace sipdex::simulator {

namespace {

Value value_of(const toml::node& node);

Value table_of(const toml::table& table) {
    std::vector<Entry> entries;
    for (const auto& [key, node] : table)
        entries.push_back({std::string(key.str()), value_of(node), key.source().begin.line, key.source().begin.column});
    // toml++ sorts by key; readers and messages want the order of the file.
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    Value value;
    value.is = std::move(entries);
    return value;
}

Value value_of(const toml::node& node) {
    Value value;
    if (const auto* table = node.as_table()) {
        value = table_of(*table);
    } else if (const auto* array = node.as_array()) {
        std::vector<Value> values;
        for (const toml::node& each : *array) values.push_back(value_of(each));
        value.is = std::move(values);
    } else if (const auto* text = node.as_string()) {
        value.is = text->get();
    } else if (const auto* number = node.as_integer()) {
        value.is = static_cast<long long>(number->get());
    } else if (const auto* real = node.as_floating_point()) {
        value.is = real->get();
    } else if (const auto* flag = node.as_boolean()) {
        value.is = flag->get();
    }
    value.line = node.source().begin.line;
    value.column = node.source().begin.column;
    return value;
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, replaced});
        }
    }
    return row.back();
}

}  // namespace

Value read_toml(std::string_view text, const std::string& file, std::vector<Problem>& problems) {
    try {
        return table_of(toml::parse(text, file));
    } catch (const toml::parse_error& error) {
        problems.push_back(
            {file, error.source().begin.line, error.source().begin.column, std::string(error.description())});
        Value empty;
        empty.is = std::vector<Entry>{};
        return empty;
    }
}

std::optional<Time> read_duration(std::string_view text) {
    const auto unit_at = text.find_first_not_of("0123456789.");
    if (unit_at == 0 || unit_at == std::string_view::npos) return std::nullopt;
    const std::string_view unit = text.substr(unit_at);
    const double factor = unit == "us"   ? 1
                          : unit == "ms" ? 1e3
                          : unit == "s"  ? 1e6
                          : unit == "m"  ? 60e6
                          : unit == "h"  ? 3600e6
                                         : 0;
    if (factor == 0) return std::nullopt;
    const std::string digits(text.substr(0, unit_at));
    char* end = nullptr;
    const double number = std::strtod(digits.c_str(), &end);
    if (*end != '\0' || number > 1e6) return std::nullopt;
    return Time(static_cast<Time::rep>(number * factor + 0.5));
}

std::string duration_text(Time time) {
    const auto us = time.count();
    if (us != 0 && us % 60000000 == 0) return std::to_string(us / 60000000) + "m";
    if (us != 0 && us < 1000000 && us % 1000 == 0) return std::to_string(us / 1000) + "ms";
    std::string seconds = std::to_string(us / 1000000), fraction = std::to_string(1000000 + us % 1000000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return seconds + (fraction.empty() ? "" : "." + fraction) + "s";
}

std::optional<std::string> nearest(std::string_view misspelt, const std::vector<std::string>& known) {
    std::optional<std::string> best;
    // Two letters swapped count as two changes, which a short word cannot bear.
    std::size_t least = misspelt.size() <= 3 ? 2 : std::max<std::size_t>(2, misspelt.size() / 3) + 1;
    for (const std::string& word : known) {
        const std::size_t d = distance(misspelt, word);
        if (d < least) {
            least = d;
            best = word;
        }
    }
    return best;
}

Fields::Fields(const Value& table, std::string file, std::vector<Problem>& problems)
    : table_(&table), file_(std::move(file)), problems_(&problems) {}

const Value* Fields::find(std::string_view key) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
    const auto* entries = table_->table();
    if (!entries) return nullptr;
    const auto at = std::find_if(entries->begin(), entries->end(), [&](const Entry& e) { return e.key == key; });
    return at == entries->end() ? nullptr : &at->value;
}

void Fields::report(const Value& at, std::string sentence) {
    problems_->push_back({file_, at.line, at.column, std::move(sentence)});
}

void Fields::problem(std::string_view key, std::string sentence) {
    const Value* value = find(key);
    report(value ? *value : *table_, std::move(sentence));
}

template <class T>
const T* Fields::find_as(std::string_view key, const char* expected) {
    const Value* value = find(key);
    if (!value) return nullptr;
    if (const T* is = std::get_if<T>(&value->is)) return is;
    report(*value, "'" + std::string(key) + "' should be " + expected);
    return nullptr;
}

bool Fields::has(std::string_view key) { return find(key) != nullptr; }
const Value* Fields::value(std::string_view key) { return find(key); }

std::string Fields::text(std::string_view key) {
    if (!has(key)) problem(key, "'" + std::string(key) + "' is missing");
    return text_or(key, "");
}

Time Fields::duration(std::string_view key) {
    if (!has(key)) problem(key, "'" + std::string(key) + "' is missing");
    return duration_or(key, Time{});
}

long long Fields::number(std::string_view key) {
    if (!has(key)) problem(key, "'" + std::string(key) + "' is missing");
    return number_or(key, 0);
}

std::string Fields::text_or(std::string_view key, std::string otherwise) {
    const auto* text = find_as<std::string>(key, "a text");
    return text ? *text : std::move(otherwise);
}

Time Fields::duration_or(std::string_view key, Time otherwise) {
    const auto* text = find_as<std::string>(key, "a duration such as \"200ms\" or \"4s\"");
    if (!text) return otherwise;
    const auto read = read_duration(*text);
    if (!read) problem(key, "'" + *text + "' is no duration; write it as \"200ms\" or \"4s\"");
    return read.value_or(otherwise);
}

long long Fields::number_or(std::string_view key, long long otherwise) {
    const auto* number = find_as<long long>(key, "a whole number");
    return number ? *number : otherwise;
}

double Fields::real_or(std::string_view key, double otherwise) {
    const Value* value = find(key);
    if (value && std::holds_alternative<long long>(value->is))
        return static_cast<double>(std::get<long long>(value->is));
    const auto* number = find_as<double>(key, "a number");
    return number ? *number : otherwise;
}

bool Fields::flag_or(std::string_view key, bool otherwise) {
    const auto* flag = find_as<bool>(key, "true or false");
    return flag ? *flag : otherwise;
}

std::vector<std::string> Fields::texts(std::string_view key) {
    std::vector<std::string> texts;
    const Value* value = find(key);
    if (!value) return texts;
    if (value->text()) return {*value->text()};
    if (const auto* values = find_as<std::vector<Value>>(key, "a list of texts"))
        for (const Value& each : *values) {
            if (each.text()) texts.push_back(*each.text());
            else report(each, "'" + std::string(key) + "' should hold texts only");
        }
    return texts;
}

std::vector<long long> Fields::numbers(std::string_view key) {
    std::vector<long long> numbers;
    const Value* value = find(key);
    if (!value) return numbers;
    if (const auto* one = std::get_if<long long>(&value->is)) return {*one};
    if (const auto* values = find_as<std::vector<Value>>(key, "a list of whole numbers"))
        for (const Value& each : *values) {
            if (const auto* number = std::get_if<long long>(&each.is)) numbers.push_back(*number);
            else report(each, "'" + std::string(key) + "' should hold whole numbers only");
        }
    return numbers;
}

std::vector<Fields> Fields::tables(std::string_view key) {
    std::vector<Fields> tables;
    if (const auto* values = find_as<std::vector<Value>>(key, "a list of tables"))
        for (const Value& each : *values) {
            if (each.table()) tables.emplace_back(each, file_, *problems_);
            else report(each, "'" + std::string(key) + "' should hold tables only");
        }
    return tables;
}

std::optional<Fields> Fields::table(std::string_view key) {
    const Value* value = find(key);
    if (!value || !find_as<std::vector<Entry>>(key, "a table")) return std::nullopt;
    return Fields(*value, file_, *problems_);
}

std::vector<std::string> Fields::keys() const {
    std::vector<std::string> keys;
    if (const auto* entries = table_->table())
        for (const Entry& entry : *entries) keys.push_back(entry.key);
    return keys;
}

void Fields::finish() {
    const auto* entries = table_->table();
    if (!entries) return;
    for (const Entry& entry : *entries) {
        if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
        std::string sentence = "unknown key '" + entry.key + "'";
        if (const auto meant = nearest(entry.key, asked_)) sentence += "; did you mean '" + *meant + "'?";
        problems_->push_back({file_, entry.line, entry.column, std::move(sentence)});
    }
}

}  // namespace sipdex::simulator
