// A proxy of the called side that rejects calls on behalf of its users, by a score that analytics gave the
// caller: the intermediary of RFC 8688 3.
//
//     rejects = [{ from = "sip:+12125550142@example.net", after_calls = 2, within = "1m", status = 608, phrase = "Rejected" }]
//     redress = { at = "https://block.example.com/complaint-jws", certificate = "https://certs.example.com/block.cer",
//                 key = "example.com", name = "Call rating of example.com", email = "redress@block.example.com" }
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/plan/answer.h"
#include "simulator/servers/proxy.h"
#include "sip/redress_card.h"

namespace sipdex::simulator {

class CallAnalytics : public Proxy {
public:
    static void check(source::Table& options);

    CallAnalytics(Stage& stage, std::size_t actor);

protected:
    std::optional<sip::Message> judge(const sip::Message& request) override;

private:
    struct Rejection {
        std::string from;             // whose calls; "*": anybody's
        std::size_t after_calls = 0;  // that were let through
        Time within{};                // so far back are calls counted
        Answer answer;
    };
    static std::vector<Rejection> read_rejections(source::Table& options);

    // Where callers can complain: a signed card that a 608 refers to.
    struct Redress {
        std::string at;  // its URI
        std::string key;
        sip::RedressCard card;  // all but the time
        Time clock_behind{};
    };
    static std::optional<Redress> read_redress(source::Table& options);
    void refer_to_card(sip::Message& response);

    std::size_t recent_calls(const std::string& caller, Time within) const;

    const std::vector<Rejection> rejections_;
    const std::optional<Redress> redress_;
    std::map<std::string, std::vector<Time>> calls_;  // by caller, those let through
};

}  // namespace sipdex::simulator
