#include "simulator/call_analytics.h"

#include "sip/name_addr.h"

namespace sipdex::simulator {

std::vector<CallAnalytics::Rejection> CallAnalytics::read_rejections(Fields& options) {
    std::vector<Rejection> rejections;
    for (Fields& fields : options.tables("rejects")) {
        const std::string from = fields.text("from");
        rejections.push_back({from, read_answer(fields)});
        fields.finish();
    }
    return rejections;
}

void CallAnalytics::check(Fields& options) {
    Proxy::check(options);
    read_rejections(options);
}

CallAnalytics::CallAnalytics(Stage& stage, std::size_t actor)
    : Proxy(stage, actor), rejections_([&] {
          std::vector<Problem> none;
          Fields fields(stage.exchange.parties[actor].options, "", none);
          return read_rejections(fields);
      }()) {}

std::optional<sip::Message> CallAnalytics::judge(const sip::Message& request) {
    const auto from = sip::address_in(request, "From");
    for (const Rejection& rejection : rejections_) {
        if (!from || sip::to_text(from->uri) != rejection.from) continue;
        stage_.decided(actor_, "rejects-by-analytics", {rejection.from, std::to_string(rejection.answer.status)}, "RFC 8688 §3.1");
        sip::Message response = response_to(request, rejection.answer.status, rejection.answer.phrase);
        furnish(response, rejection.answer);
        return response;
    }
    return std::nullopt;
}

}  // namespace sipdex::simulator
