#include "simulator/agents/screening.h"

#include <algorithm>

#include "facts/facts.h"
#include "simulator/session/body.h"
#include "simulator/session/precondition.h"
#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/name_addr.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

using sip::Message;
using Found = std::optional<Refusal>;

bool has(const std::vector<std::string>& list, std::string_view value) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& each) { return sip::same_token(each, value); });
}

bool lacks(const Screening::List& list, std::string_view value) { return list && !has(*list, value); }

// "text/plain;charset=utf-8" without what follows.
std::string_view before_parameters(std::string_view value) { return sip::trimmed(value.substr(0, value.find(';'))); }

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& each : list) text += (text.empty() ? "" : ", ") + each;
    return text;
}

Refusal refused(int status, std::string because, std::vector<std::string> headers = {}, std::string phrase = {}) {
    Refusal refusal;
    refusal.answer.status = status;
    refusal.answer.phrase = std::move(phrase);
    refusal.answer.headers = std::move(headers);
    refusal.because = std::move(because);
    return refusal;
}

std::string content_type(const Message& request) { return media_type(request.header("Content-Type").value_or("")); }

std::string caller_of(const Message& request) {
    const auto from = sip::address_in(request, "From");
    return from ? sip::to_text(from->uri) : "";
}

bool is_new(const Message& request) { return sip::tag_in(request, "To").empty(); }

// RFC 3261 8.1.1 and 21.4.1: what every request has, and what contradicts itself. The reason phrase says which.
Found malformed(const Message& request, const Screening&) {
    for (const char* const name : {"From", "To"})
        if (!sip::address_in(request, name))
            return refused(400, name, {},
                           std::string(request.header(name) ? "Malformed " : "Missing ") + name + " header field");
    if (!request.header("Call-ID")) return refused(400, "Call-ID", {}, "Missing Call-ID header field");
    const auto cseq = sip::cseq_of(request);
    if (!cseq || cseq->method != request.method) return refused(400, "CSeq", {}, "CSeq does not match the method");
    if (request.method == "INVITE" && sip::contacts_in(request).size() != 1)  // 8.1.1.8
        return refused(400, "Contact", {},
                       request.header("Contact") ? "More than one Contact" : "Missing Contact header field");
    if (request.method == "REFER" && request.headers("Refer-To").size() != 1)  // RFC 3515 2.4.2
        return refused(400, "Refer-To", {}, "REFER needs exactly one Refer-To");
    return {};
}

Found version(const Message& request, const Screening&) {
    if (sip::same_token(request.version, "SIP/2.0")) return {};
    return refused(505, request.version);
}

Found message_size(const Message& request, const Screening& screening) {
    const std::size_t octets = sip::size_of(request);
    if (screening.largest_message == 0 || octets <= screening.largest_message) return {};
    return refused(513, std::to_string(octets));
}

Found uri_size(const Message& request, const Screening& screening) {
    if (screening.largest_uri == 0 || request.request_uri.size() <= screening.largest_uri) return {};
    return refused(414, std::to_string(request.request_uri.size()));
}

Found method(const Message& request, const Screening& screening) {
    if (!lacks(screening.methods, request.method)) return {};
    const bool heard_of = has(screening.recognizes.value_or(facts::registered_methods()), request.method);
    // 405 has to list what is supported (8.2.1), 501 may (20.5).
    return refused(heard_of ? 405 : 501, request.method, {"Allow: " + listed(screening.methods)});
}

Found scheme(const Message& request, const Screening& screening) {
    const std::string scheme = request.request_uri.substr(0, request.request_uri.find(':'));
    if (!lacks(screening.schemes, scheme)) return {};
    return refused(416, scheme);
}

Found required(const Message& request, const Screening& screening) {
    std::vector<std::string> unknown;
    for (const std::string_view tag : sip::values_of(request, "Require"))
        if (lacks(screening.supports, tag)) unknown.emplace_back(tag);
    if (unknown.empty()) return {};
    return refused(420, joined(unknown), {"Unsupported: " + joined(unknown)});
}

Found body_size(const Message& request, const Screening& screening) {
    if (screening.largest_body == 0 || request.body.size() <= screening.largest_body) return {};
    Refusal refusal = refused(413, std::to_string(request.body.size()));
    if (!screening.busy_for.empty()) refusal.answer.headers = {"Retry-After: " + screening.busy_for};
    return refusal;
}

// RFC 3261 23.2: of an S/MIME body that can be read but not opened.
Found undecipherable(const Message& request, const Screening& screening) {
    if (screening.decrypts || content_type(request) != "application/pkcs7-mime") return {};
    return refused(493, content_type(request));
}

Found type(const Message& request, const Screening& screening) {
    const auto disposition = request.header("Content-Disposition").value_or("");
    if (request.body.empty() || disposition.find("handling=optional") != std::string_view::npos) return {};
    // RFC 5621 3.1: several parts are read one by one.
    for (const Content& part : contents_of(request))
        if (lacks(screening.content_types, part.type))
            return refused(415, part.type, {"Accept: " + joined(*screening.content_types)});
    const std::string encoding(request.header("Content-Encoding").value_or("identity"));
    if (lacks(screening.encodings, encoding))
        return refused(415, encoding, {"Accept-Encoding: " + joined(*screening.encodings)});
    return {};
}

