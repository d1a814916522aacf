// Parameters as they follow URIs, addresses and Vias: names with or without values, in their order.
//
//     ;branch=z9hG4bK74b21;rport;expires=3600
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sip/fault.h"
#include "sip/token.h"

namespace sipdex::sip {

struct Parameter {
    std::string name;                  // as written
    std::optional<std::string> value;  // as written, quotes included; nothing where there is no "="
    bool operator==(const Parameter&) const = default;
};

struct Parameters {
    std::vector<Parameter> list;

    bool has(std::string_view name) const;                          // names compare without case
    std::optional<std::string> value(std::string_view name) const;  // without quotes; "" for a bare name
    void set(std::string_view name, std::string value);             // replaces the value, or adds
    void set_bare(std::string_view name);                           // ;rport, ;lr
    void remove(std::string_view name);
    bool operator==(const Parameters&) const = default;
};

// A parameter whose value has a form of its own, or that must not be missing.
struct ParameterRule {
    std::string_view name;
    bool (*fits)(std::string_view value);
    Fault fault = Fault::parameter_value;  // what is said where the value does not fit
    bool bare = false;                     // may come without a value
    bool needed = false;
};

constexpr ParameterRule in_quotes(std::string_view name, bool needed = false) {
    return {.name = name, .fits = is_quoted, .fault = Fault::quotes, .needed = needed};
}

// What parameters look like where they stand. All others than the known ones are generic-param of RFC 3261 25.1.
struct ParameterGrammar {
    std::span<const ParameterRule> known;
    char separator = ';';
    bool in_uri = false;  // other characters, and escapes (RFC 3261 19.1.1)
    bool bare = true;     // may they come without values? If not, such ones are not kept.
};

// Reads ";a=1;b", or "a=1, b=2" where that is the separator. White space around the separator and "=" is allowed;
// empty parameters are skipped.
Parameters parse_parameters(std::string_view text);

// False where one is missing that the grammar needs; all else is read or skipped.
bool read_parameters(std::string_view text, const ParameterGrammar& grammar, Parameters* parameters, Flaws* flaws);

std::string to_text(const Parameters& parameters);  // ";a=1;b", or ""

// "0" to "1" with up to three decimals (RFC 3261 25.1).
std::optional<double> parse_q(std::string_view text);

// What rules are made of, beside is_token, is_quoted and is_host.
bool is_q(std::string_view text);
bool is_number(std::string_view text);
bool is_ttl(std::string_view text);  // 0 to 255

}  // namespace sipdex::sip
