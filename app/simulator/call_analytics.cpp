#include "simulator/call_analytics.h"

#include <algorithm>

#include "sip/name_addr.h"

namespace sipdex::simulator {

std::vector<CallAnalytics::Rejection> CallAnalytics::read_rejections(Fields& options) {
    std::vector<Rejection> rejections;
    for (Fields& fields : options.tables("rejects")) {
        Rejection rejection;
        rejection.from = fields.text("from");
        rejection.after_calls = static_cast<std::size_t>(fields.number_or("after_calls", 0));
        rejection.within = fields.duration_or("within", std::chrono::minutes(1));
        rejection.answer = read_answer(fields);
        rejections.push_back(std::move(rejection));
        fields.finish();
    }
    return rejections;
}

void CallAnalytics::check(Fields& options) {
    Proxy::check(options);
    read_rejections(options);
}

CallAnalytics::CallAnalytics(Stage& stage, std::size_t actor)
    : Proxy(stage, actor), rejections_(options_of(stage, actor, read_rejections)) {}

std::size_t CallAnalytics::recent_calls(const std::string& caller, Time within) const {
    const auto known = calls_.find(caller);
    if (known == calls_.end()) return 0;
    return static_cast<std::size_t>(std::count_if(known->second.begin(), known->second.end(),
                                                  [&](Time call) { return stage_.clock.now() - call <= within; }));
}

std::optional<sip::Message> CallAnalytics::judge(const sip::Message& request) {
    const auto from = sip::address_in(request, "From");
    if (!from || request.method != "INVITE") return std::nullopt;
    const std::string caller = sip::to_text(from->uri);
    for (const Rejection& rejection : rejections_) {
        const std::size_t calls = recent_calls(caller, rejection.within);
        if ((rejection.from != "*" && caller != rejection.from) || calls < rejection.after_calls) continue;
        stage_.decided(actor_, "rejects-by-analytics", {caller, std::to_string(rejection.answer.status)}, "RFC 8688 §3.1");
        sip::Message response = response_to(request, rejection.answer.status, rejection.answer.phrase);
        furnish(response, rejection.answer);
        return response;
    }
    calls_[caller].push_back(stage_.clock.now());
    return std::nullopt;
}

}  // namespace sipdex::simulator
