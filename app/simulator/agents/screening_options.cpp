// The options of an exchange file that say what a user agent takes, and what a phone takes without any.
#include <algorithm>

#include "simulator/agents/screening.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

Screening::List list_or(source::Table& options, std::string_view key, Screening::List otherwise) {
    return options.has(key) ? Screening::List(options.texts(key)) : std::move(otherwise);
}

std::size_t size_or(source::Table& options, std::string_view key, std::size_t otherwise) {
    return static_cast<std::size_t>(options.number_or(key, static_cast<long long>(otherwise)));
}

bool names(const Screening::List& list, std::string_view value) {
    return list && std::any_of(list->begin(), list->end(),
                               [&](const std::string& each) { return sip::same_token(each, value); });
}

}  // namespace

Screening screening_of_phone() {
    Screening screening;
    screening.methods = {{"INVITE", "ACK", "CANCEL", "BYE", "OPTIONS"}};
    screening.schemes = {{"sip", "sips"}};
    screening.supports.emplace();
    screening.content_types = {{"application/sdp"}};
    screening.encodings = {{"identity"}};
    screening.info_packages.emplace();
    screening.media = Media{{"PCMU", "PCMA"}, "RTP/AVP", "", {}};
    return screening;
}

Screening read_screening(source::Table& options, Screening otherwise) {
    Screening read = std::move(otherwise);
    read.methods = list_or(options, "methods", read.methods);
    read.recognizes = list_or(options, "recognizes", read.recognizes);
    read.schemes = list_or(options, "schemes", read.schemes);
    read.supports = list_or(options, "supports", read.supports);
    read.requires_of_caller = options.texts("requires");
    read.content_types = list_or(options, "content_types", read.content_types);
    read.encodings = list_or(options, "encodings", read.encodings);
    read.responds_with = list_or(options, "responds_with", read.responds_with);
    read.largest_message = size_or(options, "largest_message", read.largest_message);
    read.largest_uri = size_or(options, "largest_uri", read.largest_uri);
    read.largest_body = size_or(options, "largest_body", read.largest_body);
    read.busy_for = options.text_or("busy_for", read.busy_for);
    read.decrypts = options.flag_or("decrypts", read.decrypts);
    read.for_all = options.flag_or("for_all", read.for_all);
    read.info_packages = list_or(options, "info_packages", read.info_packages);
    read.resource_priorities = list_or(options, "resource_priorities", read.resource_priorities);
    read.min_session = options.number_or("min_session", read.min_session);
    // RFC 4028 5.
    if (read.min_session != 0 && read.min_session < 90)
        options.problem("min_session", "no session interval is shorter than 90 seconds");
    read.needs_location = options.flag_or("needs_location", read.needs_location);
    read.reads_alerts = options.flag_or("reads_alerts", read.reads_alerts);
    read.needs_referrer = options.flag_or("needs_referrer", read.needs_referrer);
    read.refuses_anonymous = options.flag_or("refuses_anonymous", read.refuses_anonymous);
    read.consents = list_or(options, "consents", read.consents);
    read.reserves = options.flag_or("reserves", read.reserves);
    read.without_credit = options.texts("without_credit");
    if (options.has("codecs")) {
        if (!read.media) read.media.emplace();
        read.media->codecs = options.texts("codecs");
        for (const std::string& codec : read.media->codecs)
            if (!is_codec(codec)) options.problem("codecs", "'" + codec + "' is no codec known here");
    }
    if (const std::string profile = options.text_or("profile", ""); !profile.empty() && read.media)
        read.media->profile = profile;
    read.agent = options.text_or("host", options.text_or("address", read.agent));
    // RFC 3262 3: who can send provisional responses reliably has to take their PRACK.
    if (read.methods && names(read.supports, "100rel") && !names(read.methods, "PRACK"))
        read.methods->push_back("PRACK");
    return read;
}

}  // namespace sipdex::simulator
