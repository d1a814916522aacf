#include "sip/transaction_key.h"

#include <string_view>

#include "sip/cseq.h"
#include "sip/name_addr.h"
#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::sip {

namespace {

// A separator that no header field value holds keeps "a" "bc" apart from "ab" "c".
std::string joined(std::initializer_list<std::string_view> parts) {
    std::size_t size = parts.size();
    for (const std::string_view part : parts) size += part.size();
    std::string key;
    key.reserve(size);
    for (const std::string_view part : parts) key.append(part).append("\n");
    return key;
}

// Hosts compare without case; a missing port is the default one (RFC 3261 20.42).
std::string sent_by(const Via& via) {
    return lowered(via.host) + ':' + std::to_string(via.port.value_or(same_token(via.transport, "TLS") ? 5061 : 5060));
}

std::optional<std::string> key_for(const Message& request, const Via& via, std::string_view method) {
    const auto cseq = cseq_of(request);
    if (!cseq) return {};
    // Parameters are case-insensitive unless said otherwise (RFC 3261 7.3.1), branches and their cookie too.
    const std::string branch = lowered(via.branch());
    if (branch.starts_with(lowered(magic_cookie))) return joined({branch, sent_by(via), method});
    const std::string to_tag = method == "INVITE" ? "" : tag_in(request, "To");
    return joined({request.request_uri, to_tag, tag_in(request, "From"), request.header("Call-ID").value_or(""),
                   std::to_string(cseq->number), method, to_text(via)});
}

}  // namespace

std::optional<std::string> client_key(const Message& message) {
    const auto via = top_via(message);
    return via ? client_key(message, *via) : std::nullopt;
}

std::optional<std::string> client_key(const Message& message, const Via& top) {
    const auto cseq = cseq_of(message);
    const std::string branch = lowered(top.branch());
    if (branch.empty() || !cseq) return {};
    return joined({branch, cseq->method});
}

std::optional<std::string> server_key(const Message& request) {
    const auto via = top_via(request);
    return via ? server_key(request, *via) : std::nullopt;
}

std::optional<std::string> server_key(const Message& request, const Via& top) {
    return key_for(request, top, request.method == "ACK" ? "INVITE" : std::string_view(request.method));
}

std::optional<std::string> cancelled_key(const Message& cancel) {
    const auto via = top_via(cancel);
    return via ? key_for(cancel, *via, "INVITE") : std::nullopt;
}

}  // namespace sipdex::sip
