// Sockets on loopback addresses, closed with the object, and SIP messages in the octets of a stream.
#pragma once
#include <optional>
#include <string>

#include "simulator/plan/exchange.h"

namespace sipdex::test {

class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    ~Socket();
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;

    int descriptor() const { return descriptor_; }
    bool open() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

// Closed ones where the address is taken.
Socket datagrams_at(const simulator::Address& address);
Socket listener_at(const simulator::Address& address);

// Whether somebody listens there; asks the kernel's table, so that nobody is disturbed.
bool is_taken(const simulator::Address& address, bool stream);

Socket accepted(const Socket& listener);
Socket connected(const simulator::Address& from, const simulator::Address& to);

void send_datagram(const Socket& socket, const simulator::Address& to, const std::string& octets);
void send_all(const Socket& socket, const std::string& octets);

// Nothing where nothing can be read any more.
std::optional<std::string> read_some(const Socket& socket);

// Takes the first whole message off a stream: header fields up to the empty line, and a body as long as Content-Length
// says (RFC 3261 18.3). Nothing while it is not complete.
std::optional<std::string> take_message(std::string& stream);

}  // namespace sipdex::test
