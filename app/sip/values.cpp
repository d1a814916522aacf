#include "sip/values.h"

#include <algorithm>

#include <cstddef>

#include "sip/token.h"

namespace sipdex::sip {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    if (trimmed(text).empty()) return parts;
    bool in_quotes = false, in_brackets = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_quotes && c == '\\')
            ++i;
        else if (c == '"')
            in_quotes = !in_quotes;
        else if (in_quotes)
            continue;
        else if (c == '<')
            in_brackets = true;
        else if (c == '>')
            in_brackets = false;
        else if (c == separator && !in_brackets) {
            parts.push_back(trimmed(text.substr(start, i - start)));
            start = i + 1;
        }
    }
    parts.push_back(trimmed(text.substr(start)));
    return parts;
}

std::vector<std::string_view> values_of(std::string_view field) {
    std::vector<std::string_view> values = split(field, ',');
    std::erase_if(values, [](std::string_view value) { return value.empty(); });
    return values;
}

std::vector<std::string_view> values_of(const Message& message, std::string_view name) {
    std::vector<std::string_view> values;
    for (const std::string_view field : message.headers(name))
        for (const std::string_view value : values_of(field)) values.push_back(value);
    return values;
}

bool lists(const Message& message, std::string_view name, std::string_view value) {
    const auto values = values_of(message, name);
    return std::any_of(values.begin(), values.end(), [&](std::string_view each) { return same_token(trimmed(each.substr(0, each.find(';'))), value); });
}

}  // namespace sipdex::sip
