// From a frame inwards: link layers, IP, tunnels within one another, down to datagrams and segments.
#pragma once
#include <cstdint>
#include <string_view>

#include "capture/fragments.h"
#include "capture/frames.h"
#include "capture/output.h"
#include "capture/sctp.h"
#include "capture/streams.h"

namespace sipdex::capture {

class Dissector {
public:
    explicit Dissector(Output& output) : output_(output), fragments_(output), sctp_(output), streams_(output) {}

    void frame(const Frame& frame);
    void finish();

private:
    // links.cpp
    void link(std::uint32_t type, Packet& packet, std::string_view octets);
    void ethernet(Packet& packet, std::string_view octets);
    void ether_type(std::uint32_t type, Packet& packet, std::string_view octets);
    void llc(Packet& packet, std::string_view octets);
    void ppp(Packet& packet, std::string_view octets);
    void wireless(Packet& packet, std::string_view octets);
    void loopback(Packet& packet, std::string_view octets);
    void mpls(Packet& packet, std::string_view octets);
    void exported(Packet& packet, std::string_view octets);
    void firewall(Packet& packet, std::string_view octets);
    void either(Packet& packet, std::string_view octets);  // IPv4 or IPv6, by the first octet

    // networks.cpp
    void ip4(Packet& packet, std::string_view octets);
    void ip6(Packet& packet, std::string_view octets);
    void protocol(std::uint32_t number, Packet& packet, std::string_view octets);
    void fragment(Packet& packet, std::uint32_t protocol_number, std::uint32_t offset, bool more,
                  std::string_view octets);
    void lost_fragments(bool all);
    void icmp(Packet& packet, std::string_view octets, bool six);
    void udp(Packet& packet, std::string_view octets);
    void datagram(Packet& packet, std::string_view octets);
    bool enter(Packet& packet);  // one header more; false at the limit

    // tunnels.cpp
    void gre(Packet& packet, std::string_view octets);
    void erspan(std::uint32_t type, bool numbered, Packet& packet, std::string_view octets);
    bool tunnel_in_udp(Packet& packet, std::string_view octets);  // whether the ports are those of a tunnel

    Output& output_;
    Fragments fragments_;
    Sctp sctp_;
    Streams streams_;
};

}  // namespace sipdex::capture
