#include "simulator/agents/caller_plans.h"

#include <algorithm>

#include "simulator/plan/header_line.h"
#include "sip/name_addr.h"

namespace sipdex::simulator {

namespace {

constexpr SingleRequest single_requests[] = {
    {"message", "MESSAGE", false},
    {"options", "OPTIONS", false},
    {"info", "INFO", true},
    {"message-in-call", "MESSAGE", true},
};

bool is_change(std::string_view does) {
    return does == "hold" || does == "resume" || does == "reinvite" || does == "update";
}

Media read_media(source::Table& options, std::string_view key, const Media& usual) {
    Media media = usual;
    if (options.has(key)) media.codecs = options.texts(key);
    for (const std::string& codec : media.codecs)
        if (!is_codec(codec)) options.problem(key, "'" + codec + "' is no codec known here");
    return media;
}

}  // namespace

void check_uri(source::Table& options, std::string_view key, const std::string& uri) {
    if (!uri.empty() && !sip::parse_uri(uri)) options.problem(key, "'" + uri + "' is no URI");
}

RequestPlan read_request(source::Table& options) {
    RequestPlan plan;
    plan.outbound_proxy = options.text_or("outbound_proxy", "");
    plan.headers = options.texts("headers");
    plan.without = options.texts("without");
    plan.version = options.text_or("version", "");
    plan.contents = read_contents(options, "contents");
    return plan;
}

void furnish(sip::Message& request, const RequestPlan& plan) {
    for (const std::string& line : plan.headers) add_field(request, line);
    for (const std::string& name : plan.without) request.remove_all(name);
}

CallPlan read_call(source::Table& options, const Screening& screening) {
    CallPlan plan;
    plan.request = read_request(options);
    plan.request.to = options.text("to");
    check_uri(options, "to", plan.request.to);
    plan.hang_up_after = options.duration_or("hang_up_after", Time{});
    plan.cancel_after = options.duration_or("cancel_after", Time{});
    plan.choose = options.text_or("choose", "best");
    if (plan.choose != "best" && plan.choose != "none" && !sip::parse_uri(plan.choose))
        options.problem("choose", "'" + plan.choose + "' is neither \"best\" nor \"none\" nor a URI");
    plan.choose_after = options.duration_or("choose_after", Time{});
    plan.offers = {read_media(options, "offer", *screening.media)};
    plan.offers.front().attributes = options.texts("attributes");
    if (options.has("second_offer")) {
        plan.offers.push_back(read_media(options, "second_offer", *screening.media));
        plan.offers.back().profile = options.text_or("second_profile", plan.offers.back().profile);
    }
    plan.delayed_offer = options.flag_or("delayed_offer", false);
    plan.forgets_answer = options.flag_or("forgets_answer", false);
    plan.parts = read_contents(options, "parts");
    plan.more_digits = options.texts("more_digits");
    for (const std::string& uri : plan.more_digits) check_uri(options, "more_digits", uri);
    plan.holds_back = options.texts("holds_back");
    plan.session_expires = options.number_or("session_expires", 0);
    plan.anonymous = options.flag_or("anonymous", false);
    plan.reveals_after = options.duration_or("reveals_after", Time{});
    return plan;
}

Address read_move(source::Table& options) { return read_address(options, "address").value_or(Address{}); }

RegisterPlan read_register(source::Table& options) {
    RegisterPlan plan;
    plan.registrar = options.text("registrar");
    if (options.has("contacts")) plan.contacts = options.texts("contacts");
    plan.all = options.flag_or("all", false);
    if (plan.all && plan.contacts)
        options.problem("contacts", "'all' stands for every contact; leave one of the two out");
    for (const std::string& contact : plan.contacts.value_or(std::vector<std::string>{}))
        if (!sip::parse_name_addr(contact))
            options.problem("contacts", "'" + contact + "' is no contact; write it as \"<sip:bob@192.0.2.4>\"");
    plan.expires = options.number_or("expires", plan.expires);
    plan.headers = options.texts("headers");
    return plan;
}

ChangePlan read_change(const std::string& does, source::Table& options) {
    ChangePlan plan;
    plan.method = does == "update" ? "UPDATE" : "INVITE";
    plan.direction = does == "hold" ? "sendonly" : "";
    if (options.has("offer")) plan.media = read_media(options, "offer", {});
    if (options.has("second_offer")) plan.offers.push_back(read_media(options, "second_offer", {}));
    plan.attributes = options.texts("attributes");
    if (does == "reinvite") plan.delayed_offer = options.flag_or("delayed_offer", false);
    plan.impatient = options.flag_or("impatient", false);
    return plan;
}

const SingleRequest* single_request(std::string_view does) {
    const auto* const found = std::find_if(std::begin(single_requests), std::end(single_requests),
                                           [&](const SingleRequest& each) { return each.does == does; });
    return found == std::end(single_requests) ? nullptr : found;
}

bool check_caller_action(const std::string& does, source::Table& options) {
    if (does == "call") read_call(options, screening_of_phone());
    else if (does == "register") read_register(options);
    else if (does == "move") read_move(options);
    else if (does == "hang-up") return true;
    else if (is_change(does)) read_change(does, options);
    else if (does == "refer") read_request(options), check_uri(options, "refer_to", options.text("refer_to"));
    else if (const SingleRequest* const single = single_request(does)) {
        read_request(options);
        if (!single->within) check_uri(options, "to", options.text("to"));
    } else return false;
    return true;
}

}  // namespace sipdex::simulator
