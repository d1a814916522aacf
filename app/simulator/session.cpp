#include "simulator/session.h"

namespace sipdex::simulator {

std::string session_of(const std::string& user, std::uint32_t id, const std::string& host, int port) {
    const bool six = host.front() == '[';
    const std::string where = six ? "IN IP6 " + host.substr(1, host.size() - 2) : "IN IP4 " + host;
    const std::string number = std::to_string(id);
    return "v=0\r\n"
           "o=" + user + " " + number + " " + number + " " + where + "\r\n"
           "s=-\r\n"        // RFC 3264 5: a session between two has no name worth giving
           "c=" + where + "\r\n"
           "t=0 0\r\n"
           "m=audio " + std::to_string(port) + " RTP/AVP 0 8\r\n"
           "a=rtpmap:0 PCMU/8000\r\n"
           "a=rtpmap:8 PCMA/8000\r\n";
}

}  // namespace sipdex::simulator
