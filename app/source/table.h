// A TOML file read with the memory of where each value stood, so that whoever reads it can complain
// about the very place. Asking for a key marks it as known; `done` reports the keys nobody asked for.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/problem.h"

namespace sipdex::source {

struct Value {
    std::string text;
    Place place;             // of the value
    bool multiline = false;  // written between triple quotes: its lines stand below each other in the file
};

class Table {
public:
    struct Node;
    Table(std::shared_ptr<const File> file, std::shared_ptr<const Node> node, Problems& problems);

    const File& file() const { return *file_; }
    std::shared_ptr<const File> shared_file() const { return file_; }
    Place place() const;                             // where the table begins
    Place place_of_key(std::string_view key) const;  // of the key itself, or of the table when it has none
    Problems& problems() const { return *problems_; }
    void problem(Place place, std::string sentence) const { problems_->add(*file_, place, std::move(sentence)); }

    bool has(std::string_view key) const;
    bool holds_table(std::string_view key) const;
    std::vector<std::string> keys() const;  // in the order of the file

    // A missing key or a value of another kind is a problem; the result then is empty.
    Value text(std::string_view key);
    long number(std::string_view key);
    // The same, but a missing key is no problem.
    std::optional<Value> optional_text(std::string_view key);
    std::optional<long> optional_number(std::string_view key);
    bool flag(std::string_view key);                   // false where missing
    std::vector<Value> texts(std::string_view key);    // empty where missing
    std::vector<Table> tables(std::string_view key);   // [[key]] or key = [{…}]; empty where missing
    std::optional<Table> table(std::string_view key);  // [key] or key = {…}

    // One of the allowed tokens; another is a problem with a suggestion.
    Value token(std::string_view key, const std::vector<std::string>& allowed);

    // Reports every key that was not asked for, here only, not in tables below.
    void done() const;

private:
    std::shared_ptr<const File> file_;
    std::shared_ptr<const Node> node_;
    Problems* problems_;
    std::vector<std::string> asked_;
};

// Parses a file. A syntax error is reported as a problem and gives nothing.
std::optional<Table> read_toml(File file, Problems& problems);

// Where the octet `offset` of a value's text stands in its file.
Place place_inside(const Value& value, std::size_t offset, std::size_t width = 1);

}  // namespace sipdex::source
