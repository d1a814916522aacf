#include "calls/media_script.h"

#include <algorithm>
#include <sstream>

#include "capture/packets.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

std::string value_in(const std::string& line, const std::string& name, const std::string& otherwise) {
    const std::size_t at = line.find(' ' + name + '=');
    if (at == std::string::npos) return otherwise;
    const std::size_t begin = at + name.size() + 2;
    return line.substr(begin, line.find(' ', begin) - begin);
}

std::vector<std::string> pieces(const std::string& text, char separator) {
    std::vector<std::string> all;
    std::istringstream rest(text);
    for (std::string piece; std::getline(rest, piece, separator);) all.push_back(piece);
    return all;
}

std::string place(const std::string& text) {
    return text.find(':') == std::string::npos ? "192.0.2." + text + ":5060" : text;
}

std::string body_of(const std::string& streams, const std::string& more) {
    std::string body = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n";
    for (const std::string& stream : pieces(streams, '+')) {
        const auto words = pieces(stream, ':');
        std::string formats = words.at(3);
        std::ranges::replace(formats, '.', ' ');
        const bool fax = words[0] == "image";
        body += "m=" + words[0] + " " + words[2] + (fax ? " udptl " : " RTP/AVP ") + formats + "\r\nc=IN IP4 " +
                words[1] + "\r\n";
        if (words.size() > 4) body += "a=" + words[4] + "\r\n";
    }
    for (std::string line : pieces(more, ';')) {
        while (line.starts_with(' ')) line.erase(0, 1);
        while (line.ends_with(' ')) line.pop_back();
        body += line + "\r\n";
    }
    return body;
}

std::string message_of(const std::string& from, const std::string& to, const std::string& what,
                       const std::string& line) {
    const std::string head = line.substr(0, line.find(" | "));
    const bool response = what[0] >= '1' && what[0] <= '6';
    const std::string method = value_in(head, "of", response ? "INVITE" : what);
    std::string message = response ? "SIP/2.0 " + what + " Reason" : what + " sip:bob@192.0.2.2 SIP/2.0";
    for (const std::string& branch : pieces(value_in(head, "branch", what == "ACK" ? "k" : method), ','))
        message += "\r\nVia: SIP/2.0/UDP " + place(response ? to : from) + ";branch=z9hG4bK" + branch;
    const std::string to_tag = value_in(head, "to", ""), sdp = value_in(head, "sdp", "");
    message += "\r\nFrom: <sip:alice@192.0.2.1>;tag=" + value_in(head, "from", "x") + "\r\nTo: <sip:bob@192.0.2.2>" +
               (to_tag.empty() ? "" : ";tag=" + to_tag) + "\r\nCall-ID: " + value_in(head, "call", "one") +
               "\r\nCSeq: " + value_in(head, "cseq", "1") + " " + method + "\r\n";
    if (sdp.empty()) return message + "\r\n";
    const std::size_t bar = line.find(" | ");
    const std::string body = body_of(sdp, bar == std::string::npos ? "" : line.substr(bar + 3));
    return message + "Content-Type: application/sdp\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

std::string rtp(std::uint32_t payload_type, std::uint32_t number, std::uint32_t ticks, std::uint32_t ssrc,
                std::size_t octets) {
    return "\x80" + std::string(1, static_cast<char>(payload_type)) + big16(number & 0xffff) + big32(ticks) +
           big32(ssrc) + std::string(octets, 's');
}

// RFC 3550 6.4.2: a receiver report, of one source where losses are told.
std::string report(std::uint32_t ssrc, std::uint32_t lost) {
    if (lost == 0) return "\x80\xc9" + big16(1) + big32(ssrc);
    return "\x81\xc9" + big16(7) + big32(ssrc) + big32(1) + big32(lost) + big32(0) + big32(0) + big32(0) + big32(0);
}

void add_media(std::vector<MadeFrame>& frames, const std::string& times, const std::string& from, const std::string& to,
               const std::string& line) {
    const auto number = [&](const char* name, const char* otherwise) {
        return static_cast<std::uint32_t>(std::stoul(value_in(line, name, otherwise)));
    };
    const std::int64_t first = std::stoll(times), last = std::stoll(times.substr(times.find('-') + 1));
    const std::uint32_t every = number("every", "20"), ssrc = number("ssrc", "7");
    const auto lost = pieces(value_in(line, "lose", ""), '.');
    std::uint32_t count = 0;
    for (std::int64_t at = first; at <= last; at += every) {
        if (std::ranges::find(lost, std::to_string(++count)) != lost.end()) continue;
        const std::string packet =
            line.find(" rtcp") != std::string::npos
                ? report(ssrc, number("reported", "0"))
                : rtp(number("pt", "0"), count, count * every * 8, ssrc, number("octets", "160"));
        const std::int64_t late = count % 2 == 0 ? number("jitter", "0") : 0;  // every other one
        frames.push_back({udp(place(from), place(to), packet, 0), (at + late) * 1000, 0, 0});
    }
}

}  // namespace

std::string scripted_octets(std::string_view script) {
    std::istringstream lines(picture(script));
    std::vector<MadeFrame> frames;
    std::uint32_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) continue;
        std::istringstream words(line);
        std::string times, from, arrow, to, what;
        words >> times >> from >> arrow >> to >> what;
        if (times.find('-') != std::string::npos) {
            add_media(frames, times, from, to, line);
            continue;
        }
        const std::string message = message_of(from, to, what, line);
        frames.push_back({udp(place(from), place(to), message, ++number), std::stoll(times) * 1000, 0, 0});
    }
    std::ranges::stable_sort(frames, {}, &MadeFrame::microseconds);
    return pcap(frames);
}

capture::Captured scripted(std::string_view script) { return captured_of(scripted_octets(script)); }

}  // namespace sipdex::test
