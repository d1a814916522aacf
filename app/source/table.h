// Reads one table of a TOML file key by key. What is missing or of the wrong kind becomes a problem at its place and an
// empty value, so that a reader goes on and finds the other mistakes too. Asking for a key marks it as known; `done`
// reports the keys nobody asked for.
#pragma once
#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/problem.h"
#include "source/value.h"

namespace sipdex::source {

// What a number may be, both ends included. Nothing that is counted in a source is negative.
struct Range {
    long long least = 0;
    long long most = std::numeric_limits<long long>::max();
};

// A text that is shown to readers, which can be complained about word by word.
struct Prose {
    std::string text;
    Place place;
    bool multiline = false;  // as in Value
};

class Table {
public:
    // Reads a value that outlives it and stands in no file: an option that was changed, an exchange from the catalog.
    // What is no table is read as an empty one. `name` stands for the file, in problems.
    Table(const Value& value, Problems& problems, std::string name = {});
    Table(std::shared_ptr<const File> file, std::shared_ptr<const Value> value, Problems& problems);

    const File& file() const { return *file_; }
    std::shared_ptr<const File> shared_file() const { return file_; }
    const Value& value() const { return *value_; }
    Place place() const { return value_->place; }    // where the table begins
    Place place_of_key(std::string_view key) const;  // of the key itself, or of the table when it has none
    Problems& problems() const { return *problems_; }
    void problem(Place place, std::string sentence) const { problems_->add(*file_, place, std::move(sentence)); }
    // At the value of a key, or at the table where the key is absent.
    void problem(std::string_view key, std::string sentence);

    std::vector<std::string> keys() const;                            // in the order of the file
    const std::vector<std::string>& asked() const { return asked_; }  // so far
    bool has(std::string_view key);
    bool holds_table(std::string_view key) const;
    const Value* value(std::string_view key);  // whatever it is; null where missing

    // Required.
    std::string text(std::string_view key);
    long long number(std::string_view key, Range range = {});
    std::chrono::microseconds duration(std::string_view key);  // "200ms", "4s"
    // One of the allowed tokens; another is a problem with a suggestion.
    std::string token(std::string_view key, const std::vector<std::string>& allowed);

    // With what stands for an absent key.
    std::string text_or(std::string_view key, std::string otherwise);
    long long number_or(std::string_view key, long long otherwise, Range range = {});
    double real_or(std::string_view key, double otherwise);
    bool flag_or(std::string_view key, bool otherwise);
    std::chrono::microseconds duration_or(std::string_view key, std::chrono::microseconds otherwise);
    std::optional<Prose> prose(std::string_view key);

    // Empty where missing; one alone counts as a list of one, and a number in a list of texts as its digits: codes of
    // responses stand without quotes.
    std::vector<std::string> texts(std::string_view key);
    std::vector<Prose> proses(std::string_view key);
    std::vector<long long> numbers(std::string_view key);
    std::vector<Table> tables(std::string_view key);   // [[key]] or key = [{…}]; a table alone is none
    std::optional<Table> table(std::string_view key);  // [key] or key = {…}

    // Reports every key that was not asked for, here only, not in tables below.
    void done() const;

private:
    const Value* find(std::string_view key);
    const Entry* entry(std::string_view key) const;
    template <class T>
    const T* find_as(std::string_view key, const char* expected);
    void require(std::string_view key);
    long long within(std::string_view key, long long number, Range range);
    Table below(const Value& value) const;

    std::shared_ptr<const File> file_;
    std::shared_ptr<const Value> value_;
    Problems* problems_;
    std::vector<std::string> asked_;
};

// Parses a file. A syntax error is reported as a problem and gives nothing.
std::optional<Table> read_toml(File file, Problems& problems);

// Where the octet `offset` of a text stands in its file.
Place place_inside(const Prose& prose, std::size_t offset, std::size_t width = 1);

}  // namespace sipdex::source
