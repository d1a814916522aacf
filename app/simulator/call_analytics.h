// A proxy of the called side that rejects calls on behalf of its users, by a score that analytics gave the
// caller: the intermediary of RFC 8688 3.
//
//     rejects = [{ from = "sip:+12125550142@example.net", after_calls = 2, within = "1m", status = 608, phrase = "Rejected" }]
#pragma once
#include <map>
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
        std::string from;               // whose calls; "*": anybody's
        std::size_t after_calls = 0;    // that were let through
        Time within{};                  // so far back are calls counted
        Answer answer;
    };
    static std::vector<Rejection> read_rejections(Fields& options);

    std::size_t recent_calls(const std::string& caller, Time within) const;

    const std::vector<Rejection> rejections_;
    std::map<std::string, std::vector<Time>> calls_;        // by caller, those let through
};

}  // namespace sipdex::simulator
