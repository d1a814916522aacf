// A proxy of the called side that rejects calls on behalf of its users, by a score that analytics gave the
// caller: the intermediary of RFC 8688 3.
//
//     rejects = [{ from = "sip:+15550100@carrier.example.com", status = 608, phrase = "Rejected", headers = ["Call-Info: …"] }]
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "simulator/answer.h"
#include "simulator/proxy.h"

namespace sipdex::simulator {

class CallAnalytics : public Proxy {
public:
    static void check(Fields& options);

    CallAnalytics(Stage& stage, std::size_t actor);

protected:
    std::optional<sip::Message> judge(const sip::Message& request) override;

private:
    struct Rejection {
        std::string from;       // whose calls
        Answer answer;
    };
    static std::vector<Rejection> read_rejections(Fields& options);

    const std::vector<Rejection> rejections_;
};

}  // namespace sipdex::simulator
