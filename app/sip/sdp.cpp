#include "sip/sdp.h"

#include <algorithm>
#include <array>

#include "sip/characters.h"
#include "sip/lines.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

using Kind = SdpProblem::Kind;

constexpr std::size_t most_lines = 4096, most_formats = 256;
constexpr Characters blank(" \t");

// The words of a line one after the other; "" behind the last.
class Words {
public:
    explicit Words(std::string_view text) : rest_(trimmed(text)) {}

    std::string_view next() {
        const std::string_view word = blank.before(rest_);
        rest_ = trimmed(rest_.substr(word.size()));
        return word;
    }
    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

std::optional<std::uint32_t> number_up_to(std::uint32_t largest, std::string_view text) {
    const auto number = number_of(text);
    if (!number || *number > largest) return {};
    return number;
}

struct StaticType {
    std::uint8_t number;
    std::string_view name;
    std::uint32_t clock_rate;
    std::uint32_t channels = 1;
};

// RFC 3551 6, tables 4 and 5.
constexpr auto static_types = std::to_array<StaticType>(
    {{0, "PCMU", 8000},   {3, "GSM", 8000},   {4, "G723", 8000},   {5, "DVI4", 8000},     {6, "DVI4", 16000},
     {7, "LPC", 8000},    {8, "PCMA", 8000},  {9, "G722", 8000},   {10, "L16", 44100, 2}, {11, "L16", 44100},
     {12, "QCELP", 8000}, {13, "CN", 8000},   {14, "MPA", 90000},  {15, "G728", 8000},    {16, "DVI4", 11025},
     {17, "DVI4", 22050}, {18, "G729", 8000}, {25, "CelB", 90000}, {26, "JPEG", 90000},   {28, "nv", 90000},
     {31, "H261", 90000}, {32, "MPV", 90000}, {33, "MP2T", 90000}, {34, "H263", 90000}});

constexpr std::array directions = {StreamDirection::sendrecv, StreamDirection::sendonly, StreamDirection::recvonly,
                                   StreamDirection::inactive};

// Where a line stands before others (RFC 8866 5): those of a session, and those behind an m= line.
std::size_t rank_of(char type, bool of_media) {
    constexpr std::string_view of_session = "vosiuepcbtka", of_line = "micbka";
    if (!of_media && (type == 'r' || type == 'z')) type = 't';  // belong to their t=
    return (of_media ? of_line : of_session).find(type);
}

class Reader {
public:
    explicit Reader(std::string_view body) : rest_(body) {}

    std::optional<SessionDescription> read() {
        for (std::string_view line; next_line(line);) take(line);
        if (!seen('v') && session_.media.empty()) return {};
        check_session();
        for (MediaDescription& media : session_.media) finish(media);
        std::ranges::stable_sort(session_.problems, {}, &SdpProblem::line);
        return std::move(session_);
    }

private:
    bool next_line(std::string_view& line) {
        while (!rest_.empty()) {
            line = line_ends.before(rest_);
            rest_.remove_prefix(line.size());
            rest_.remove_prefix(std::min(rest_.size(), rest_.starts_with("\r\n") ? std::size_t{2} : std::size_t{1}));
            if (++line_ > most_lines) return note(Kind::limit, ""), false;
            if (!blank.only_in(line)) return true;
        }
        return false;
    }

    void note(Kind kind, std::string_view text) { session_.problems.push_back({kind, line_, std::string(text)}); }
    void note_of(Kind kind, const MediaDescription& media) {
        session_.problems.push_back({kind, media.line, media.media});
    }

    MediaDescription* media() { return session_.media.empty() ? nullptr : &session_.media.back(); }
    bool seen(char type) const { return seen_.find(type) != std::string::npos; }

