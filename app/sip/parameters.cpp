#include "sip/parameters.h"

#include <algorithm>
#include <array>

#include "sip/host_port.h"
#include "sip/token.h"
#include "sip/uri.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

auto found(auto& list, std::string_view name) {
    return std::ranges::find_if(list, [&](const auto& parameter) { return same_token(parameter.name, name); });
}

struct Written {
    std::string_view name;
    std::optional<std::string_view> value;
};

Written taken_apart(std::string_view part) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return {part, {}};
    return {trimmed(part.substr(0, equals)), trimmed(part.substr(equals + 1))};
}

// RFC 3261 25.1: gen-value, which is a token, a host or a quoted string; every host but one in brackets is a token.
bool is_general_value(std::string_view value) {
    return is_token(value) || is_quoted(value) || (value.starts_with('[') && is_host(value));
}

// RFC 3261 25.1: param-unreserved, beside what every part of a URI may hold.
constexpr std::string_view uri_parameter_characters = "[]/:&+$";

// What breaks the grammar in parameters that are read all the same.
class Check {
public:
    Check(std::string_view text, const ParameterGrammar& grammar, Flaws& flaws)
        : grammar_(grammar), flaws_(flaws), gaps_(text, grammar.separator) {}

    void empty(std::string_view part) {
        if (const auto separators = gaps_.around(part)) note(&flaws_, Fault::separator, *separators);
    }

    void parameter(const Written& written) {
        if (!name(written.name)) return;
        const auto at = found(grammar_.known, written.name);
        const ParameterRule* const rule = at == grammar_.known.end() ? nullptr : &*at;
        if (written.value) return value(*written.value, written.name, rule);
        if (!grammar_.bare || (rule && !rule->bare))
            note(&flaws_, Fault::parameter_value, written.name.substr(written.name.size()), written.name);
    }

private:
    bool name(std::string_view name) {
        if (name.empty() || (!grammar_.in_uri && !is_token(name))) return refuse(&flaws_, Fault::parameter, name);
        if (grammar_.in_uri && !read_uri_characters(name, uri_parameter_characters, &flaws_)) return false;
        // RFC 3261 7.3.1 and 19.1.1: a name occurs once. Nobody sends more than these, and looking stays quick.
        const auto end = names_.begin() + static_cast<std::ptrdiff_t>(count_);
        if (std::any_of(names_.begin(), end, [&](std::string_view other) { return same_token(other, name); }))
            note(&flaws_, Fault::parameter_repeated, name);
        else if (count_ < names_.size()) names_[count_++] = name;
        return true;
    }

    void value(std::string_view value, std::string_view name, const ParameterRule* rule) {
        if (value.starts_with('"') && !grammar_.in_uri) {
            const auto end = closing_quote(value);
            if (end == std::string_view::npos) return note(&flaws_, Fault::quote, value);
            if (end + 1 < value.size()) return note(&flaws_, Fault::foreign, trimmed(value.substr(end + 1)));
        }
        if (value.empty() || (rule && !rule->fits(value)))
            return note(&flaws_, value.empty() ? Fault::parameter_value : rule->fault, value, name);
        if (grammar_.in_uri) read_uri_characters(value, uri_parameter_characters, &flaws_);
        else if (!rule && !is_general_value(value)) note(&flaws_, Fault::parameter_value, value, name);
    }

    const ParameterGrammar& grammar_;
    Flaws& flaws_;
    Gaps gaps_;
    std::array<std::string_view, 32> names_;
    std::size_t count_ = 0;
};

}  // namespace

bool Parameters::has(std::string_view name) const { return found(list, name) != list.end(); }

std::optional<std::string> Parameters::value(std::string_view name) const {
    const auto at = found(list, name);
    if (at == list.end()) return {};
    return at->value ? unquoted(*at->value) : std::string();
}

void Parameters::set(std::string_view name, std::string value) {
    const auto at = found(list, name);
    if (at == list.end()) list.push_back({std::string(name), std::move(value)});
    else at->value = std::move(value);
}

void Parameters::set_bare(std::string_view name) {
    const auto at = found(list, name);
    if (at == list.end()) list.push_back({std::string(name), {}});
    else at->value.reset();
}

void Parameters::remove(std::string_view name) {
    std::erase_if(list, [&](const Parameter& parameter) { return same_token(parameter.name, name); });
}

bool read_parameters(std::string_view text, const ParameterGrammar& grammar, Parameters* parameters, Flaws* flaws) {
    const bool needs_some = std::ranges::any_of(grammar.known, &ParameterRule::needed);
    if (text.empty() && !needs_some) return true;
    std::optional<Check> check;
    if (flaws) check.emplace(text, grammar, *flaws);
    std::uint32_t there = 0;                      // of the known ones, a bit each
    if (parameters) parameters->list.reserve(4);  // seldom are there more
    Parts parts(text, grammar.separator);
    // The first separator only ends what the parameters follow.
    if (trimmed(text).starts_with(grammar.separator)) parts.next();
    while (const auto part = parts.next()) {
        if (part->empty()) {
            if (check) check->empty(*part);
            continue;
        }
        const Written written = taken_apart(*part);
        if (check) check->parameter(written);
        if (!written.value && !grammar.bare) continue;
        if (needs_some) there |= 1u << (found(grammar.known, written.name) - grammar.known.begin());
        if (!parameters) continue;
        Parameter& parameter = parameters->list.emplace_back(Parameter{std::string(written.name), {}});
        if (written.value) parameter.value = *written.value;
    }
    bool complete = true;
    for (std::size_t i = 0; i < grammar.known.size(); ++i)
        if (grammar.known[i].needed && (there & 1u << i) == 0)
            complete = refuse(flaws, Fault::parameter_missing, text.substr(text.size()), grammar.known[i].name);
    return complete;
}

Parameters parse_parameters(std::string_view text) {
    Parameters parameters;
    read_parameters(text, {}, &parameters, nullptr);
    return parameters;
}

std::string to_text(const Parameters& parameters) {
    std::string text;
    for (const Parameter& parameter : parameters.list) {
        text += ';' + parameter.name;
        if (parameter.value) text += '=' + *parameter.value;
    }
    return text;
}

std::optional<double> parse_q(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return {};
    if (text.size() == 1) return text[0] - '0';
    if (text[1] != '.') return {};
    double q = text[0] - '0', place = 1;
    for (const char c : text.substr(2)) {
        if (c < '0' || c > '9') return {};
        q += (c - '0') * (place /= 10);
    }
    if (q > 1) return {};
    return q;
}

bool is_q(std::string_view text) { return parse_q(text).has_value(); }

bool is_number(std::string_view text) { return number_of(text).has_value(); }

bool is_ttl(std::string_view text) { return read_number(text, largest_octet, nullptr); }

}  // namespace sipdex::sip
