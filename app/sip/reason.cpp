#include "sip/reason.h"

#include <array>

#include "sip/host_port.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

constexpr auto reason_parameters = std::to_array<ParameterRule>({{"cause", is_number}, in_quotes("text")});
constexpr ParameterGrammar reason_grammar{.known = reason_parameters};

std::optional<int> small_number(std::string_view text) {
    const auto number = number_of(text);
    if (!number || *number > largest_31_bits.value) return {};
    return static_cast<int>(*number);
}

// RFC 3261 25.1: three digits, hostport or pseudonym, a quoted string.
void check_warning(std::string_view code, std::string_view rest, Flaws* flaws) {
    constexpr Characters ends(" \t\r\n\"");
    const std::string_view agent = ends.before(rest), text = trimmed(rest.substr(agent.size()));
    if (code.size() != 3) note(flaws, Fault::warning_code, code);
    if (!is_token(agent) && !read_host_port(agent, nullptr, nullptr)) note(flaws, Fault::warning_agent, agent);
    if (text.starts_with('"') && closing_quote(text) == std::string_view::npos) note(flaws, Fault::quote, text);
    else if (!is_quoted(text)) note(flaws, Fault::warning_text, text);
}

}  // namespace

bool Reason::is(std::string_view name) const { return same_token(protocol, name); }

bool read_reason(std::string_view value, Reason* reason, Flaws* flaws) {
    value = trimmed(value);
    const std::string_view protocol = trimmed(value.substr(0, value.find(';')));
    constexpr Characters foreign(" \t\r\n\"=");
    if (protocol.empty() || foreign.any_in(protocol)) return refuse(flaws, Fault::token, protocol);
    if (flaws) read_token(protocol, flaws);
    read_parameters(value.substr(protocol.size()), reason_grammar, reason ? &reason->parameters : nullptr, flaws);
    if (!reason) return true;
    reason->protocol = protocol;
    if (const auto cause = reason->parameters.value("cause")) reason->cause = small_number(trimmed(*cause));
    reason->text = reason->parameters.value("text").value_or("");
    return true;
}

std::optional<Reason> parse_reason(std::string_view value) {
    Reason reason;
    if (!read_reason(value, &reason, nullptr)) return {};
    return reason;
}

std::vector<Reason> reasons_of(const Message& message) {
    std::vector<Reason> reasons;
    for (const std::string_view value : values_of(message, "Reason"))
        if (auto reason = parse_reason(value)) reasons.push_back(std::move(*reason));
    return reasons;
}

bool read_warning(std::string_view value, Warning* warning, Flaws* flaws) {
    value = trimmed(value);
    const std::string_view written = white.before(value);
    const auto code = small_number(written);
    if (!code || *code < 100 || *code > 999) return refuse(flaws, Fault::warning_code, written);
    const std::string_view rest = trimmed(value.substr(written.size()));
    if (flaws) check_warning(written, rest, flaws);
    if (!warning) return true;
    warning->code = *code;
    const std::size_t quote = rest.find('"');
    warning->agent = trimmed(rest.substr(0, quote));
    const std::string_view text = quote == std::string_view::npos ? "" : rest.substr(quote + 1);
    warning->text = text.substr(0, text.rfind('"'));
    return true;
}

std::optional<Warning> parse_warning(std::string_view value) {
    Warning warning;
    if (!read_warning(value, &warning, nullptr)) return {};
    return warning;
}

std::vector<Warning> warnings_of(const Message& message) {
    std::vector<Warning> warnings;
    for (const std::string_view value : values_of(message, "Warning"))
        if (auto warning = parse_warning(value)) warnings.push_back(std::move(*warning));
    return warnings;
}

}  // namespace sipdex::sip