    void take(std::string_view line) {
        if (line.size() < 2 || line[1] != '=') return note(Kind::line, line);
        const char type = line[0];
        const std::string_view value = trimmed(line.substr(2));
        check_order(type, line);
        if (!media()) seen_ += type;
        switch (type) {
            case 'v':
                if (value != "0") note(Kind::version, line);
                break;
            case 'o': take_origin(value, line); break;
            case 's': session_.name = value; break;
            case 'c': take_connection(value, line); break;
            case 'm': take_media(value, line); break;
            case 'a': take_attribute(value, line); break;
            default:
                if (std::string_view("iuepbtrzk").find(type) == std::string_view::npos) note(Kind::unknown_type, line);
        }
    }

    void check_order(char type, std::string_view line) {
        if (type == 'm') return void(rank_ = 0);
        const std::size_t rank = rank_of(type, media() != nullptr);
        if (rank == std::string_view::npos) return;
        if (rank < rank_) note(Kind::order, line);
        rank_ = std::max(rank_, rank);
    }

    void take_origin(std::string_view value, std::string_view line) {
        Words words(value);
        session_.user = words.next();
        session_.id = words.next();
        session_.version = words.next();
        words.next();
        words.next();
        session_.origin_host = words.next();
        if (session_.origin_host.empty() || !words.rest().empty()) note(Kind::origin, line);
    }

    void take_connection(std::string_view value, std::string_view line) {
        Words words(value);
        const std::string_view network = words.next(), type = words.next(), address = words.next();
        // RFC 8866 5.7: of a group's address, scope and number of addresses come behind.
        const std::string host(address.substr(0, address.find('/')));
        if (network != "IN" || (type != "IP4" && type != "IP6") || host.empty()) note(Kind::connection, line);
        if (host.empty()) return;
        if (!media()) session_.host = host;
        else if (!media()->own_connection) {  // of several, for layers of a group, the first
            media()->address.host = host;
            media()->own_connection = true;
        }
    }

    void take_media(std::string_view value, std::string_view line) {
        MediaDescription& media = session_.media.emplace_back();
        media.line = line_;
        Words words(value);
        media.media = words.next();
        const std::string_view port = words.next();
        const std::size_t slash = std::min(port.find('/'), port.size());
        const auto number = number_up_to(largest_port.value, port.substr(0, slash));
        if (number) media.address.port = static_cast<std::uint16_t>(*number);
        else note(Kind::port, line);
        if (slash < port.size()) media.ports = number_of(port.substr(slash + 1)).value_or(1);
        media.protocol = words.next();
        const bool rtp = media.is_rtp();
        while (!words.rest().empty() && media.codecs.size() < most_formats) add_format(media, words.next(), rtp, line);
        if (media.codecs.empty()) note(Kind::media, line);
    }

    void add_format(MediaDescription& media, std::string_view format, bool rtp, std::string_view line) {
        constexpr std::uint32_t largest = 127;
        Codec codec;
        if (const auto number = rtp ? number_up_to(largest, format) : std::nullopt) {
            codec = static_payload_type(static_cast<std::uint8_t>(*number)).value_or(Codec{});
            codec.payload_type = static_cast<std::uint8_t>(*number);
        } else if (rtp) note(Kind::payload_type, line);
        codec.format = format;
        media.codecs.push_back(std::move(codec));
    }

    void take_attribute(std::string_view text, std::string_view line) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        const std::string_view name = trimmed(text.substr(0, colon)),
                               value = trimmed(text.substr(std::min(text.size(), colon + 1)));
        auto& attributes = media() ? media()->attributes : session_.attributes;
        // The key of a=crypto is a secret.
        attributes.push_back({std::string(name), std::string(value.substr(0, value.find("inline:"))), line_});
        if (name == "crypto") attributes.back().value = trimmed(attributes.back().value);
        for (const StreamDirection direction : directions)
            if (name == name_of(direction)) take_direction(direction, line);
        if (name == "fingerprint") take_fingerprint(value);
        else if (name == "setup") (media() ? media()->setup : setup_) = value;
        else if (name == "ice-ufrag") (media() ? media()->ice : ice_) = true;
        else if (name == "ice-lite") session_.ice_lite = true;
        else if (name == "group") take_group(value);
        else if (media()) take_media_attribute(*media(), name, value, line);
    }

