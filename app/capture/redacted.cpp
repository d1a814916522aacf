#include "capture/redacted.h"

#include <charconv>

namespace sipdex::capture {

namespace {

constexpr std::string_view behind = " octets before redaction";
constexpr std::uint32_t most = 65535;  // no datagram is larger (RFC 768)

}  // namespace

std::string comment_of_size(std::uint32_t octets) { return std::to_string(octets) + std::string(behind); }

std::optional<std::uint32_t> size_in_comment(std::string_view comment) {
    std::uint32_t octets = 0;
    const auto [end, error] = std::from_chars(comment.data(), comment.data() + comment.size(), octets);
    if (error != std::errc() || octets == 0 || octets > most) return std::nullopt;
    if (comment.substr(static_cast<std::size_t>(end - comment.data())) != behind) return std::nullopt;
    return octets;
}

}  // namespace sipdex::capture
