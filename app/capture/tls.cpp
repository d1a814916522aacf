#include "capture/tls.h"

#include <algorithm>

#include "capture/octets.h"

namespace sipdex::capture {

namespace {

constexpr std::uint32_t change_cipher_spec = 20, alert = 21, handshake_record = 22, application_data = 23;
constexpr std::uint32_t client_hello_type = 1, server_hello_type = 2, certificate_request = 13;
constexpr std::uint32_t server_name = 0, alpn = 16, supported_versions = 43;
constexpr std::size_t longest_record = (1 << 14) + 2048, longest_handshake = 1 << 16;

// Extensions one by one: type and content.
template <class Each>
void extensions(std::string_view octets, const Each& each) {
    const std::size_t end = std::min<std::size_t>(octets.size(), 2 + u16(octets, 0));
    for (std::size_t at = 2; at + 4 <= end;) {
        const std::size_t length = u16(octets, at + 2);
        each(u16(octets, at), octets.substr(at + 4, std::min(length, end - at - 4)));
        at += 4 + length;
    }
}

}  // namespace

bool begins_tls(std::string_view octets) {
    const std::uint32_t type = u8(octets, 0);
    return octets.size() >= 5 && type >= change_cipher_spec && type <= application_data && u8(octets, 1) == 3 &&
           u8(octets, 2) <= 4 && u16(octets, 3) > 0 && u16(octets, 3) <= longest_record;
}

std::size_t TlsReader::read(std::string_view octets, bool first_side, Time time, std::size_t& skip) {
    std::size_t at = 0;
    while (octets.size() - at >= 5) {
        const std::string_view rest = octets.substr(at);
        if (!begins_tls(rest)) return octets.size();  // out of step; nothing more can be told
        const std::uint32_t type = u8(rest, 0);
        const std::size_t length = u16(rest, 3);
        if (type == application_data) {
            octets_[first_side ? 0 : 1] += length;
            const std::size_t here = std::min(rest.size(), 5 + length);
            skip = 5 + length - here;
            at += here;
            continue;
        }
        if (rest.size() < 5 + length) break;
        record(type, rest.substr(5, length), first_side, time);
        at += 5 + length;
    }
    const std::size_t client = swapped_ ? 1 : 0;
    connection_.client_octets = octets_[client];
    connection_.server_octets = octets_[1 - client];
    return at;
}

void TlsReader::record(std::uint32_t type, std::string_view content, bool first_side, Time time) {
    const std::size_t side = first_side ? 0 : 1;
    if (type == change_cipher_spec) encrypted_[side] = true;
    if (encrypted_[side]) return;
    if (type == alert && content.size() == 2 && u8(content, 0) <= 2 && connection_.alerts.size() < 8) {
        connection_.alerts.push_back({.time = time,
                                      .from_server = first_side == swapped_,
                                      .level = static_cast<std::uint8_t>(u8(content, 0)),
                                      .description = static_cast<std::uint8_t>(u8(content, 1))});
    }
    if (type != handshake_record) return;
    std::string& begun = begun_[side];
    begun += content;
    std::size_t at = 0;
    while (begun.size() - at >= 4) {
        const std::size_t length = u24(begun, at + 1);
        if (length > longest_handshake) {
            at = begun.size();
            encrypted_[side] = true;  // no handshake in clear
            break;
        }
        if (begun.size() - at < 4 + length) break;
        handshake(u8(begun, at), std::string_view(begun).substr(at + 4, length), first_side);
        at += 4 + length;
    }
    begun.erase(0, at);
}

void TlsReader::handshake(std::uint32_t type, std::string_view content, bool first_side) {
    if (type == client_hello_type && !connection_.client_seen) {
        swapped_ = !first_side;
        connection_.client_seen = true;
        client_hello(content);
    } else if (type == server_hello_type) {
        if (!connection_.client_seen) swapped_ = first_side;
        server_hello(content);
    } else if (type == certificate_request) {
        connection_.client_certificate_wanted = true;
    }
}

void TlsReader::client_hello(std::string_view content) {
    std::size_t at = 34;  // version and random
    at += 1 + u8(content, at);
    at += 2 + u16(content, at);
    at += 1 + u8(content, at);
    extensions(from(content, at), [&](std::uint32_t type, std::string_view value) {
        if (type == server_name && value.size() > 5)
            connection_.server_name = value.substr(5, std::min<std::size_t>(u16(value, 3), 255));
        if (type == alpn && value.size() > 3) connection_.protocol = value.substr(3, u8(value, 2));
        if (type == supported_versions)
            for (std::size_t i = 1; i + 2 <= value.size() && i < 64; i += 2) {
                const auto version = static_cast<std::uint16_t>(u16(value, i));
                // RFC 8701: values that mean nothing, to keep servers used to the unknown.
                if ((version & 0x0f0f) != 0x0a0a) connection_.offered.push_back(version);
            }
    });
    if (connection_.offered.empty()) connection_.offered.push_back(static_cast<std::uint16_t>(u16(content, 0)));
}

void TlsReader::server_hello(std::string_view content) {
    connection_.version = static_cast<std::uint16_t>(u16(content, 0));
    std::size_t at = 34;
    at += 1 + u8(content, at);
    connection_.cipher = static_cast<std::uint16_t>(u16(content, at));
    extensions(from(content, at + 3), [&](std::uint32_t type, std::string_view value) {
        if (type == supported_versions && value.size() == 2)
            connection_.version = static_cast<std::uint16_t>(u16(value, 0));
    });
}

}  // namespace sipdex::capture
