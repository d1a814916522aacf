// What a fact rests on: an RFC that data/rfcs.toml knows, written in one way, so that it becomes a link.
#include <algorithm>
#include <array>

#include "compile/check.h"

namespace sipdex::compile {

namespace {

using source::Entry;
using source::Value;

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "RFC 3261", "RFC 3261 §21.4.24" and "RFC 3261 table 3"; the number goes to `number`.
bool is_written_rightly(std::string_view source, std::string& number) {
    source.remove_prefix(4);
    const std::size_t space = std::min(source.find(' '), source.size());
    number = source.substr(0, space);
    if (!all_digits(number)) return false;
    if (space == source.size()) return true;
    std::string_view place = source.substr(space + 1);
    for (const std::string_view sign : {"§", "table "})
        if (place.starts_with(sign)) {
            place.remove_prefix(sign.size());
            return !place.empty() && place.find_first_of(" ,;§") == std::string_view::npos;
        }
    return false;
}

class SourceCheck {
public:
    SourceCheck(const source::File& file, const std::vector<std::string>& known, source::Problems& problems)
        : file_(file), known_(known), problems_(problems) {}

    void walk(const Value& value, std::string_view key) {
        if (const auto* table = value.table())
            for (const Entry& entry : *table) walk(entry.value, entry.key);
        if (const auto* list = value.list())
            for (const Value& each : *list) walk(each, key);
        constexpr std::array<std::string_view, 4> keys = {"source", "sources", "defined_in", "rule"};
        if (value.text() && std::find(keys.begin(), keys.end(), key) != keys.end()) check(value);
    }

private:
    void check(const Value& value) {
        const std::string& all = *value.text();
        for (std::size_t begin = 0; begin < all.size();) {
            const std::size_t end = std::min(all.find("; ", begin), all.size());
            const std::string one = all.substr(begin, end - begin);
            begin = end + 2;
            if (one.starts_with("RFC ")) check(value, one);
        }
    }

    void check(const Value& value, const std::string& one) {
        std::string number;
        if (!is_written_rightly(one, number))
            problems_.add(file_, value.place, "'" + one + "' is no source; write it as \"RFC 3261 §21.4.24\"");
        else if (!known_.empty() && std::find(known_.begin(), known_.end(), number) == known_.end())
            problems_.add(file_, value.place,
                          "data/rfcs.toml does not know RFC " + number + source::suggestion(number, known_) +
                              (source::nearest(number, known_) ? "" : "; add its title and year there"));
    }

    const source::File& file_;
    const std::vector<std::string>& known_;
    source::Problems& problems_;
};

}  // namespace

void check_sources(const Model& model, source::Problems& problems) {
    std::vector<std::string> known;
    for (const auto& told : model.entries)
        if (told.fact.kind == "rfc") known.push_back(told.fact.name);
    for (const source::Table& facts : model.facts) SourceCheck(facts.file(), known, problems).walk(facts.value(), {});
}

}  // namespace sipdex::compile
