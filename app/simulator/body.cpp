#include "simulator/body.h"

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

}  // namespace

std::string media_type(std::string_view content_type) { return std::string(sip::trimmed(content_type.substr(0, content_type.find(';')))); }

std::vector<Content> read_contents(Fields& fields, std::string_view key) {
    std::vector<Content> contents;
    for (Fields& each : fields.tables(key)) {
        contents.push_back({each.text("content_type"), each.text_or("content_id", ""), each.text("body")});
        each.finish();
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
    const auto boundary = parameters == std::string::npos ? std::nullopt : sip::parse_parameters(field.substr(parameters)).value("boundary");
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
    for (const Content& part : contents_of(message))
        if (part.type == "application/sdp") return part.body;
    return {};
}

}  // namespace sipdex::simulator