Found extension_needed(const Message& request, const Screening& screening) {
    if (request.method != "INVITE" || !is_new(request)) return {};
    for (const std::string& tag : screening.requires_of_caller)
        if (!sip::lists(request, "Supported", tag) && !sip::lists(request, "Require", tag))
            return refused(421, tag, {"Require: " + tag});
    return {};
}

Found acceptable(const Message& request, const Screening& screening) {
    const auto wanted = sip::values_of(request, "Accept");
    if (!screening.responds_with || wanted.empty()) return {};
    const bool any = std::any_of(wanted.begin(), wanted.end(), [&](std::string_view type) {
        return before_parameters(type) == "*/*" || has(*screening.responds_with, before_parameters(type));
    });
    if (any) return {};
    return refused(406, std::string(request.header("Accept").value_or("")));
}

Found credit(const Message& request, const Screening& screening) {
    if (request.method != "INVITE" || !is_new(request) || !has(screening.without_credit, caller_of(request))) return {};
    return refused(402, caller_of(request));
}

// RFC 5079 3: anonymous is who withholds the identity on purpose.
Found anonymity(const Message& request, const Screening& screening) {
    const auto from = sip::address_in(request, "From");
    if (!screening.refuses_anonymous || !from || !is_new(request)) return {};
    const bool by_name = from->display_name == "Anonymous" || from->display_name == "anonymous";
    const bool by_domain = sip::lowered(from->uri.host).ends_with("anonymous.invalid");
    bool by_privacy = false;
    for (const std::string_view level : sip::split(request.header("Privacy").value_or(""), ';'))
        by_privacy |= level == "id" || level == "user";
    if (!by_name && !by_domain && !by_privacy) return {};
    return refused(433, by_privacy ? "Privacy" : "From");
}

// RFC 4412 4.6.2: only who insists on its priority is refused.
Found priority(const Message& request, const Screening& screening) {
    const auto asked = sip::values_of(request, "Resource-Priority");
    if (!screening.resource_priorities || asked.empty() || !sip::lists(request, "Require", "resource-priority"))
        return {};
    if (std::any_of(asked.begin(), asked.end(),
                    [&](std::string_view value) { return has(*screening.resource_priorities, value); }))
        return {};
    return refused(417, std::string(asked.front()),
                   {"Accept-Resource-Priority: " + joined(*screening.resource_priorities)});
}

// RFC 4028 9: a shorter interval is refused only where the caller understands why.
Found interval(const Message& request, const Screening& screening) {
    const auto wanted = sip::number_of(before_parameters(request.header("Session-Expires").value_or("")));
    if (!wanted || screening.min_session == 0 || *wanted >= screening.min_session ||
        !sip::lists(request, "Supported", "timer"))
        return {};
    return refused(422, std::to_string(*wanted), {"Min-SE: " + std::to_string(screening.min_session)});
}

// RFC 6442 4.3: no location at all is no reason for 424; who sends none may not know the extension.
Found location(const Message& request, const Screening& screening) {
    const auto value = request.header("Geolocation");
    if (!screening.needs_location || !value) return {};
    const auto address = sip::parse_name_addr(*value);
    const std::string uri = address ? sip::to_text(address->uri) : std::string(*value);
    // 4.4: a location that is sent by value but is not there, or says nothing, is 100; one that cannot be fetched is 300.
    if (!uri.starts_with("cid:")) return refused(424, uri, {"Geolocation-Error: 300;code=\"Dereference Failure\""});
    for (const Content& part : contents_of(request)) {
        const bool says_where =
            part.body.find("pos>") != std::string::npos || part.body.find("civicAddress") != std::string::npos;
        if (part.id == uri.substr(4) && says_where) return {};
    }
    return refused(424, uri, {"Geolocation-Error: 100;code=\"Cannot Process Location\""});
}

// RFC 8876 5.1: only what carries an alert can be refused for it.
Found alert(const Message& request, const Screening& screening) {
    if (!screening.reads_alerts || content_type(request) != "application/EmergencyCallData.cap+xml") return {};
    const std::string& body = request.body;
    if (body.find("<alert") == std::string::npos || body.find("</alert>") == std::string::npos)
        return refused(425, "alert", {"AlertMsg-Error: 103;code=\"Alert payload was corrupted\""});
    for (const char* const element : {"<identifier>", "<sender>", "<sent>", "<status>", "<msgType>", "<scope>"})
        if (body.find(element) == std::string::npos)
            return refused(
                425, element,
                {"AlertMsg-Error: 102;code=\"Not enough information to determine the purpose of the alert\""});
    return {};
}

