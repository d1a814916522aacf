#include "redact/traces.h"

#include <algorithm>
#include <bitset>
#include <regex>
#include <set>
#include <unordered_map>

namespace sipdex::test {

namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return out;
}

std::string hexadecimal(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : text) (out += digits[static_cast<unsigned char>(c) >> 4]) += digits[c & 15];
    return out;
}

// The letters that do not depend on what stands around; with `before` octets in front.
std::string base64_inside(std::string_view text, std::size_t before, bool url) {
    std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    letters += url ? "-_" : "+/";
    const std::string all = std::string(before, '\0') + std::string(text);
    std::string out;
    for (std::size_t bit = 0; bit + 6 <= all.size() * 8; bit += 6) {
        if (bit < before * 8) continue;
        const std::size_t at = bit / 8;
        const unsigned two = static_cast<unsigned char>(all[at]) << 8 |
                             (at + 1 < all.size() ? static_cast<unsigned char>(all[at + 1]) : 0);
        out += letters[two >> (10 - bit % 8) & 63];
    }
    return out;
}

// "Call" stands in Call-ID. Names of fields that nobody knows are no excuse.
bool within_name_of_field(std::string_view octets, std::size_t at, std::size_t length) {
    static const std::set<std::string> known = {"call-id",
                                                "contact",
                                                "content-type",
                                                "content-length",
                                                "record-route",
                                                "session-expires",
                                                "user-agent",
                                                "authorization",
                                                "supported",
                                                "x-asterisk-hangupcause",
                                                "x-asterisk-hangupcausecode"};
    std::size_t begin = at, end = at + length;
    const auto of_name = [&](std::size_t place) {
        return std::isalnum(static_cast<unsigned char>(octets[place])) || octets[place] == '-';
    };
    while (begin > 0 && of_name(begin - 1)) --begin;
    while (end < octets.size() && of_name(end)) ++end;
    return begin > 0 && octets[begin - 1] == '\n' && end < octets.size() && octets[end] == ':' &&
           known.contains(lowered(octets.substr(begin, end - begin)));
}

class Search {
public:
    void add(const std::string& pattern, const std::string& what, bool between_digits = false) {
        if (pattern.size() < few) return;
        const std::size_t known = pattern.size() < many ? few : many;
        patterns_[first_of(pattern, known)].push_back({pattern, what, between_digits});
        first_.set(two_of(pattern));
    }
    void in(std::string_view octets, std::string_view shown, std::vector<std::string>& found) const {
        for (std::size_t at = 0; at + few <= octets.size(); ++at) {
            if (!first_.test(two_of(octets.substr(at)))) continue;
            for (const std::size_t known : {few, many}) {
                if (at + known > octets.size()) continue;
                const auto place = patterns_.find(first_of(octets.substr(at), known));
                if (place == patterns_.end()) continue;
                for (const Pattern& one : place->second) look(one, octets, shown, at, found);
            }
        }
    }

private:
    static constexpr std::size_t few = 4, many = 12;  // octets by which a pattern is found at first

    struct Pattern {
        std::string text, what;
        bool between_digits = false;
    };
    static void look(const Pattern& one, std::string_view octets, std::string_view shown, std::size_t at,
                     std::vector<std::string>& found) {
        const auto digit = [&](std::size_t place) {
            return place < octets.size() && octets[place] >= '0' && octets[place] <= '9';
        };
        if (octets.substr(at, one.text.size()) != one.text) return;
        if (begins_comment(octets, at)) return;
        if (one.between_digits && ((at > 0 && digit(at - 1)) || digit(at + one.text.size()))) return;
        if (within_name_of_field(shown, at, one.text.size())) return;
        std::string around(shown.substr(at > 40 ? at - 40 : 0, 80 + one.text.size()));
        for (char& c : around)
            if (c < ' ' || c > '~') c = '.';
        found.push_back(one.what + " at " + std::to_string(at) + ": " + around);
    }
    static std::size_t two_of(std::string_view text) {
        return static_cast<std::size_t>(static_cast<unsigned char>(text[0])) << 8 | static_cast<unsigned char>(text[1]);
    }
    // The end of a line, two octets that fill it up and the code of the comment behind them read like 10.0.0.1.
    static bool begins_comment(std::string_view octets, std::size_t at) {
        constexpr std::string_view end_and_code("\n\0\0\x01", 4), behind(" octets before redaction");
        constexpr std::size_t to_text = 7, most_digits = 5;
        return octets.substr(at, end_and_code.size()) == end_and_code && at + to_text < octets.size() &&
               octets.substr(at + to_text, most_digits + behind.size()).find(behind) != std::string_view::npos;
    }
    static std::size_t first_of(std::string_view text, std::size_t octets) {
        return std::hash<std::string_view>()(text.substr(0, octets)) ^ octets;
    }