    void take_direction(StreamDirection direction, std::string_view line) {
        bool& written = media() ? media()->direction_written : session_.direction_written;
        StreamDirection& known = media() ? media()->direction : session_.direction;
        if (written && known != direction) note(Kind::direction_repeated, line);
        known = direction;
        written = true;
    }

    void take_fingerprint(std::string_view value) {
        Words words(value);
        const std::string_view hash = words.next();
        (media() ? media()->fingerprints : fingerprints_).push_back({std::string(hash), std::string(words.next())});
    }

    void take_group(std::string_view value) {
        Words words(value);
        SessionDescription::Group& group = session_.groups.emplace_back();
        group.semantics = words.next();
        while (!words.rest().empty()) group.mids.emplace_back(words.next());
    }

    void take_media_attribute(MediaDescription& media, std::string_view name, std::string_view value,
                              std::string_view line) {
        if (name == "rtpmap") take_rtpmap(media, value, line);
        else if (name == "fmtp") take_fmtp(media, value);
        else if (name == "rtcp-mux") media.rtcp_mux = true;
        else if (name == "rtcp") take_rtcp(media, value);
        else if (name == "crypto") take_crypto(media, value, line);
        else if (name == "candidate") take_candidate(media, value, line);
        else if (name == "mid") media.mid = value;
        else if (name == "bundle-only") media.bundle_only = true;
        else if (name == "ptime") media.ptime = number_of(value);
        else if (name == "maxptime") media.max_ptime = number_of(value);
    }

    // "97 opus/48000/2"
    void take_rtpmap(MediaDescription& media, std::string_view value, std::string_view line) {
        Words words(value);
        const std::string_view format = words.next(), mapping = words.next();
        const std::size_t first = mapping.find('/');
        if (first == std::string_view::npos || first == 0) return note(Kind::rtpmap, line);
        std::string_view rate = mapping.substr(first + 1), channels;
        if (const std::size_t second = rate.find('/'); second != std::string_view::npos) {
            channels = rate.substr(second + 1);
            rate = rate.substr(0, second);
        }
        const auto clock_rate = number_of(rate);
        if (!clock_rate) return note(Kind::rtpmap, line);
        const auto codec = std::ranges::find(media.codecs, format, &Codec::format);
        if (codec == media.codecs.end()) return note(Kind::rtpmap_unlisted, line);
        codec->name = mapping.substr(0, first);
        codec->clock_rate = *clock_rate;
        codec->channels = number_of(channels).value_or(1);
        codec->mapped = true;
    }

    static void take_fmtp(MediaDescription& media, std::string_view value) {
        Words words(value);
        const auto codec = std::ranges::find(media.codecs, words.next(), &Codec::format);
        if (codec != media.codecs.end()) codec->parameters = words.rest();
    }

    // "53020 IN IP6 2001:db8::1"
    static void take_rtcp(MediaDescription& media, std::string_view value) {
        Words words(value);
        const auto port = number_up_to(largest_port.value, words.next());
        if (port) media.rtcp.port = static_cast<std::uint16_t>(*port);
        words.next();
        words.next();
        media.rtcp.host = words.next();
    }

    void take_crypto(MediaDescription& media, std::string_view value, std::string_view line) {
        Words words(value);
        Crypto crypto;
        crypto.tag = words.next();
        crypto.suite = words.next();
        if (!number_of(crypto.tag) || words.next().find(':') == std::string_view::npos) note(Kind::crypto, line);
        media.crypto.push_back(std::move(crypto));
    }

    // "1 1 udp 2130706431 192.0.2.1 8998 typ host"
    void take_candidate(MediaDescription& media, std::string_view value, std::string_view line) {
        media.ice = true;
        Words words(value);
        words.next();
        Candidate candidate;
        const auto component = number_up_to(256, words.next());
        candidate.protocol = lowered(words.next());
        words.next();
        candidate.address.host = words.next();
        const auto port = number_up_to(largest_port.value, words.next());
        const bool typed = words.next() == "typ";
        candidate.type = words.next();
        if (!component || !port || !typed || candidate.type.empty()) return note(Kind::candidate, line);
        candidate.component = static_cast<int>(*component);
        candidate.address.port = static_cast<std::uint16_t>(*port);
        media.candidates.push_back(std::move(candidate));
    }

