// What both sides could not agree on: media (488, 606), bodies (415, 406), extensions (420, 421), preconditions (580).
#include <algorithm>
#include <array>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/encryption_words.h"
#include "sip/offer_answer.h"
#include "sip/reason.h"
#include "sip/values.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;
using Values = std::vector<std::pair<std::string, Value>>;

constexpr std::array disagreements = {406, 415, 420, 421, 488, 580, 606};

// "a, b"; "none" where there is nothing, which the words can tell apart.
std::string joined(const std::vector<std::string>& parts, std::string_view between = ", ") {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : std::string(between)) + part;
    return all.empty() ? "none" : all;
}

std::string values_in(const sip::Message& message, std::initializer_list<std::string_view> fields) {
    std::vector<std::string> all;
    for (const std::string_view field : fields)
        for (const std::string_view value : sip::values_of(message, field)) all.emplace_back(value);
    return joined(all);
}

// "audio RTP/AVP PCMA, PCMU"
std::string written(const sip::MediaDescription& media) {
    std::vector<std::string> names;
    for (const sip::Codec& codec : media.codecs) names.push_back(codec.name.empty() ? codec.format : codec.name);
    return media.media + ' ' + media.protocol + ' ' + joined(names);
}

std::string written(const std::optional<sip::SessionDescription>& session) {
    std::vector<std::string> lines;
    if (session)
        for (const sip::MediaDescription& each : session->media)
            if (!each.refused()) lines.push_back(written(each));
    return joined(lines, "; ");
}

// What a party is seen to take, of the kind of media that was offered.
struct Known {
    std::vector<sip::MediaDescription> media;
    std::vector<std::size_t> evidence;
};

void learn(const Case& one, std::size_t message, Known& known) {
    if (message == calls::none) return;
    const auto session = sip::session_of(one.message(message));
    if (!session) return;
    bool new_one = false;
    for (const sip::MediaDescription& each : session->media) {
        if (each.refused()) continue;
        known.media.push_back(each);
        new_one = true;
    }
    if (new_one) known.evidence.push_back(message);
}

// From the refusal itself (RFC 3261 21.4.26), else from what it accepted or offered elsewhere.
Known known_of(const Case& one, const Transaction& of) {
    constexpr std::size_t enough = 4;
    Known known;
    learn(one, of.final, known);
    if (!known.media.empty()) return known;
    for (const Transaction& each : one.calls.transactions) {
        if (known.evidence.size() >= enough) break;
        if (each.server != of.server && each.client != of.server) continue;
        if (each.method != "INVITE" && each.method != "OPTIONS") continue;
        // What a proxy passes on is not its own.
        const std::size_t index = static_cast<std::size_t>(&each - one.calls.transactions.data());
        const bool passes_on = std::ranges::any_of(one.calls.stories[each.story].transactions, [&](std::size_t other) {
            return one.transaction(other).parent == index;
        });
        if (each.server == of.server && each.status / 100 == 2 && !passes_on) learn(one, each.final, known);
        if (each.client == of.server && each.parent == calls::none) learn(one, each.request, known);
    }
    return known;
}

bool speaks_of_encryption(const std::vector<sip::Warning>& warnings) {
    return std::ranges::any_of(warnings,
                               [](const sip::Warning& one) { return !sip::encryption_word_in(one.text).empty(); });
}

// Whether two lines have a codec for speech or pictures in common.
bool in_common(const sip::MediaDescription& one, const sip::MediaDescription& other) {
    return std::ranges::any_of(one.codecs, [&](const sip::Codec& codec) {
        return !sip::is_auxiliary(codec) &&
               std::ranges::any_of(other.codecs, [&](const auto& each) { return sip::same_codec(codec, each); });
    });
}

struct Compared {
    std::vector<std::string> taken;  // what the other side takes, written out, of the same kind of media
    bool comparable = false, codec = false, protocol = false;
};

// With the first kind of media that was offered; of several lines of it, one that fits is enough.
void compare(const sip::MediaDescription& offered, const Known& known, Compared& compared) {
    for (const sip::MediaDescription& each : known.media) {
        if (each.media != offered.media) continue;
        compared.comparable = true;
        compared.codec = compared.codec || in_common(offered, each);
        const sip::Security wanted = sip::security_of(offered), there = sip::security_of(each);
        compared.protocol = compared.protocol || ((!wanted.needed || there.any()) && (!there.needed || wanted.any()));
        if (const std::string text = written(each); std::ranges::find(compared.taken, text) == compared.taken.end())
            compared.taken.push_back(text);
    }
}

Compared compare(const sip::SessionDescription& offer, const Known& known) {
    Compared compared;
    const auto first = std::ranges::find_if_not(offer.media, &sip::MediaDescription::refused);
    for (const sip::MediaDescription& each : offer.media)
        if (first != offer.media.end() && each.media == first->media && !each.refused()) compare(each, known, compared);
    return compared;
}