    std::unordered_map<std::size_t, std::vector<Pattern>> patterns_;
    std::bitset<65536> first_;
};

bool only_digits(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

}  // namespace

std::vector<std::string> traces_of(const Originals& originals, std::string_view octets) {
    Search exact, any_case;
    const auto add_bytes = [&](const std::string& value, const std::string& name) {
        // Fewer letters stand anywhere by chance.
        constexpr std::size_t telling = 6;
        for (std::size_t before = 0; before < 3; ++before)
            for (const bool url : {false, true})
                if (const std::string letters = base64_inside(value, before, url); letters.size() >= telling)
                    exact.add(letters, name + " (base64)");
        any_case.add(hexadecimal(value), name + " (hex)");
    };
    for (const std::string& value : originals.values) {
        // Who is called as his product is, is not told from it.
        const std::string plain = lowered(value);
        static const std::set<std::string> of_products = {"asterisk", "freeswitch", "mod_sofia", "sipp"};
        if (of_products.contains(plain) || std::ranges::any_of(originals.products, [&](const std::string& product) {
                return product == plain ||
                       (originals.session_users.contains(value) && product.find(plain) != std::string::npos);
            }))
            continue;
        constexpr std::size_t telling_digits = 7;
        // A short number is one where it stands alone; within longer ones anything can stand.
        any_case.add(plain, value, only_digits(value) && value.size() < telling_digits);
        std::string escaped, little, big;
        for (const char c : value) {
            escaped += '%' + hexadecimal(std::string_view(&c, 1));
            (little += c) += '\0';
            (big += '\0') += c;
        }
        any_case.add(escaped, value + " (escaped)");
        any_case.add(lowered(little), value + " (UTF-16)");
        any_case.add(lowered(big), value + " (UTF-16)");
        if (value.size() >= 6)
            any_case.add(std::string(plain.rbegin(), plain.rend()), value + " (reversed)", only_digits(value));
        add_bytes(value, value);
    }
    for (const std::string& address : originals.addresses) {
        const std::string name = host_of(capture::address_of(address, 0));
        const std::string reversed(address.rbegin(), address.rend());
        for (const std::string& one : {address, reversed}) {
            exact.add(one, name + " (octets)");
            add_bytes(one, name + " (octets)");
            if (one.size() != 4) continue;
            std::string dotted, number;
            std::uint32_t value = 0;
            for (const char c : one) {
                dotted += (dotted.empty() ? "" : ".") + std::to_string(static_cast<unsigned char>(c));
                value = value << 8 | static_cast<unsigned char>(c);
            }
            any_case.add(dotted, name + " (dotted)", true);
            any_case.add(std::to_string(value), name + " (as a number)", true);
        }
    }
    std::vector<std::string> found;
    exact.in(octets, octets, found);
    any_case.in(lowered(octets), octets, found);
    // Numbers that the protocol itself counts with: ports, sequence numbers, seconds, lengths, rates of codecs.
    static const std::regex counted(
        R"(.* at \d+: .*((^|[.])(cseq|rseq|rack|expires|min-expires|session-expires|min-se|content-length|l|x|timestamp|max-forwards|retry-after|date|user-agent|server): [^:]*|:[0-9]+|(rport|expires|cause)=[0-9]+|m=[a-z]+ [0-9]+|a=rtpmap:.*|a=fmtp:.*|a=rtcp:[0-9]+|b=.*|o=.* [0-9]+).*)",
        std::regex::icase);
    std::erase_if(found, [](const std::string& line) {
        const std::string value = line.substr(0, line.find(' '));
        return only_digits(value) && value.size() <= 5 && line.substr(value.size(), 4) == " at " &&
               std::regex_match(line, counted);
    });
    return found;
}

}  // namespace sipdex::test
