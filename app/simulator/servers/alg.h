// An application layer gateway stands between a private network and the others, and has the media of each call pass
// through itself: it writes its own address and a port of its own into every session description on its way, in both
// directions (RFC 3665 3.5).
//
//     c=IN IP4 192.0.2.101        becomes   c=IN IP4 192.0.2.128
//     m=audio 49172 RTP/AVP 0     becomes   m=audio 2000 RTP/AVP 0
//
// It is a proxy that stays in the way of each dialog, for the next change of a session has to be rewritten, too. That it
// touches bodies is more than a proxy may do (RFC 3261 16.6, item 1), and why such boxes are held to be user agents
// back to back.
#pragma once
#include <map>
#include <string>

#include "simulator/servers/proxy.h"

namespace sipdex::simulator {

class Alg : public Proxy {
public:
    static void check(source::Table& options);

    Alg(Stage& stage, std::size_t actor);

    void on_request(TransactionId server, const sip::Message& request) override;
    void on_ack(const sip::Message& ack) override;

protected:
    void prepare(sip::Message& request) override;
    void annotate(const sip::Message& request, sip::Message& response) override;

private:
    static int read_media_port(source::Table& options);

    // The message with the description, if it has one, leading here.
    sip::Message bridged(sip::Message message);
    std::string bridged(const std::string& description, const std::string& call_id);
    int port_for(const std::string& call_id, const std::string& host, const std::string& port);

    int next_port_;
    std::map<std::string, int> ports_;  // by Call-ID and the address that a stream was awaited at
};

}  // namespace sipdex::simulator