    void check_session() {
        const auto missing = [&](char type, Kind kind) {
            if (!seen(type)) session_.problems.push_back({kind, 0, {}});
        };
        missing('v', Kind::version_missing);
        missing('o', Kind::origin_missing);
        missing('s', Kind::name_missing);
        missing('t', Kind::time_missing);
    }

    // What is known once all lines are read.
    void finish(MediaDescription& media) {
        if (!media.own_connection) media.address.host = session_.host;
        if (!media.direction_written) {
            media.direction = session_.direction;
            media.direction_written = session_.direction_written;
        }
        if (media.fingerprints.empty()) media.fingerprints = fingerprints_;
        if (media.setup.empty()) media.setup = setup_;
        media.ice = media.ice || ice_;
        if (media.rtcp.host.empty()) media.rtcp.host = media.address.host;
        if (media.rtcp_mux) media.rtcp = media.address;
        // RFC 3264 6.1: one higher where nothing else is said.
        else if (media.rtcp.port == 0 && media.address.port != 0 && media.address.port < largest_port.value)
            media.rtcp.port = static_cast<std::uint16_t>(media.address.port + 1);
        if (media.refused()) return;
        if (media.address.host.empty()) note_of(Kind::connection_missing, media);
        if (!media.is_rtp()) return;
        for (const Codec& codec : media.codecs)
            if (codec.payload_type && codec.name.empty())
                session_.problems.push_back({Kind::mapping_missing, media.line, codec.format});
    }

    std::string_view rest_;
    SessionDescription session_;
    std::size_t line_ = 0, rank_ = 0;
    std::string seen_;  // letters of the session's lines
    // Of the session, for each line that says nothing else.
    std::vector<Fingerprint> fingerprints_;
    std::string setup_;
    bool ice_ = false;
};

struct Part {
    std::string_view type, disposition, body;
};

std::string_view media_type(std::string_view content_type) {
    return trimmed(content_type.substr(0, content_type.find(';')));
}

std::string boundary_of(std::string_view content_type) {
    Parts parts(content_type, ';');
    for (auto part = parts.next(); part; part = parts.next()) {
        const std::size_t equals = part->find('=');
        if (equals != std::string_view::npos && same_token(trimmed(part->substr(0, equals)), "boundary"))
            return unquoted(trimmed(part->substr(equals + 1)));
    }
    return {};
}

// RFC 2046 5.1.1: parts stand between lines that begin with the delimiter.
std::vector<std::string_view> parts_of(std::string_view body, const std::string& boundary) {
    constexpr std::size_t most_parts = 64;
    const std::string delimiter = "--" + boundary;
    std::vector<std::string_view> parts;
    std::optional<std::size_t> begin;
    for (std::size_t at = 0; at < body.size() && parts.size() < most_parts;) {
        const std::size_t end = std::min(body.find('\n', at), body.size() - 1) + 1;
        if (body.substr(at).starts_with(delimiter)) {
            if (begin) parts.push_back(body.substr(*begin, at - *begin));
            begin = end;
            if (body.substr(at + delimiter.size()).starts_with("--")) return parts;
        }
        at = end;
    }
    // The last delimiter may lack where the end was not captured.
    if (begin && *begin < body.size()) parts.push_back(body.substr(*begin));
    return parts;
}

Part part_of(std::string_view octets) {
    Part part;
    Lines lines(octets);
    for (FieldLines field; lines.next_field(field);) {
        if (same_token(field.name, "Content-Type")) part.type = field.value;
        else if (same_token(field.name, "Content-Disposition")) part.disposition = field.value;
    }
    part.body = lines.rest();
    return part;
}

