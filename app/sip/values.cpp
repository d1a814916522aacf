#include "sip/values.h"

#include <algorithm>
#include <cstddef>

#include "sip/token.h"

namespace sipdex::sip {

Parts::Parts(std::string_view text, char separator)
    : rest_(text), separator_(separator), ended_(trimmed(text).empty()) {}

std::optional<std::string_view> Parts::next() {
    if (ended_) return {};
    // Most parts have neither quotes nor brackets.
    const auto first = rest_.find(separator_);
    if (const auto part = rest_.substr(0, first);
        part.find('"') == std::string_view::npos && part.find('<') == std::string_view::npos) {
        ended_ = first == std::string_view::npos;
        if (!ended_) rest_.remove_prefix(first + 1);
        return trimmed(part);
    }
    bool in_quotes = false, in_brackets = false;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
        const char c = rest_[i];
        if (in_quotes && c == '\\') ++i;
        else if (c == '"') in_quotes = !in_quotes;
        else if (in_quotes) continue;
        else if (c == '<') in_brackets = true;
        else if (c == '>') in_brackets = false;
        else if (c == separator_ && !in_brackets) {
            const std::string_view part = trimmed(rest_.substr(0, i));
            rest_.remove_prefix(i + 1);
            return part;
        }
    }
    ended_ = true;
    return trimmed(rest_);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (Parts each(text, separator); const auto part = each.next();) parts.push_back(*part);
    return parts;
}

std::optional<std::string_view> Gaps::around(std::string_view part) {
    const auto separates = [this](char c) { return c == separator_ || white.has(c); };
    std::size_t begin = static_cast<std::size_t>(part.data() - text_.data());
    if (begin < seen_) return {};
    while (begin > 0 && separates(text_[begin - 1])) --begin;
    for (seen_ = begin; seen_ < text_.size() && separates(text_[seen_]);) ++seen_;
    const std::string_view separators = trimmed(text_.substr(begin, seen_ - begin));
    ++seen_;  // the part behind the last separator begins there
    return separators;
}

std::vector<std::string_view> values_of(std::string_view field) {
    std::vector<std::string_view> values = split(field, ',');
    std::erase_if(values, [](std::string_view value) { return value.empty(); });
    return values;
}

std::optional<std::string_view> first_value_of(std::string_view field) {
    for (Parts parts(field, ','); const auto part = parts.next();)
        if (!part->empty()) return part;
    return {};
}

std::vector<std::string_view> values_of(const Message& message, std::string_view name) {
    std::vector<std::string_view> values;
    for (const std::string_view field : message.headers(name))
        for (const std::string_view value : values_of(field)) values.push_back(value);
    return values;
}

bool lists(const Message& message, std::string_view name, std::string_view value) {
    for (const HeaderField& field : message.fields) {
        if (!same_field(field.name(), name)) continue;
        for (Parts parts(field.value(), ','); const auto each = parts.next();)
            if (!each->empty() && same_token(trimmed(each->substr(0, each->find(';'))), value)) return true;
    }
    return false;
}

}  // namespace sipdex::sip
