#include "source/table.h"

#include <toml++/toml.h>

#include <algorithm>

#include "source/duration.h"

namespace sipdex::source {

namespace {

const char* kind_of(const Value& value) {
    constexpr const char* kinds[] = {
        "a value of another kind", "true or false", "a number", "a number", "a text", "a list", "a table"};
    return kinds[value.is.index()];
}

std::string in_quotes(std::string_view key) { return "'" + std::string(key) + "'"; }

// Values of what toml++ read, with what it does not tell: the order of the keys, and which texts run over lines.
class Values {
public:
    explicit Values(const std::string& text) {
        for (std::size_t at = 0; at != std::string::npos;) {
            const std::size_t end = text.find('\n', at);
            lines_.push_back(std::string_view(text).substr(at, end == std::string::npos ? end : end - at));
            at = end == std::string::npos ? end : end + 1;
        }
    }

    Value table(const toml::table& table) const {
        std::vector<Entry> entries;
        for (const auto& [key, node] : table)
            entries.push_back(
                {std::string(key.str()), of(node), place_of(key.source(), std::max<std::size_t>(key.str().size(), 1))});
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
        });
        Value value;
        value.is = std::move(entries);
        value.place = place_of(table.source());
        return value;
    }

    static Place place_of(const toml::source_region& region, std::size_t width = 1) {
        return {region.begin.line, region.begin.column, width};
    }

private:
    Value of(const toml::node& node) const {
        if (const auto* below = node.as_table()) return table(*below);
        Value value;
        value.place = place_of(node.source());
        if (const auto* array = node.as_array()) {
            std::vector<Value> values;
            for (const toml::node& each : *array) values.push_back(of(each));
            value.is = std::move(values);
        } else if (const auto* text = node.as_string()) {
            value.is = text->get();
            value.multiline = opens_lines(value.place.line);
            value.place.width = value.multiline ? 3 : 1;
        } else if (const auto* number = node.as_integer()) {
            value.is = static_cast<long long>(number->get());
        } else if (const auto* real = node.as_floating_point()) {
            value.is = real->get();
        } else if (const auto* flag = node.as_boolean()) {
            value.is = flag->get();
        }
        return value;
    }

    bool opens_lines(std::size_t line) const {
        if (line == 0 || line > lines_.size()) return false;
        return lines_[line - 1].ends_with("\"\"\"") || lines_[line - 1].ends_with("'''");
    }

    std::vector<std::string_view> lines_;
};

}  // namespace

Table::Table(const Value& value, Problems& problems, std::string name)
    : file_(std::make_shared<const File>(File{std::move(name), {}})),
      value_(std::shared_ptr<const Value>(), &value),
      problems_(&problems) {}

Table::Table(std::shared_ptr<const File> file, std::shared_ptr<const Value> value, Problems& problems)
    : file_(std::move(file)), value_(std::move(value)), problems_(&problems) {}

Table Table::below(const Value& value) const {
    return {file_, std::shared_ptr<const Value>(value_, &value), *problems_};  // keeps the whole file alive
}

const Entry* Table::entry(std::string_view key) const {
    const auto* entries = value_->table();
    if (!entries) return nullptr;
    const auto at = std::find_if(entries->begin(), entries->end(), [&](const Entry& e) { return e.key == key; });
    return at == entries->end() ? nullptr : &*at;
}

const Value* Table::find(std::string_view key) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
    const Entry* const found = entry(key);
    return found ? &found->value : nullptr;
}

template <class T>
const T* Table::find_as(std::string_view key, const char* expected) {
    const Value* value = find(key);
    if (!value) return nullptr;
    if (const T* is = std::get_if<T>(&value->is)) return is;
    problem(value->place, in_quotes(key) + " must be " + expected + ", not " + kind_of(*value));
    return nullptr;
}

void Table::require(std::string_view key) {
    if (!find(key)) problem(place(), in_quotes(key) + " is missing");
}

Place Table::place_of_key(std::string_view key) const {
    const Entry* const found = entry(key);
    return found ? found->place : place();
}

void Table::problem(std::string_view key, std::string sentence) {
    const Value* const value = find(key);
    problem(value ? value->place : place(), std::move(sentence));
}

bool Table::has(std::string_view key) { return find(key) != nullptr; }

bool Table::holds_table(std::string_view key) const {
    const Entry* const found = entry(key);
    return found && found->value.table();
}

std::vector<std::string> Table::keys() const {
    std::vector<std::string> keys;
    if (const auto* entries = value_->table())
        for (const Entry& each : *entries) keys.push_back(each.key);
    return keys;
}

const Value* Table::value(std::string_view key) { return find(key); }

std::string Table::text(std::string_view key) {
    require(key);
    return text_or(key, {});
}

long long Table::number(std::string_view key, Range range) {
    if (!find(key)) {
        require(key);
        return 0;
    }
    return number_or(key, 0, range);
}

std::chrono::microseconds Table::duration(std::string_view key) {
    require(key);
    return duration_or(key, {});
}

std::string Table::token(std::string_view key, const std::vector<std::string>& allowed) {
    std::string token = text(key);
    if (token.empty() || std::find(allowed.begin(), allowed.end(), token) != allowed.end()) return token;
    Place place = find(key)->place;
    place.width = token.size() + 2;
    problem(place, in_quotes(token) + " is not a value of " + in_quotes(key) + suggestion(token, allowed));
    return token;
}

