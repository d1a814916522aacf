#include "simulator/agents/remedies.h"

#include <algorithm>

#include "simulator/agents/screening.h"
#include "sip/token.h"
#include "sip/uri.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

using sip::Message;
using Changed = std::optional<std::string>;

std::string text_of(const std::vector<std::string>& list) { return listed(Screening::List(list)); }

std::uint32_t seconds_in(const Message& message, std::string_view field) {
    const std::string_view value = message.header(field).value_or("");
    return sip::number_of(sip::trimmed(value.substr(0, value.find(';')))).value_or(0);
}

template <class T>
std::optional<T> first_of(std::vector<T>& list) {
    if (list.empty()) return std::nullopt;
    T first = std::move(list.front());
    list.erase(list.begin());
    return first;
}

Changed without_extension(Message& request, const Message& response, Means&) {
    std::vector<std::string> kept, dropped;
    for (const std::string_view tag : sip::values_of(request, "Require"))
        (sip::lists(response, "Unsupported", tag) ? dropped : kept).emplace_back(tag);
    if (dropped.empty()) return {};
    request.remove_all("Require");
    if (!kept.empty()) request.add("Require", text_of(kept));
    return text_of(dropped);
}

Changed with_extension(Message& request, const Message& response, Means& means) {
    for (const std::string_view tag : sip::values_of(response, "Require")) {
        const auto able = std::find(means.can_do.begin(), means.can_do.end(), tag);
        if (able == means.can_do.end()) continue;
        means.can_do.erase(able);
        const std::string before(request.header("Supported").value_or(""));
        request.set("Supported", before + (before.empty() ? "" : ", ") + std::string(tag));
        return std::string(tag);
    }
    return {};
}

Changed longer_session(Message& request, const Message& response, Means&) {
    const auto least = seconds_in(response, "Min-SE");
    if (least <= seconds_in(request, "Session-Expires")) return {};
    request.set("Session-Expires", std::to_string(least));
    // RFC 4028 7.4: whoever was answered 422 says from now on what was asked for.
    request.set("Min-SE", std::to_string(std::max(least, seconds_in(request, "Min-SE"))));
    return std::to_string(least);
}

Changed other_content(Message& request, const Message& response, Means& means) {
    while (auto content = first_of(means.contents)) {
        if (!sip::lists(response, "Accept", content->type)) continue;
        set_contents(request, {*content}, "");
        return content->type;
    }
    return {};
}

Changed nothing_but_later(Message&, const Message& response, Means& means) {
    if (!retry_after(response) || !means.waits) return {};
    means.waits = false;
    return std::string(*response.header("Retry-After"));
}

Changed smaller(Message& request, const Message&, Means& means) {
    while (auto content = first_of(means.contents)) {
        if (content->body.size() >= request.body.size()) continue;
        set_contents(request, {*content}, "");
        return std::to_string(request.body.size());
    }
    return {};
}

// RFC 3261 19.1.6: the number becomes the user part, without its visual separators.
Changed as_sip_uri(Message& request, const Message&, Means& means) {
    const auto uri = sip::parse_uri(request.request_uri);
    if (!uri || uri->scheme != "tel" || means.domain.empty()) return {};
    std::string number = uri->opaque;
    std::erase_if(number, [](char c) { return c == '-' || c == '.' || c == '(' || c == ')'; });
    return request.request_uri = "sip:" + number + "@" + means.domain + ";user=phone";
}

Changed other_offer(Message& request, const Message&, Means& means) {
    const auto offer = first_of(means.offers);
    if (!offer) return {};
    means.describe(request, *offer);
    return offer->profile + ": " + text_of(offer->codecs);
}

Changed more_digits(Message& request, const Message&, Means& means) {
    const auto number = first_of(means.numbers);
    if (!number) return {};
    // RFC 3578 describes it for gateways: the whole number again, in Request-URI and To.
    request.set("To", "<" + *number + ">");
    return request.request_uri = *number;
}

Changed known_priority(Message& request, const Message& response, Means&) {
    const auto accepted = sip::values_of(response, "Accept-Resource-Priority");
    if (accepted.empty() || request.header("Resource-Priority") == accepted.back()) return {};
    // The lowest stands last, as in the example of RFC 4412 3.2, and is the safest guess.
    request.set("Resource-Priority", std::string(accepted.back()));
    return std::string(accepted.back());
}

struct Row {
    int status;
    std::string_view decision;
    std::string_view rule;
    // Changes the request and names what was changed; nothing where there is no way out.
    Changed (*change)(Message& request, const Message& response, Means& means);
};
constexpr Row table[] = {
    {413, "retries-later", "RFC 3261 §21.4.11", nothing_but_later},
    {413, "retries-smaller", "RFC 3261 §8.1.3.5", smaller},
    {415, "retries-other-content", "RFC 3261 §8.1.3.5", other_content},
    {416, "retries-as-sip-uri", "RFC 3261 §8.1.3.5", as_sip_uri},
    {417, "retries-known-priority", "RFC 4412 §4.7.1", known_priority},
    {420, "retries-without-extension", "RFC 3261 §8.1.3.5", without_extension},
    {421, "retries-with-extension", "RFC 3261 §21.4.16", with_extension},
    {422, "retries-longer-session", "RFC 4028 §7.3", longer_session},
    {484, "dials-more-digits", "RFC 3261 §21.4.22", more_digits},
    {488, "offers-something-else", "RFC 3261 §21.4.26", other_offer},
    {606, "offers-something-else", "RFC 3261 §21.6.4", other_offer},
};

}  // namespace

std::optional<Time> retry_after(const Message& response) {
    const std::string_view value = response.header("Retry-After").value_or("");
    const auto seconds = sip::number_of(sip::trimmed(value.substr(0, value.find_first_of(";("))));
    if (!seconds) return {};
    return std::chrono::seconds(*seconds);
}

std::optional<Remedy> mend(Message& request, const Message& response, Means& means) {
    for (const Row& row : table) {
        if (row.status != response.status) continue;
        if (auto changed = row.change(request, response, means))
            return Remedy{
                std::string(row.decision), {*changed}, std::string(row.rule), retry_after(response).value_or(Time{})};
    }
    return {};
}

}  // namespace sipdex::simulator
