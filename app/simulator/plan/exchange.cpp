#include "simulator/plan/exchange.h"

#include <algorithm>
#include <charconv>

namespace sipdex::simulator {

namespace {

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view b) { return text.starts_with(b); });
}

}  // namespace

std::string to_text(const Address& address) { return address.host + ":" + std::to_string(address.port); }

std::optional<Address> read_address(source::Table& fields, std::string_view key) {
    const std::string text = fields.text(key);
    const auto address = read_address(text);
    if (!address && !text.empty())
        fields.problem(key, "'" + text +
                                "' lies outside the documentation addresses 192.0.2.0/24, "
                                "198.51.100.0/24, 203.0.113.0/24 and 2001:db8::/32");
    return address;
}

std::optional<Address> read_address(std::string_view text) {
    if (!starts_with_any(text, {"192.0.2.", "198.51.100.", "203.0.113.", "[2001:db8:"})) return std::nullopt;
    Address address;
    const auto bracket = text.find(']');
    const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    address.host = std::string(text.substr(0, colon));
    if (colon == std::string_view::npos) return address;
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc{} || end != port.data() + port.size() || address.port < 1 || address.port > 65535)
        return std::nullopt;
    return address;
}

}  // namespace sipdex::simulator
