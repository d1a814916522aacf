#include "sip/token.h"

#include <algorithm>
#include <charconv>

namespace sipdex::sip {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && white.has(text.front())) text.remove_prefix(1);
    while (!text.empty() && white.has(text.back())) text.remove_suffix(1);
    return text;
}

bool same_token_in_any_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, [](char a, char b) { return lowered(a) == lowered(b); });
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return lowered(c); });
    return result;
}

bool is_token(std::string_view text) { return !text.empty() && token_characters.only_in(text); }

bool read_token(std::string_view text, Flaws* flaws) { return is_token(text) || refuse(flaws, Fault::token, text); }

std::size_t closing_quote(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\') ++i;
        else if (text[i] == '"') return i;
    }
    return std::string_view::npos;
}

bool is_quoted(std::string_view text) { return text.starts_with('"') && closing_quote(text) == text.size() - 1; }

std::string unquoted(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
    text = text.substr(1, text.size() - 2);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        result += text[i];
    }
    return result;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::optional<std::uint32_t> number_of(std::string_view text) {
    std::uint32_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stopped != end) return {};
    return number;
}

bool read_number(std::string_view text, const Limit& largest, Flaws* flaws) {
    if (text.empty() || !digit_characters.only_in(text)) return refuse(flaws, Fault::number, text);
    const auto number = number_of(text);
    return (number && *number <= largest.value) || refuse(flaws, Fault::number_limit, text, largest.digits);
}

}  // namespace sipdex::sip
