#include "simulator/session/session.h"

#include <algorithm>

#include "sip/token.h"

namespace sipdex::simulator {

namespace {

// RFC 3551 6 for the numbers up to 95; those above are chosen by whoever offers.
struct Codec {
    std::string_view name;
    int number;
    std::string_view clock;
};
constexpr Codec codecs[] = {
    {"PCMU", 0, "8000"},  {"PCMA", 8, "8000"},     {"G722", 9, "8000"},
    {"G729", 18, "8000"}, {"opus", 96, "48000/2"}, {"AMR-WB", 97, "16000"},
};

const Codec* codec_named(std::string_view name) {
    const auto* const found = std::find_if(std::begin(codecs), std::end(codecs),
                                           [&](const Codec& c) { return sip::same_token(c.name, name); });
    return found == std::end(codecs) ? nullptr : found;
}

// What stands before the first of these, or all; both are taken off.
std::string_view taken_before(std::string_view& text, char end) {
    const std::string_view part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return part;
}

std::string_view next_word(std::string_view& text) {
    text.remove_prefix(sip::white.leading(text).size());
    const std::string_view word = sip::white.before(text);
    text.remove_prefix(word.size());
    return word;
}

bool is_direction(std::string_view attribute) {
    return attribute == "sendonly" || attribute == "recvonly" || attribute == "inactive" || attribute == "sendrecv";
}

std::string seen_from_the_other_side(const std::string& direction) {
    return direction == "sendonly" ? "recvonly" : direction == "recvonly" ? "sendonly" : direction;
}

}  // namespace

bool is_codec(std::string_view name) { return codec_named(name) != nullptr; }

std::string session_of(const Origin& origin, const Media& media) {
    const std::string& host = origin.host;
    const bool six = host.front() == '[';
    const std::string where = six ? "IN IP6 " + host.substr(1, host.size() - 2) : "IN IP4 " + host;
    std::string numbers, maps;
    for (const std::string& name : media.codecs)
        if (const Codec* const codec = codec_named(name)) {
            const std::string number = std::to_string(codec->number);
            numbers += ' ' + number;
            maps += "a=rtpmap:" + number + ' ' + std::string(codec->name) + '/' + std::string(codec->clock) + "\r\n";
        }
    std::string text = "v=0\r\n";
    text += "o=" + origin.user + ' ' + std::to_string(origin.id) + ' ' + std::to_string(origin.version) + ' ' + where +
            "\r\n";
    text += "s=-\r\n";  // RFC 3264 5: a session between two has no name worth giving
    text += "c=" + where + "\r\n";
    text += "t=0 0\r\n";
    text +=
        "m=audio " + std::to_string(media.refused ? 0 : origin.port) + ' ' + media.profile + numbers + "\r\n" + maps;
    for (const std::string& attribute : media.attributes) text += "a=" + attribute + "\r\n";
    if (!media.direction.empty()) text += "a=" + media.direction + "\r\n";
    return text;
}

std::optional<Media> media_in(std::string_view description) {
    std::optional<Media> media;
    for (std::string_view rest = description; !rest.empty();) {
        const std::string_view line = sip::trimmed(taken_before(rest, '\n'));
        if (line.starts_with("m=")) {
            if (media) break;  // of several streams only the first is looked at
            std::string_view words = line.substr(2);
            const std::string_view kind = next_word(words), port = next_word(words), profile = next_word(words);
            if (kind != "audio") continue;
            media.emplace().profile = profile;
            media->refused = port == "0";
        } else if (media && line.starts_with("a=rtpmap:")) {
            const auto space = line.find(' ');
            if (space != std::string_view::npos)
                media->codecs.emplace_back(line.substr(space + 1, line.find('/', space) - space - 1));
        } else if (media && line.starts_with("a=")) {
            const std::string_view attribute = line.substr(2);
            if (!is_direction(attribute)) media->attributes.emplace_back(attribute);
            else if (attribute != "sendrecv") media->direction = attribute;
        }
    }
    return media;
}

std::optional<Media> answer_to(const Media& offer, const Media& able) {
    if (offer.profile != able.profile) return std::nullopt;
    Media answer;
    answer.profile = offer.profile;
    answer.direction = seen_from_the_other_side(offer.direction);
    answer.refused = offer.refused;
    for (const std::string& codec : offer.codecs)
        if (std::any_of(able.codecs.begin(), able.codecs.end(),
                        [&](const std::string& own) { return sip::same_token(own, codec); }))
            answer.codecs.push_back(codec);
    if (answer.codecs.empty()) return std::nullopt;
    return answer;
}

Media refusal_of(const Media& offer, const Media& able) { return {able.codecs, offer.profile, "", {}, true}; }

}  // namespace sipdex::simulator
