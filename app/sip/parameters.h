// Parameters as they follow URIs, addresses and Vias: names with or without values, in their order.
//
//     ;branch=z9hG4bK74b21;rport;expires=3600
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::sip {

struct Parameter {
    std::string name;                   // as written
    std::optional<std::string> value;   // as written, quotes included; nothing where there is no "="
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

// Reads ";a=1;b". White space around ";" and "=" is allowed; empty parameters are skipped.
Parameters parse_parameters(std::string_view text);

std::string to_text(const Parameters& parameters);      // ";a=1;b", or ""

}  // namespace sipdex::sip