std::string Table::text_or(std::string_view key, std::string otherwise) {
    const auto* text = find_as<std::string>(key, "a text");
    if (text) return *text;
    return otherwise;
}

long long Table::within(std::string_view key, long long number, Range range) {
    if (number >= range.least && number <= range.most) return number;
    const bool open = range.most == Range{}.most;
    problem(key, in_quotes(key) + " is " + std::to_string(number) + ", but must be " +
                     (open ? "at least " + std::to_string(range.least)
                           : "from " + std::to_string(range.least) + " to " + std::to_string(range.most)));
    return std::clamp(number, range.least, range.most);
}

long long Table::number_or(std::string_view key, long long otherwise, Range range) {
    const auto* number = find_as<long long>(key, "a whole number");
    return number ? within(key, *number, range) : otherwise;
}

double Table::real_or(std::string_view key, double otherwise) {
    const Value* value = find(key);
    if (value && std::holds_alternative<long long>(value->is))
        return static_cast<double>(std::get<long long>(value->is));
    const auto* number = find_as<double>(key, "a number");
    return number ? *number : otherwise;
}

bool Table::flag_or(std::string_view key, bool otherwise) {
    const auto* flag = find_as<bool>(key, "true or false");
    return flag ? *flag : otherwise;
}

std::chrono::microseconds Table::duration_or(std::string_view key, std::chrono::microseconds otherwise) {
    const auto* text = find_as<std::string>(key, "a duration such as \"200ms\" or \"4s\"");
    if (!text) return otherwise;
    const auto read = read_duration(*text);
    if (!read) problem(key, in_quotes(*text) + " is no duration; write it as \"200ms\" or \"4s\"");
    return read.value_or(otherwise);
}

std::optional<Prose> Table::prose(std::string_view key) {
    if (!find_as<std::string>(key, "a text")) return std::nullopt;
    const Value& value = *find(key);
    return Prose{*value.text(), value.place, value.multiline};
}

std::vector<Prose> Table::proses(std::string_view key) {
    std::vector<Prose> proses;
    const Value* value = find(key);
    if (!value) return proses;
    if (value->text()) return {{*value->text(), value->place, value->multiline}};
    if (const auto* values = find_as<std::vector<Value>>(key, "a list of texts"))
        for (const Value& each : *values) {
            if (each.text()) proses.push_back({*each.text(), each.place, each.multiline});
            else if (const auto* number = std::get_if<long long>(&each.is))
                proses.push_back({std::to_string(*number), each.place, false});
            else problem(each.place, in_quotes(key) + " must hold texts, not " + kind_of(each));
        }
    return proses;
}

std::vector<std::string> Table::texts(std::string_view key) {
    std::vector<std::string> texts;
    for (Prose& prose : proses(key)) texts.push_back(std::move(prose.text));
    return texts;
}

std::vector<long long> Table::numbers(std::string_view key) {
    std::vector<long long> numbers;
    const Value* value = find(key);
    if (!value) return numbers;
    if (const auto* one = std::get_if<long long>(&value->is)) return {*one};
    if (const auto* values = find_as<std::vector<Value>>(key, "a list of whole numbers"))
        for (const Value& each : *values) {
            if (const auto* number = std::get_if<long long>(&each.is)) numbers.push_back(*number);
            else problem(each.place, in_quotes(key) + " must hold whole numbers, not " + kind_of(each));
        }
    return numbers;
}

std::vector<Table> Table::tables(std::string_view key) {
    std::vector<Table> tables;
    if (const auto* values = find_as<std::vector<Value>>(key, "a list of tables"))
        for (const Value& each : *values) {
            if (each.table()) tables.push_back(below(each));
            else problem(each.place, in_quotes(key) + " must hold tables, not " + kind_of(each));
        }
    return tables;
}

std::optional<Table> Table::table(std::string_view key) {
    if (!find_as<std::vector<Entry>>(key, "a table")) return std::nullopt;
    return below(*find(key));
}

void Table::done() const {
    for (const std::string& key : keys())
        if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) {
            std::vector<std::string> free;
            for (const std::string& known : asked_)
                if (!entry(known)) free.push_back(known);
            std::string hint = suggestion(key, free);
            if (hint.empty()) hint = suggestion(key, asked_);
            problem(place_of_key(key), "unknown key " + in_quotes(key) + hint);
        }
}

std::optional<Table> read_toml(File file, Problems& problems) {
    auto shared = std::make_shared<const File>(std::move(file));
    try {
        const toml::table root = toml::parse(std::string_view(shared->text), std::string_view(shared->name));
        auto value = std::make_shared<const Value>(Values(shared->text).table(root));
        return Table(std::move(shared), std::move(value), problems);
    } catch (const toml::parse_error& error) {
        problems.add(*shared, Values::place_of(error.source()), "not valid TOML: " + std::string(error.description()));
        return std::nullopt;
    }
}

Place place_inside(const Prose& value, std::size_t offset, std::size_t width) {
    const std::string_view before = std::string_view(value.text).substr(0, offset);
    const auto characters = [](std::string_view s) {
        return static_cast<std::size_t>(
            std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
    };
    if (!value.multiline) return {value.place.line, value.place.column + 1 + characters(before), width};
    const auto breaks = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t last = before.rfind('\n');
    return {value.place.line + 1 + breaks,
            characters(last == std::string_view::npos ? before : before.substr(last + 1)) + 1, width};
}

}  // namespace sipdex::source
