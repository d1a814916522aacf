#include "sip/parameters.h"

#include <algorithm>

#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

auto found(auto& list, std::string_view name) {
    return std::ranges::find_if(list, [&](const Parameter& parameter) { return same_token(parameter.name, name); });
}

}  // namespace

bool Parameters::has(std::string_view name) const { return found(list, name) != list.end(); }

std::optional<std::string> Parameters::value(std::string_view name) const {
    const auto at = found(list, name);
    if (at == list.end()) return {};
    return at->value ? unquoted(*at->value) : std::string();
}

void Parameters::set(std::string_view name, std::string value) {
    const auto at = found(list, name);
    if (at == list.end())
        list.push_back({std::string(name), std::move(value)});
    else
        at->value = std::move(value);
}

void Parameters::set_bare(std::string_view name) {
    const auto at = found(list, name);
    if (at == list.end())
        list.push_back({std::string(name), {}});
    else
        at->value.reset();
}

void Parameters::remove(std::string_view name) {
    std::erase_if(list, [&](const Parameter& parameter) { return same_token(parameter.name, name); });
}

Parameters parse_parameters(std::string_view text) {
    Parameters parameters;
    for (const std::string_view part : split(text, ';')) {
        if (part.empty()) continue;
        const auto equals = part.find('=');
        Parameter parameter{std::string(trimmed(part.substr(0, equals))), {}};
        if (equals != std::string_view::npos) parameter.value = std::string(trimmed(part.substr(equals + 1)));
        parameters.list.push_back(std::move(parameter));
    }
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

}  // namespace sipdex::sip
