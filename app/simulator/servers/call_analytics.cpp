#include "simulator/servers/call_analytics.h"

#include <algorithm>

#include "simulator/session/date.h"
#include "sip/jws.h"
#include "sip/name_addr.h"

namespace sipdex::simulator {

std::vector<CallAnalytics::Rejection> CallAnalytics::read_rejections(source::Table& options) {
    std::vector<Rejection> rejections;
    for (source::Table& fields : options.tables("rejects")) {
        Rejection rejection;
        rejection.from = fields.text("from");
        rejection.after_calls = static_cast<std::size_t>(fields.number_or("after_calls", 0));
        rejection.within = fields.duration_or("within", std::chrono::minutes(1));
        rejection.answer = read_answer(fields);
        rejections.push_back(std::move(rejection));
        fields.done();
    }
    return rejections;
}

std::optional<CallAnalytics::Redress> CallAnalytics::read_redress(source::Table& options) {
    auto fields = options.table("redress");
    if (!fields) return std::nullopt;
    Redress redress;
    redress.at = fields->text("at");
    redress.key = fields->text("key");
    redress.card.credential = fields->text("certificate");
    redress.card.name = fields->text("name");
    redress.card.email = fields->text_or("email", "");
    redress.card.page = fields->text_or("page", "");
    redress.card.telephone = fields->text_or("telephone", "");
    if (redress.card.email.empty() && redress.card.page.empty() && redress.card.telephone.empty())
        options.problem("redress", "RFC 8688 3.2.2 wants one way at least to get in touch: email, page or telephone");
    redress.clock_behind = fields->duration_or("clock_behind", Time{});
    fields->done();
    return redress;
}

void CallAnalytics::check(source::Table& options) {
    Proxy::check(options);
    read_rejections(options);
    read_redress(options);
}

CallAnalytics::CallAnalytics(Stage& stage, std::size_t actor)
    : Proxy(stage, actor),
      rejections_(options_of(stage, actor, read_rejections)),
      redress_(options_of(stage, actor, read_redress)) {}

std::size_t CallAnalytics::recent_calls(const std::string& caller, Time within) const {
    const auto known = calls_.find(caller);
    if (known == calls_.end()) return 0;
    return static_cast<std::size_t>(std::count_if(known->second.begin(), known->second.end(),
                                                  [&](Time call) { return stage_.clock.now() - call <= within; }));
}

// RFC 8688 3.1, 3.2: the card is signed when the call is rejected, and waits where Call-Info says.
void CallAnalytics::refer_to_card(sip::Message& response) {
    sip::RedressCard card = redress_->card;
    card.issued_at = unix_time(stage_.clock.now() - redress_->clock_behind);
    const std::string token = sip::signed_token(sip::header_of(card), sip::payload_of(card), redress_->key);
    stage_.web[redress_->at] = token;
    stage_.web[card.credential] = redress_->key;
    response.add("Call-Info", "<" + redress_->at + ">;purpose=jwscard");
    stage_.decided(actor_, "signs-redress-card",
                   {redress_->at, sip::header_of(card), sip::payload_of(card), token.substr(token.rfind('.') + 1)},
                   "RFC 8688 §3.2");
}

std::optional<sip::Message> CallAnalytics::judge(const sip::Message& request) {
    const auto from = sip::address_in(request, "From");
    if (!from || request.method != "INVITE") return std::nullopt;
    const std::string caller = sip::to_text(from->uri);
    for (const Rejection& rejection : rejections_) {
        const std::size_t calls = recent_calls(caller, rejection.within);
        if ((rejection.from != "*" && caller != rejection.from) || calls < rejection.after_calls) continue;
        stage_.decided(actor_, "rejects-by-analytics", {caller, std::to_string(rejection.answer.status)},
                       rejection.answer.status == 608 ? "RFC 8688 §3.1" : "RFC 3261 §21.6.2");
        sip::Message response = response_to(request, rejection.answer.status, rejection.answer.phrase);
        furnish(response, rejection.answer);
        if (response.status == 608 && redress_) refer_to_card(response);
        return response;
    }
    calls_[caller].push_back(stage_.clock.now());
    return std::nullopt;
}

}  // namespace sipdex::simulator