void look_at_offer(const Case& one, const Transaction& of) {
    const auto offer = sip::session_of(one.message(of.request));
    const auto warnings = sip::warnings_of(one.message(of.final));
    const auto code = static_cast<long>(of.status);
    const std::string from = one.party(of.server), offered = written(offer);
    if (of.in_dialog) {
        const bool fax = offer && std::ranges::any_of(offer->media, [](const sip::MediaDescription& each) {
                             return each.is_fax() && !each.refused();
                         });
        return one.find(fax ? "fax-refused" : "reoffer-refused", {of.request, of.final},
                        {{"code", code}, {"from", from}, {"offered", offered}}, {"Warning"});
    }
    const std::vector<std::size_t> evidence = {of.request, of.final};
    if (offer && offered == "none")
        return one.find("offer-empty", evidence, {{"code", code}, {"from", from}}, {"Content-Type"});
    if (offer) {
        const Known known = known_of(one, of);
        const Compared compared = compare(*offer, known);
        std::vector<std::size_t> with_known = evidence;
        with_known.insert(with_known.end(), known.evidence.begin(), known.evidence.end());
        const Values values = {
            {"code", code}, {"from", from}, {"offered", offered}, {"taken", joined(compared.taken, "; ")}};
        if (compared.comparable && !compared.codec) return one.find("offer-codecs", with_known, values, {"Warning"});
        if ((compared.comparable && !compared.protocol) || speaks_of_encryption(warnings))
            return one.find("offer-encryption", with_known, values, {"Warning"});
    }
    if (warnings.empty())
        return one.find("offer-refused", evidence, {{"code", code}, {"from", from}, {"offered", offered}},
                        {"Content-Type"});
    const sip::Warning& warning = warnings.front();
    one.find("offer-refused-warning", evidence,
             {{"code", code},
              {"from", from},
              {"offered", offered},
              {"warning", std::to_string(warning.code)},
              {"text", warning.text}},
             {"Warning"});
}

// Preconditions as the session description writes them: "des:qos mandatory e2e sendrecv" (RFC 3312 5).
std::string preconditions_in(const sip::Message& message) {
    std::vector<std::string> all;
    if (const auto session = sip::session_of(message))
        for (const sip::MediaDescription& each : session->media)
            for (const sip::SdpAttribute& line : each.attributes)
                if (line.name == "des") all.push_back("des:" + line.value);
    return joined(all);
}

void look_at_precondition(const Case& one, const Transaction& of) {
    std::string wanted = preconditions_in(one.message(of.final));
    if (wanted == "none") wanted = preconditions_in(one.message(of.request));
    one.find("precondition-refused", {of.request, of.final}, {{"from", one.party(of.server)}, {"wanted", wanted}},
             {"Require"});
}

void look_at_body(const Case& one, const Transaction& of) {
    const sip::Message &request = one.message(of.request), &response = one.message(of.final);
    const std::string encoding = values_in(request, {"Content-Encoding"});
    const bool encoded = encoding != "none" && !response.headers("Accept-Encoding").empty();
    one.find(of.in_dialog ? "type-refused-later" : "type-refused", {of.request, of.final},
             {{"method", std::string(of.method)},
              {"from", one.party(of.server)},
              {"sent", encoded ? encoding : values_in(request, {"Content-Type"})},
              {"taken", values_in(response, {encoded ? "Accept-Encoding" : "Accept"})}},
             {"Content-Type", "Accept"});
}

void look_at_refusal(const Case& one, const Transaction& of) {
    const sip::Message &request = one.message(of.request), &response = one.message(of.final);
    const std::string method(of.method), from = one.party(of.server);
    const std::vector<std::size_t> evidence = {of.request, of.final};
    switch (of.status) {
        case 406:
            return one.find("accept-refused", evidence,
                            {{"method", method}, {"from", from}, {"wanted", values_in(request, {"Accept"})}},
                            {"Accept"});
        case 415: return look_at_body(one, of);
        case 420:
            return one.find("extension-refused", evidence,
                            {{"method", method},
                             {"from", from},
                             {"required", values_in(request, {"Require", "Proxy-Require"})},
                             {"unsupported", values_in(response, {"Unsupported"})}},
                            {"Require", "Proxy-Require", "Unsupported"});
        case 421:
            return one.find("extension-demanded", evidence,
                            {{"method", method},
                             {"from", from},
                             {"demanded", values_in(response, {"Require"})},
                             {"supported", values_in(request, {"Supported", "Require"})}},
                            {"Require", "Supported"});
        case 580: return look_at_precondition(one, of);
        default:
            if (method == "INVITE" || method == "UPDATE" || method == "PRACK") look_at_offer(one, of);
    }
}

// RFC 3261 8.1.3.5: the same request again with what was asked for, and this time it was taken. Of a running call a later
// change is another matter.
const Transaction* mended(const Case& one, const Transaction& of) {
    for (const std::size_t index : one.story().transactions) {
        const Transaction& again = one.transaction(index);
        if (again.method == of.method && again.client == of.client && again.request != calls::none &&
            again.request > of.final && again.status / 100 == 2 &&
            (!of.in_dialog || one.seconds_between(of.final, again.request) < static_cast<double>(patience.count())))
            return &again;
    }
    return nullptr;
}

}  // namespace

void look_at_negotiation(const Case& one) {
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        if (!of.has_final() || of.request == calls::none ||
            std::ranges::find(disagreements, of.status) == disagreements.end() || one.passed_on(index))
            continue;
        if (accepted_elsewhere(one, of)) continue;
        if (const Transaction* again = mended(one, of))
            one.find("refusal-mended", {of.request, of.final, again->request, again->final},
                     {{"code", static_cast<long>(of.status)},
                      {"method", std::string(of.method)},
                      {"from", one.party(of.server)}});
        else look_at_refusal(one, of);
    }
}

}  // namespace sipdex::findings
