#include "source/table.h"

#include <toml++/toml.h>

#include <algorithm>

namespace sipdex::source {

struct Table::Node {
    std::shared_ptr<const toml::table> root;  // keeps everything below alive
    const toml::table* table = nullptr;
};

namespace {

Place place_of(const toml::source_region& region, std::size_t width = 1) {
    return {region.begin.line, region.begin.column, width};
}

const char* kind_of(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::string: return "a text";
        case toml::node_type::integer: return "a number";
        case toml::node_type::boolean: return "true or false";
        case toml::node_type::array: return "a list";
        case toml::node_type::table: return "a table";
        default: return "a value of another kind";
    }
}

Value value_of(const toml::node& node, const File& file) {
    Value value{node.value_or<std::string>(""), place_of(node.source()), false};
    // toml++ gives the text without its quotes; whether it ran over lines shows in the file.
    std::size_t at = 0;
    for (std::size_t line = 1; line < value.place.line && at != std::string::npos; ++line) {
        at = file.text.find('\n', at);
        if (at != std::string::npos) ++at;
    }
    if (at != std::string::npos) {
        const std::size_t end = file.text.find('\n', at);
        const std::string_view line = std::string_view(file.text).substr(at, end == std::string::npos ? end : end - at);
        value.multiline = line.ends_with("\"\"\"") || line.ends_with("'''");
    }
    value.place.width = value.multiline ? 3 : 1;
    return value;
}

}  // namespace

Table::Table(std::shared_ptr<const File> file, std::shared_ptr<const Node> node, Problems& problems)
    : file_(std::move(file)), node_(std::move(node)), problems_(&problems) {}

Place Table::place() const { return place_of(node_->table->source()); }

Place Table::place_of_key(std::string_view key) const {
    for (const auto& [name, node] : *node_->table)
        if (name.str() == key) return place_of(name.source(), std::max<std::size_t>(name.str().size(), 1));
    return place();
}

bool Table::has(std::string_view key) const { return node_->table->contains(key); }

bool Table::holds_table(std::string_view key) const {
    const toml::node* node = node_->table->get(key);
    return node && node->is_table();
}

std::vector<std::string> Table::keys() const {
    std::vector<std::pair<toml::source_position, std::string>> found;
    for (const auto& [name, node] : *node_->table) found.emplace_back(name.source().begin, std::string(name.str()));
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> keys;
    for (auto& [where, name] : found) keys.push_back(std::move(name));
    return keys;
}

std::optional<Value> Table::optional_text(std::string_view key) {
    asked_.emplace_back(key);
    const toml::node* node = node_->table->get(key);
    if (!node) return std::nullopt;
    if (!node->is_string()) {
        problem(place_of(node->source()), "'" + std::string(key) + "' must be a text, not " + kind_of(*node));
        return std::nullopt;
    }
    return value_of(*node, *file_);
}

Value Table::text(std::string_view key) {
    if (!has(key)) {
        asked_.emplace_back(key);
        problem(place(), "'" + std::string(key) + "' is missing");
        return {};
    }
    return optional_text(key).value_or(Value{});
}

std::optional<long> Table::optional_number(std::string_view key) {
    asked_.emplace_back(key);
    const toml::node* node = node_->table->get(key);
    if (!node) return std::nullopt;
    if (!node->is_integer()) {
        problem(place_of(node->source()), "'" + std::string(key) + "' must be a whole number, not " + kind_of(*node));
        return std::nullopt;
    }
    return static_cast<long>(node->value_or<std::int64_t>(0));
}

long Table::number(std::string_view key) {
    if (!has(key)) {
        asked_.emplace_back(key);
        problem(place(), "'" + std::string(key) + "' is missing");
        return 0;
    }
    return optional_number(key).value_or(0);
}

bool Table::flag(std::string_view key) {
    asked_.emplace_back(key);
    const toml::node* node = node_->table->get(key);
    if (!node) return false;
    if (!node->is_boolean())
        problem(place_of(node->source()), "'" + std::string(key) + "' must be true or false, not " + kind_of(*node));
    return node->value_or(false);
}

std::vector<Value> Table::texts(std::string_view key) {
    asked_.emplace_back(key);
    std::vector<Value> found;
    const toml::node* node = node_->table->get(key);
    if (!node) return found;
    const toml::array* array = node->as_array();
    if (!array) {
        problem(place_of(node->source()), "'" + std::string(key) + "' must be a list of texts, not " + kind_of(*node));
        return found;
    }
    for (const toml::node& each : *array)
        if (each.is_string()) found.push_back(value_of(each, *file_));
        else if (each.is_integer())
            found.push_back({std::to_string(each.value_or<std::int64_t>(0)), place_of(each.source()), false});
        else problem(place_of(each.source()), "'" + std::string(key) + "' must hold texts, not " + kind_of(each));
    return found;
}

std::vector<Table> Table::tables(std::string_view key) {
    asked_.emplace_back(key);
    std::vector<Table> found;
    const toml::node* node = node_->table->get(key);
    if (!node) return found;
    const toml::array* array = node->as_array();
    if (!array) {
        problem(place_of(node->source()), "'" + std::string(key) + "' must be a list of tables, not " + kind_of(*node));
        return found;
    }
    for (const toml::node& each : *array)
        if (const toml::table* table = each.as_table())
            found.emplace_back(file_, std::make_shared<const Node>(Node{node_->root, table}), *problems_);
        else problem(place_of(each.source()), "'" + std::string(key) + "' must hold tables, not " + kind_of(each));
    return found;
}

std::optional<Table> Table::table(std::string_view key) {
    asked_.emplace_back(key);
    const toml::node* node = node_->table->get(key);
    if (!node) return std::nullopt;
    if (const toml::table* table = node->as_table())
        return Table(file_, std::make_shared<const Node>(Node{node_->root, table}), *problems_);
    problem(place_of(node->source()), "'" + std::string(key) + "' must be a table, not " + kind_of(*node));
    return std::nullopt;
}

Value Table::token(std::string_view key, const std::vector<std::string>& allowed) {
    Value value = text(key);
    if (value.text.empty() || std::find(allowed.begin(), allowed.end(), value.text) != allowed.end()) return value;
    problem({value.place.line, value.place.column, value.text.size() + 2},
            "'" + value.text + "' is not a value of '" + std::string(key) + "'" + suggestion(value.text, allowed));
    return value;
}

void Table::done() const {
    for (const std::string& key : keys())
        if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) {
            std::vector<std::string> free;
            for (const std::string& known : asked_)
                if (!has(known)) free.push_back(known);
            std::string hint = suggestion(key, free);
            if (hint.empty()) hint = suggestion(key, asked_);
            problem(place_of_key(key), "unknown key '" + key + "'" + hint);
        }
}

std::optional<Table> read_toml(File file, Problems& problems) {
    auto shared = std::make_shared<const File>(std::move(file));
    try {
        auto root = std::make_shared<const toml::table>(
            toml::parse(std::string_view(shared->text), std::string_view(shared->name)));
        auto node = std::make_shared<const Table::Node>(Table::Node{root, root.get()});
        return Table(std::move(shared), std::move(node), problems);
    } catch (const toml::parse_error& error) {
        problems.add(*shared, place_of(error.source()), "not valid TOML: " + std::string(error.description()));
        return std::nullopt;
    }
}

Place place_inside(const Value& value, std::size_t offset, std::size_t width) {
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