std::optional<std::string_view> sdp_in(std::string_view content_type, std::string_view body, int depth) {
    const std::string_view type = media_type(content_type);
    if (same_token(type, "application/sdp") || (type.empty() && body.starts_with("v="))) {
        if (body.empty()) return {};
        return body;
    }
    if (depth == 0 || !same_token(type.substr(0, type.find('/')), "multipart")) return {};
    const std::string boundary = boundary_of(content_type);
    if (boundary.empty()) return {};
    for (const std::string_view octets : parts_of(body, boundary)) {
        const Part part = part_of(octets);
        if (part.type.empty() || same_token(media_type(part.disposition), "early-session")) continue;
        if (const auto found = sdp_in(part.type, part.body, depth - 1)) return found;
    }
    return {};
}

}  // namespace

std::string_view name_of(StreamDirection direction) {
    switch (direction) {
        case StreamDirection::sendrecv: return "sendrecv";
        case StreamDirection::sendonly: return "sendonly";
        case StreamDirection::recvonly: return "recvonly";
        case StreamDirection::inactive: return "inactive";
    }
    return {};
}

std::string_view name_of(SdpProblem::Kind kind) {
    static constexpr std::array<std::string_view, 20> names = {
        "line",   "unknown_type", "order",           "version_missing",    "version",      "origin_missing",
        "origin", "name_missing", "time_missing",    "connection_missing", "connection",   "media",
        "port",   "rtpmap",       "rtpmap_unlisted", "mapping_missing",    "payload_type", "direction_repeated",
        "crypto", "candidate"};
    const auto index = static_cast<std::size_t>(kind);
    return index < names.size() ? names[index] : "limit";
}

std::optional<Codec> static_payload_type(std::uint8_t number) {
    const auto known = std::ranges::find(static_types, number, &StaticType::number);
    if (known == static_types.end()) return {};
    return Codec{.format = std::to_string(number),
                 .payload_type = number,
                 .name = std::string(known->name),
                 .clock_rate = known->clock_rate,
                 .channels = known->channels,
                 .parameters = {}};
}

bool is_auxiliary(const Codec& codec) {
    return same_token(codec.name, "telephone-event") || same_token(codec.name, "CN") || same_token(codec.name, "red") ||
           same_token(codec.name, "rtx") || same_token(codec.name, "ulpfec");
}

bool MediaDescription::is_rtp() const {
    const std::string_view last = std::string_view(protocol).substr(protocol.rfind('/') + 1);
    return protocol.find("RTP/") != std::string::npos &&
           (last == "AVP" || last == "AVPF" || last == "SAVP" || last == "SAVPF");
}

bool MediaDescription::is_fax() const {
    return same_token(media, "image") &&
           (same_token(protocol, "udptl") ||
            std::ranges::any_of(codecs, [](const Codec& one) { return same_token(one.format, "t38"); }));
}

Security security_of(const MediaDescription& media) {
    return {.sdes = !media.crypto.empty(),
            .dtls = !media.fingerprints.empty() || media.protocol.starts_with("UDP/TLS/"),
            .needed = media.protocol.find("SAVP") != std::string::npos};
}

std::optional<SessionDescription> read_sdp(std::string_view body) { return Reader(body).read(); }

std::optional<std::string_view> sdp_in(std::string_view content_type, std::string_view body) {
    constexpr int deepest = 4;
    return sdp_in(content_type, body, deepest);
}

std::optional<std::string_view> sdp_in_message(std::string_view octets) {
    Lines lines(octets);
    if (!lines.start_line()) return {};
    std::string_view content_type;
    std::optional<std::string_view> length;
    for (FieldLines field; lines.next_field(field);) {
        if (same_field(field.name, "Content-Type")) content_type = field.value;
        else if (same_field(field.name, "Content-Length")) length = field.value;
    }
    return sdp_in(content_type, body_of(lines.rest(), length));
}

std::optional<SessionDescription> session_of(const Message& message) {
    const auto body = sdp_in(message.header("Content-Type").value_or(""), message.body);
    if (!body) return {};
    return read_sdp(*body);
}

}  // namespace sipdex::sip
