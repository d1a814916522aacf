#include "redact/originals.h"

#include <arpa/inet.h>

#include <algorithm>
#include <regex>
#include <sstream>

namespace sipdex::test {

namespace {

std::string lowered(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string unescaped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && std::isxdigit(text[i + 1]) && std::isxdigit(text[i + 2])) {
            out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else out += text[i];
    }
    return out;
}

// A line must be of a length that std::regex can follow.
constexpr std::size_t longest_line = 4096;

class Finder {
public:
    explicit Finder(Originals& found) : found_(found) {}

    void read(const std::string& message) {
        std::istringstream lines(message);
        std::string line, folded;
        bool start = true, body = false;
        const auto flush = [&] {
            if (!folded.empty()) read_line(folded, start, body);
            if (!folded.empty()) start = false;
            folded.clear();
        };
        while (std::getline(lines, line)) {
            while (!line.empty() && line.back() == '\r') line.pop_back();
            if (!body && !folded.empty() && (line.starts_with(' ') || line.starts_with('\t'))) {
                folded += line;
                continue;
            }
            flush();
            if (line.empty()) body = true;
            folded = line.substr(0, longest_line);
        }
        flush();
    }

    void address(const capture::Address& one) {
        if (!one.known()) return;
        const std::string octets(reinterpret_cast<const char*>(one.octets.data()), one.length);
        if (is_placeless(host_of(one))) return;
        found_.addresses.insert(octets);
        add(host_of(one));
    }

private:
    static bool is_placeless(const std::string& text) {
        return text.starts_with("127.") || text.starts_with("0.") || text == "::" || text == "::1" ||
               text == "255.255.255.255" || text.starts_with("224.0.");
    }

    void add(const std::string& text) {
        static const std::set<std::string> nobody = {
            "anonymous", "unavailable", "anonymous.invalid", "localhost", "unknown",    "private", "invalid",
            "invite",    "register",    "options",           "message",   "restricted", "phone",   "user",
            "urgent",    "emergency",   "example",           "audio",     "video",      "service", "digest",
            "z9hg4bk"};
        std::string value = text;
        while (!value.empty() && (value.front() == ' ' || value.front() == '"')) value.erase(0, 1);
        while (!value.empty() && (value.back() == ' ' || value.back() == '"')) value.pop_back();
        if (value.size() < 4 || nobody.contains(lowered(value)) || is_placeless(value)) return;
        // Blotted-out logs and the like.
        if (value.find_first_not_of("xX0.*-") == std::string::npos) return;
        found_.values.insert(value);
    }

    void all(const std::string& line, const char* pattern, std::size_t group = 1) {
        const std::regex expression(pattern, std::regex::icase);
        for (std::sregex_iterator at(line.begin(), line.end(), expression), end; at != end; ++at)
            add((*at)[group].str());
    }

    // False where it is no address.
    bool numeric(const std::string& text) {
        unsigned char octets[16];
        for (const auto& [family, length] : {std::pair(AF_INET, 4u), std::pair(AF_INET6, 16u)})
            if (inet_pton(family, text.c_str(), octets) == 1) {
                address(capture::address_of({reinterpret_cast<char*>(octets), length}, 0));
                return true;
            }
        return false;
    }

    void host(const std::string& text) {
        if (numeric(text)) return;
        // What a private address begins with stays.
        if (std::string_view("192.168.").starts_with(text)) return;
        if (text.find_first_not_of("0123456789") != std::string::npos) add(text);
    }

