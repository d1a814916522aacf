#include "simulator/session/body.h"

#include <optional>

#include "sip/parameters.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

// One part: its header fields, an empty line, its body.
Content part_of(std::string_view text) {
    Content part;
    const auto end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) return part;
    part.body = text.substr(end + 4);
    for (std::string_view rest = text.substr(0, end + 2); !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(line.size() + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view name = line.substr(0, colon), value = sip::trimmed(line.substr(colon + 1));
        if (sip::same_token(name, "Content-Type")) part.type = media_type(value);
        if (sip::same_token(name, "Content-ID") && value.size() > 2) part.id = value.substr(1, value.size() - 2);
    }
    return part;
}

// RFC 4648 4; nothing where a character is foreign.
std::optional<std::string> decoded(std::string_view base64) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string octets;
    unsigned bits = 0;
    int count = 0;
    for (const char c : base64.substr(0, base64.find('='))) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFF;
        if ((count += 6) >= 8) octets += static_cast<char>(bits >> (count -= 8) & 0xFF);
    }
    return octets;
}

}  // namespace

std::string media_type(std::string_view content_type) {
    return std::string(sip::trimmed(content_type.substr(0, content_type.find(';'))));
}

std::vector<Content> read_contents(source::Table& fields, std::string_view key) {
    std::vector<Content> contents;
    for (source::Table& each : fields.tables(key)) {
        Content content{each.text("content_type"), each.text_or("content_id", ""), ""};
        if (each.has("base64")) {
            const auto octets = decoded(each.text("base64"));
            if (!octets) each.problem("base64", "this is no base64");
            content.body = octets.value_or("");
        } else {
            content.body = each.text("body");
        }
        contents.push_back(std::move(content));
        each.done();
    }
    return contents;
}

void set_contents(sip::Message& message, const std::vector<Content>& contents, const std::string& boundary) {
    message.remove_all("Content-Type");
    message.body.clear();
    if (contents.empty()) return;
    if (contents.size() == 1) {
        message.add("Content-Type", contents.front().type);
        message.body = contents.front().body;
        return;
    }
    message.add("Content-Type", "multipart/mixed;boundary=" + boundary);
    for (const Content& part : contents) {
        message.body += "--" + boundary + "\r\nContent-Type: " + part.type + "\r\n";
        if (!part.id.empty()) message.body += "Content-ID: <" + part.id + ">\r\n";
        message.body += "\r\n" + part.body + "\r\n";
    }
    message.body += "--" + boundary + "--\r\n";
}

std::vector<Content> contents_of(const sip::Message& message) {
    if (message.body.empty()) return {};
    const std::string field(message.header("Content-Type").value_or(""));
    const std::string type = media_type(field);
    if (!type.starts_with("multipart/")) return {{type, "", message.body}};
    const auto parameters = field.find(';');
    const auto boundary = parameters == std::string::npos
                              ? std::nullopt
                              : sip::parse_parameters(field.substr(parameters)).value("boundary");
    std::vector<Content> parts;
    if (!boundary || boundary->empty()) return parts;
    const std::string line = "--" + *boundary;
    for (std::size_t at = message.body.find(line); at != std::string::npos;) {
        const std::size_t begin = at + line.size() + 2, next = message.body.find(line, begin);
        if (next == std::string::npos) break;
        parts.push_back(part_of(std::string_view(message.body).substr(begin, next - begin - 2)));
        at = next;
    }
    return parts;
}

std::string description_in(const sip::Message& message) {
    const std::string type = media_type(message.header("Content-Type").value_or(""));
    if (type == "application/sdp") return message.body;
    if (!type.starts_with("multipart/")) return {};
    for (const Content& part : contents_of(message))
        if (part.type == "application/sdp") return part.body;
    return {};
}

}  // namespace sipdex::simulator
