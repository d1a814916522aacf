#include "redact/secrets.h"

#include "sip/token.h"

namespace sipdex::redact {

namespace {

constexpr std::size_t longest = 64;

}  // namespace

void Secrets::add(std::string_view value) {
    if (value.size() < shortest || is_word_of_protocol(value) || is_name_of_product(value)) return;
    std::string lowered = sip::lowered(value.substr(0, longest));
    lengths_.insert(lowered.size());
    values_.insert(std::move(lowered));
}

bool Secrets::within(std::string_view text) const {
    if (text.size() < shortest || values_.empty()) return false;
    const std::string lowered = sip::lowered(text);
    const std::string_view all = lowered;
    for (const std::size_t length : lengths_) {
        if (length > all.size()) return false;
        for (std::size_t at = 0; at + length <= all.size(); ++at)
            if (values_.contains(all.substr(at, length))) return true;
    }
    return false;
}

bool is_word_of_protocol(std::string_view text) {
    static const std::unordered_set<std::string_view> words = {
        // Methods (RFC 3261, 3262, 3311, 3428, 3515, 3903, 6086, 6665).
        "invite", "options", "register", "cancel", "prack", "update", "message", "refer", "publish", "info",
        "subscribe", "notify", "call",
        // Option tags and what requires them.
        "100rel", "timer", "replaces", "norefersub", "path", "gruu", "outbound", "precondition", "from-change",
        "histinfo", "privacy", "sec-agree", "tdialog", "join", "answermode", "eventlist", "multiple-refer", "pref",
        "early-session", "resource-priority", "recipient-list-invite", "nosub", "policy", "siprec", "trickle-ice",
        "location", "uui",
        // Event packages and states.
        "dialog", "presence", "message-summary", "conference", "winfo", "keep-alive", "check-sync", "talk", "hold",
        "active", "pending", "terminated", "timeout", "deactivated", "probation", "rejected", "noresource", "giveup",
        // Session descriptions (RFC 8866).
        "audio", "video", "image", "text", "application", "rtpmap", "fmtp", "ptime", "maxptime", "sendrecv", "sendonly",
        "recvonly", "inactive", "rtcp", "candidate", "fingerprint", "setup", "crypto", "telephone-event", "pcmu",
        "pcma", "g722", "g729", "opus", "speex", "ilbc", "gsm", "h264", "h263", "udptl", "savp", "savpf", "avpf",
        "host", "srflx", "relay", "prflx", "actpass", "passive",
        // Parameters and their values.
        "user", "phone", "transport", "branch", "received", "rport", "maddr", "expires", "digest", "basic", "auth",
        "auth-int", "realm", "nonce", "opaque", "true", "false", "full", "none", "header", "session", "critical", "uac",
        "uas", "uri", "sdp", "sips", "http", "https", "mixed", "isup", "charset", "utf-8", "proxy", "redirect", "fork",
        "no-fork", "sequential", "parallel", "urgent", "emergency", "normal", "non-urgent", "render", "alert", "icon",
        "calling", "called", "identity", "shaken", "passport", "server", "client",
        // What is said of who does not want to be known (RFC 3323 4.1).
        "anonymous", "anonymous.invalid", "invalid", "unavailable", "unknown", "restricted", "localhost"};
    if (text.size() > 24) return false;
    return words.contains(sip::lowered(text));
}

bool is_name_of_product(std::string_view text) {
    static const std::unordered_set<std::string_view> names = {"asterisk",    "freeswitch",
                                                               "mod_sofia",   "kamailio",
                                                               "opensips",    "sipp",
                                                               "opensipp",    "yealink",
                                                               "polycom",     "cisco",
                                                               "grandstream", "snom",
                                                               "mitel",       "avaya",
                                                               "linphone",    "zoiper",
                                                               "microsip",    "pjsua",
                                                               "pjsip",       "baresip",
                                                               "3cxphone",    "freepbx",
                                                               "fpbx",        "sonus",
                                                               "oracle",      "audiocodes",
                                                               "teles",       "drachtio",
                                                               "fritz!box",   "gigaset",
                                                               "twinkle",     "jitsi",
                                                               "sipvicious",  "friendly-scanner",
                                                               "sipsak",      "repro",
                                                               "resiprocate", "sofia-sip",
                                                               "sipml5",      "jssip"};
    constexpr std::size_t longest = 24;
    return text.size() <= longest && names.contains(sip::lowered(text));
}

}  // namespace sipdex::redact