// RFC 3892 2.3: who was sent here by a REFER may have to prove it with a token, which a cid points to.
Found referrer(const Message& request, const Screening& screening) {
    const auto by = request.header("Referred-By");
    if (!screening.needs_referrer || !by || by->find("cid=") != std::string_view::npos) return {};
    return refused(429, std::string(*by));
}

Found info_package(const Message& request, const Screening& screening) {
    const auto package = request.header("Info-Package");
    if (request.method != "INFO" || !package || !lacks(screening.info_packages, *package)) return {};
    return refused(469, std::string(*package), {"Recv-Info: " + joined(*screening.info_packages)});
}

Found consent(const Message& request, const Screening& screening) {
    if (!screening.consents || content_type(request) != "application/resource-lists+xml") return {};
    std::vector<std::string> missing;
    constexpr std::string_view key = "uri=\"";
    for (std::size_t at = 0; (at = request.body.find(key, at)) != std::string::npos;) {
        at += key.size();
        const std::string uri = request.body.substr(at, request.body.find('"', at) - at);
        if (!has(*screening.consents, uri)) missing.push_back(uri);
    }
    if (missing.empty()) return {};
    return refused(470, joined(missing), {"Permission-Missing: " + joined(missing)});
}

Found media(const Message& request, const Screening& screening) {
    const bool offers = request.method == "INVITE" || request.method == "UPDATE";
    const std::string description = description_in(request);
    if (!screening.media || !offers || description.empty()) return {};
    const auto offer = media_in(description);
    if (offer && answer_to(*offer, *screening.media)) return {};
    // RFC 3261 20.43: the warning says what did not fit.
    const char* const warning = !offer ? "304 %s \"Media type not available\""
                                : offer->profile != screening.media->profile
                                    ? "302 %s \"Incompatible transport protocol\""
                                    : "305 %s \"Incompatible media format\"";
    std::string text = "Warning: " + std::string(warning);
    text.replace(text.find("%s"), 2, screening.agent);
    const bool everywhere = screening.for_all && is_new(request);
    return refused(everywhere ? 606 : 488, offer ? joined(offer->codecs) : "", {text});
}

// RFC 3312 8: in an INVITE as well as in an UPDATE. The body names what cannot be had, as it is seen from here.
Found precondition(const Message& request, const Screening& screening) {
    const auto offer = media_in(description_in(request));
    if (screening.reserves || !offer) return {};
    const StatusTable unmet = unmet_in(seen_from_other_side(status_in(*offer)));
    if (unmet.empty()) return {};
    Refusal refusal = refused(580, failures_of(unmet).front());
    refusal.answer.content_type = "application/sdp";
    refusal.answer.body = failure_after(*offer, unmet, screening.agent.substr(0, screening.agent.rfind(':')));
    return refusal;
}

struct Row {
    std::string_view keys;  // in the exchange file; empty: always checked
    std::string_view rule;
    Found (*check)(const Message& request, const Screening& screening);  // a refusal without its rule
};
constexpr Row table[] = {
    {"", "RFC 3261 §21.4.1", malformed},
    {"", "RFC 3261 §21.5.6", version},
    {"largest_message", "RFC 3261 §21.5.7", message_size},
    {"largest_uri", "RFC 3261 §21.4.12", uri_size},
    {"methods recognizes", "RFC 3261 §8.2.1", method},
    {"schemes", "RFC 3261 §8.2.2.1", scheme},
    {"supports", "RFC 3261 §8.2.2.3", required},
    {"info_packages", "RFC 6086 §4.2.2", info_package},
    {"largest_body busy_for", "RFC 3261 §21.4.11", body_size},
    {"decrypts", "RFC 3261 §23.2", undecipherable},
    {"content_types encodings", "RFC 3261 §8.2.3", type},
    {"requires", "RFC 3261 §8.2.4", extension_needed},
    {"responds_with", "RFC 3261 §21.4.7", acceptable},
    {"without_credit", "RFC 3261 §21.4.3", credit},  // practice: the RFC reserves 402 and gives it no meaning
    {"refuses_anonymous", "RFC 5079 §3", anonymity},
    {"resource_priorities", "RFC 4412 §4.6.2", priority},
    {"min_session", "RFC 4028 §9", interval},
    {"needs_location", "RFC 6442 §4.3", location},
    {"reads_alerts", "RFC 8876 §5.1", alert},
    {"needs_referrer", "RFC 3892 §2.3", referrer},
    {"consents", "RFC 5360 §5.9.1", consent},
    {"codecs profile for_all", "RFC 3261 §13.3.1.3", media},
    {"reserves", "RFC 3312 §8", precondition},
};

}  // namespace

std::optional<Refusal> refusal_of(const Message& request, const Screening& screening) {
    if (request.method == "ACK" || request.method == "CANCEL") return {};
    for (const Row& row : table)
        if (auto refusal = row.check(request, screening)) {
            refusal->rule = row.rule;
            return refusal;
        }
    return {};
}

std::string listed(const Screening::List& list) { return list ? joined(*list) : ""; }

}  // namespace sipdex::simulator
