#include "support/sockets.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <utility>

#include "sip/message.h"

namespace sipdex::test {

namespace {

sockaddr_in address_of(const simulator::Address& address) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(static_cast<std::uint16_t>(address.port));
    inet_pton(AF_INET, address.host.c_str(), &result.sin_addr);
    return result;
}

bool bound(const Socket& socket, const simulator::Address& address) {
    const sockaddr_in at = address_of(address);
    return bind(socket.descriptor(), reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
}

// Connections of the run before may still be closing; that shall not keep the address.
Socket stream_socket() {
    Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int yes = 1;
    setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return socket;
}

}  // namespace

Socket::~Socket() {
    if (open()) close(descriptor_);
}
Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
Socket& Socket::operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Socket datagrams_at(const simulator::Address& address) {
    Socket socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    return bound(socket, address) ? std::move(socket) : Socket();
}

Socket listener_at(const simulator::Address& address) {
    Socket socket = stream_socket();
    return bound(socket, address) && listen(socket.descriptor(), 4) == 0 ? std::move(socket) : Socket();
}

bool is_taken(const simulator::Address& address, bool stream) {
    char wanted[32];
    std::snprintf(wanted, sizeof wanted, ": %08X:%04X ", address_of(address).sin_addr.s_addr,
                  static_cast<unsigned>(address.port));
    std::ifstream table(stream ? "/proc/net/tcp" : "/proc/net/udp");
    for (std::string line; std::getline(table, line);)
        if (line.find(wanted) != std::string::npos && (!stream || line.find(" 00000000:0000 0A ") != std::string::npos))
            return true;
    return false;
}

Socket accepted(const Socket& listener) {
    return Socket(accept4(listener.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
}

Socket connected(const simulator::Address& from, const simulator::Address& to) {
    Socket socket = stream_socket();
    const sockaddr_in there = address_of(to);
    const bool done = bound(socket, {from.host, 0}) &&
                      connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
    return done ? std::move(socket) : Socket();
}

void send_datagram(const Socket& socket, const simulator::Address& to, const std::string& octets) {
    const sockaddr_in there = address_of(to);
    (void)!sendto(socket.descriptor(), octets.data(), octets.size(), 0, reinterpret_cast<const sockaddr*>(&there),
                  sizeof there);
}

void send_all(const Socket& socket, const std::string& octets) {
    for (std::size_t sent = 0; sent < octets.size();) {
        const ssize_t some = send(socket.descriptor(), octets.data() + sent, octets.size() - sent, MSG_NOSIGNAL);
        if (some <= 0) return;
        sent += static_cast<std::size_t>(some);
    }
}

std::optional<std::string> read_some(const Socket& socket) {
    std::string octets(65536, '\0');
    const ssize_t length = recv(socket.descriptor(), octets.data(), octets.size(), MSG_DONTWAIT);
    if (length <= 0) return std::nullopt;
    octets.resize(static_cast<std::size_t>(length));
    return octets;
}

std::optional<std::string> take_message(std::string& stream) {
    stream.erase(0, stream.find_first_not_of("\r\n"));
    const std::size_t end = stream.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    const sip::Parsed head = sip::parse(stream.substr(0, end + 4));
    const std::string length(head.message ? head.message->header("Content-Length").value_or("0") : "0");
    std::size_t body = 0;
    std::from_chars(length.data(), length.data() + length.size(), body);
    if (stream.size() < end + 4 + body) return std::nullopt;
    std::string message = stream.substr(0, end + 4 + body);
    stream.erase(0, message.size());
    return message;
}

}  // namespace sipdex::test
