#include "sip/best_response.h"

#include <algorithm>

namespace sipdex::sip {

namespace {

// RFC 3261 16.7, step 6: within 4xx, what tells the caller how to ask again goes first.
bool helps_to_ask_again(int status) {
    return status == 401 || status == 407 || status == 415 || status == 420 || status == 484;
}

// The lower, the better.
int rank(int status) {
    if (status >= 600) return 0;
    if (status == 503) return 600;  // rather anything else than 503
    if (helps_to_ask_again(status)) return 400;
    if (status >= 400 && status < 500) return 401;
    return status / 100 * 100;
}

std::string reason_of(int status) {
    if (status >= 600) return "best-response-6xx";
    if (helps_to_ask_again(status)) return "best-response-helps";
    if (status == 503) return "503-becomes-500";
    return "best-response-lowest-class";
}

void gather(const std::vector<Message>& finals, std::size_t chosen, Message& into) {
    for (std::size_t i = 0; i < finals.size(); ++i) {
        if (i == chosen || (finals[i].status != 401 && finals[i].status != 407)) continue;
        for (const char* const field : {"WWW-Authenticate", "Proxy-Authenticate"})
            for (const std::string_view value : finals[i].headers(field)) into.add(field, std::string(value));
    }
}

}  // namespace

BestResponse best_of(const std::vector<Message>& finals) {
    if (finals.empty()) return {std::nullopt, "", "RFC 3261 §16.7"};
    const auto best = std::min_element(finals.begin(), finals.end(), [](const Message& a, const Message& b) {
        return rank(a.status) < rank(b.status);
    });
    BestResponse result{*best, reason_of(best->status), "RFC 3261 §16.7", best->status == 503};
    if (best->status == 401 || best->status == 407)
        gather(finals, static_cast<std::size_t>(best - finals.begin()), *result.response);
    return result;
}

}  // namespace sipdex::sip
