#include "simulator/session/presence_document.h"

namespace sipdex::simulator {

namespace {

std::string escaped(const std::string& text) {
    std::string xml;
    for (const char c : text) {
        if (c == '&') xml += "&amp;";
        else if (c == '<') xml += "&lt;";
        else if (c == '>') xml += "&gt;";
        else if (c == '"') xml += "&quot;";
        else xml += c;
    }
    return xml;
}

}  // namespace

std::string presence_document(const std::string& entity, const std::string& basic, const std::string& note) {
    std::string uri = entity;
    // RFC 3863 4.1.1 wants a presence URI: "pres:bob@example.com".
    if (uri.starts_with("sip:")) uri.replace(0, 4, "pres:");
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
        "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" +
        escaped(uri) +
        "\">\r\n"
        "  <tuple id=\"t1\">\r\n"
        "    <status><basic>" +
        escaped(basic) + "</basic></status>\r\n";
    if (!note.empty()) text += "    <note>" + escaped(note) + "</note>\r\n";
    return text + "  </tuple>\r\n</presence>\r\n";
}

}  // namespace sipdex::simulator