    void read_line(const std::string& line, bool start, bool body) {
        static const std::regex uri(R"re((?:sips?):(?:([^@\s<>"]+)@)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_.-]+))re",
                                    std::regex::icase),
            four(R"((?:^|[^0-9.])((?:\d{1,3}\.){3}\d{1,3})(?![0-9.]*[0-9]))"),
            six(R"(([0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F.:]*))"), tel(R"(tel:\+?([0-9().-]+))", std::regex::icase);
        const std::string name = body || start ? std::string() : lowered(line.substr(0, line.find(':')));
        if (name == "user-agent" || name == "server") {
            std::istringstream words(line.substr(line.find(':') + 1));
            std::string word;
            words >> word;
            found_.products.insert(lowered(word.substr(0, word.find_first_of("/;(,"))));
            const std::size_t value = line.find_first_not_of(": ", line.find(':'));
            if (value != std::string::npos) found_.products.insert(lowered(line.substr(value)));
            return;
        }
        // Attributes of a session that are none of an address, and what is no URI at all.
        const bool session = body && line.size() > 2 && line[1] == '=';
        if (body && !session) return;
        if (start && line.starts_with("SIP/")) return;
        for (std::sregex_iterator at(line.begin(), line.end(), uri), end; at != end; ++at) {
            std::string user = (*at)[1].str(), place = (*at)[2].str();
            if (place.starts_with('[')) place = place.substr(1, place.size() - 2);
            host(place);
            const std::string password = user.find(':') == std::string::npos ? "" : user.substr(user.find(':') + 1);
            add(password);
            user = user.substr(0, user.find_first_of(":;"));
            add(unescaped(user));
            std::string digits;
            for (const char c : unescaped(user))
                if (c >= '0' && c <= '9') digits += c;
            if (unescaped(user).find_first_not_of("+0123456789-.()") == std::string::npos) add(digits);
        }
        for (std::sregex_iterator at(line.begin(), line.end(), four), end; at != end; ++at) numeric((*at)[1].str());
        for (std::sregex_iterator at(line.begin(), line.end(), six), end; at != end; ++at) numeric((*at)[1].str());
        for (std::sregex_iterator at(line.begin(), line.end(), tel), end; at != end; ++at) add((*at)[1].str());
        if (session) {
            if (line.starts_with("s=") || line.starts_with("i=") || line.starts_with("e=") || line.starts_with("p="))
                add(line.substr(2));
            all(line, "^o=(\\S+) ");
            if (line.starts_with("o=")) found_.session_users.insert(line.substr(2, line.find(' ') - 2));
            all(line, "^a=ice-(?:ufrag|pwd):(\\S+)");
            all(line, "inline:([A-Za-z0-9+/=]+)");
            all(line, "^a=fingerprint:\\S+ (\\S+)");
            all(line, "cname:(\\S+)");
            return;
        }
        const bool party = name == "from" || name == "f" || name == "to" || name == "t" || name == "contact" ||
                           name == "m" || name == "p-asserted-identity" || name == "remote-party-id" ||
                           name == "diversion" || name == "refer-to" || name == "referred-by" ||
                           name == "p-preferred-identity" || name == "history-info";
        if (party) {
            all(line, "\"([^\"]+)\"\\s*<");
            all(line, "^[^:]+:\\s*([A-Za-z0-9 ]+?)\\s*<");
        }
        if (name == "call-id" || name == "i") add(line.substr(line.find(':') + 1));
        if (name == "subject" || name == "s" || name == "organization") add(line.substr(line.find(':') + 1));
        if (name == "via" || name == "v") {
            static const std::regex sent_by(R"(SIP\s*/\s*2\.0\s*/\s*\w+\s+([A-Za-z0-9_.-]+))", std::regex::icase);
            for (std::sregex_iterator at(line.begin(), line.end(), sent_by), end; at != end; ++at) host((*at)[1].str());
            all(line, "branch=(?:z9hG4bK)?([^;,\\s]+)");
            all(line, "received=([^;,\\s]+)");
        }
        all(line, ";\\s*tag=([^;,\\s>]+)");
        if (name.find("auth") != std::string::npos && name != "p-early-media")
            all(line, R"re((?:username|realm|nonce|opaque|response|cnonce)="([^"]+)")re");
        if (name == "identity") all(line, "identity:\\s*([^;\\s]+)");
        all(line, R"re(\+sip\.instance="?<?([^">;]+))re");
    }

    Originals& found_;
};

}  // namespace

Originals originals_of(const capture::Captured& captured) {
    Originals found;
    Finder finder(found);
    for (const capture::Message& one : captured.messages) {
        finder.read(std::string(one.octets));
        finder.address(one.from);
        finder.address(one.to);
    }
    for (const capture::MediaFlow& flow : captured.flows) finder.address(flow.from), finder.address(flow.to);
    for (const auto& one : captured.icmp)
        for (const auto& address : {one.error.reporter, one.error.told, one.error.from, one.error.to})
            finder.address(address);
    for (const auto& one : captured.resets) finder.address(one.reset.from), finder.address(one.reset.to);
    for (const auto& one : captured.tls) finder.address(one.connection.client), finder.address(one.connection.server);
    return found;
}

}  // namespace sipdex::test
