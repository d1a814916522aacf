#include "sip/reason.h"

#include <algorithm>
#include <charconv>

#include "sip/values.h"

namespace sipdex::sip {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

bool Reason::is(std::string_view name) const {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(protocol, name, {}, lower, lower);
}

std::optional<Reason> parse_reason(std::string_view value) {
    const std::size_t semicolon = value.find(';');
    const std::string_view protocol = trimmed(value.substr(0, semicolon));
    if (protocol.empty() || protocol.find_first_of(" \t\"=") != std::string_view::npos) return std::nullopt;
    Reason reason;
    reason.protocol = protocol;
    if (semicolon != std::string_view::npos) reason.parameters = parse_parameters(value.substr(semicolon));
    if (const auto cause = reason.parameters.value("cause")) reason.cause = number(trimmed(*cause));
    reason.text = reason.parameters.value("text").value_or("");
    return reason;
}

std::vector<Reason> reasons_of(const Message& message) {
    std::vector<Reason> reasons;
    for (const std::string_view value : values_of(message, "Reason"))
        if (auto reason = parse_reason(value)) reasons.push_back(std::move(*reason));
    return reasons;
}

std::optional<Warning> parse_warning(std::string_view value) {
    value = trimmed(value);
    const std::size_t first = value.find(' ');
    const auto code = number(value.substr(0, first));
    if (!code || *code < 100 || *code > 999) return std::nullopt;
    Warning warning{*code, {}, {}};
    if (first == std::string_view::npos) return warning;
    const std::string_view rest = trimmed(value.substr(first));
    const std::size_t quote = rest.find('"');
    warning.agent = trimmed(rest.substr(0, quote));
    if (quote != std::string_view::npos) {
        warning.text = rest.substr(quote + 1);
        if (const std::size_t end = warning.text.rfind('"'); end != std::string::npos) warning.text.resize(end);
    }
    return warning;
}

std::vector<Warning> warnings_of(const Message& message) {
    std::vector<Warning> warnings;
    for (const std::string_view value : values_of(message, "Warning"))
        if (auto warning = parse_warning(value)) warnings.push_back(std::move(*warning));
    return warnings;
}

}  // namespace sipdex::sip
