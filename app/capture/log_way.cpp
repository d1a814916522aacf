// Between whom a message went, as lines of logs tell it.

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "capture/log.h"
#include "capture/log_numbers.h"
#include "sip/host_port.h"
#include "sip/token.h"

namespace sipdex::capture {

namespace {

struct Found {
    std::size_t begin = 0, end = 0;
    Address address;
};

// The port behind an address: ":5060", "]:5060", ".5060" as tcpdump writes it, "/5060", ":[5060]", "', 5060" or " on port
// 5060" as others do. Moves behind it.
std::uint16_t port_at(std::string_view text, std::size_t& end) {
    static constexpr std::array<std::string_view, 9> signs = {"]:",        ":[",     ":",      ".",  "/",
                                                              " on port ", " port ", " port=", "', "};
    for (const std::string_view sign : signs) {
        if (!text.substr(end).starts_with(sign)) continue;
        std::size_t at = end + sign.size();
        const std::size_t fewest = sign == "/" ? 4 : 1;  // fewer tell how large a network is
        const auto port = digits(text, at, fewest, 5);
        if (!port || *port > 65535) continue;
        end = at;
        return static_cast<std::uint16_t>(*port);
    }
    return 0;
}

// "192.0.2.7", with a port behind it.
std::optional<Found> ip4_at(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    std::array<char, 4> octets{};
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0 && (at >= text.size() || text[at++] != '.')) return {};
        const auto value = digits(text, at, 1, 3);
        if (!value || *value > 255) return {};
        octets[i] = static_cast<char>(*value);
    }
    Found found{begin, at, address_of({octets.data(), 4}, 0)};
    found.address.port = port_at(text, found.end);
    return found;
}

// "[2001:db8::7]:5060", "2001:db8::7.5060"
std::optional<Found> ip6_at(std::string_view text, std::size_t begin) {
    const bool bracket = text[begin] == '[';
    std::size_t at = begin + (bracket ? 1 : 0);
    const std::size_t first = at;
    while (at < text.size() && (std::isxdigit(static_cast<unsigned char>(text[at])) != 0 || text[at] == ':')) ++at;
    const std::string_view host = text.substr(first, at - first);
    if (host.size() < 3 || std::ranges::count(host, ':') < 2 || !sip::is_ipv6(host)) return {};
    const auto address = parse_address(host);
    if (!address) return {};
    Found found{begin, at, *address};
    if (bracket && at < text.size() && text[at] == ']') found.end = ++at;
    if (bracket || (at < text.size() && text[at] == '.')) found.address.port = port_at(text, found.end);
    return found;
}

// "L192.0.2.1:5060/R192.0.2.7:5060": here and there.
bool is_side_letter(std::string_view text, std::size_t at) {
    return (text[at] == 'L' || text[at] == 'R') && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '/');
}

std::vector<Found> addresses_in(std::string_view text) {
    std::vector<Found> all;
    constexpr std::size_t most = 6;
    for (std::size_t at = 0; at < text.size() && all.size() < most;) {
        const bool begins =
            at == 0 || is_side_letter(text, at - 1) ||
            (std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0 && text[at - 1] != '.' && text[at - 1] != '@');
        std::optional<Found> found;
        if (begins && is_digit(text[at])) found = ip4_at(text, at);
        if (!found && begins && (text[at] == '[' || std::isxdigit(static_cast<unsigned char>(text[at])) != 0))
            found = ip6_at(text, at);
        if (found) all.push_back(*found);
        at = found ? found->end : at + 1;
    }
    return all;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view one) { return text.find(one) != std::string_view::npos; });
}

// A word that may stand for one end: "proxy.example.com.5060", "192.0.2.xx:5060", where somebody resolved or blotted out
// the address.
bool may_be_end(std::string_view word) {
    return std::ranges::any_of(word, is_digit) && word.find_first_of(".:") != std::string_view::npos;
}

// The words around an arrow, addresses or not.
void ends_around_arrow(std::string_view line, WayTold& way) {
    for (const std::string_view arrow : {" -> ", " > ", " → "}) {
        const std::size_t at = line.find(arrow);
        if (at == std::string_view::npos) continue;
        std::string_view left = line.substr(0, at), right = line.substr(at + arrow.size());
        left = left.substr(left.find_last_of(" \t") + 1);
        right = right.substr(0, right.find_first_of(" \t,"));
        if (right.ends_with(':')) right.remove_suffix(1);
        if (!may_be_end(left) || !may_be_end(right)) continue;
        const auto take = [](std::string_view word, Address& address, std::string_view& name) {
            auto found = ip4_at(word, 0);
            if (!found) found = ip6_at(word, 0);
            if (found) address = found->address;
            else name = word;
        };
        take(left, way.from, way.from_name);
        take(right, way.to, way.to_name);
        return;
    }
}

// Where the address of the host begins and ends that syslog writes behind the time, and which neither sent nor received:
// "Nov 30 10:12:13 192.0.2.7 SIPMESSAGE: Outbound SIP message to 198.51.100.7:5060".
std::string_view without_host_of_syslog(std::string_view line) {
    static constexpr std::array<std::string_view, 12> months = {"Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ",
                                                                "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec "};
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon < 8 || colon > 60) return line;
    // "Nov 30 10": what stands before the minutes.
    constexpr std::size_t before_minutes = 9;
    const std::string_view date = line.substr(colon >= before_minutes ? colon - before_minutes : 0, 4);
    if (std::ranges::find(months, date) == months.end()) return line;
    const std::size_t time_ends = std::min(line.find(' ', colon), line.size());
    const std::size_t begin = std::min(line.find_first_not_of(' ', time_ends), line.size());
    const auto host = begin < line.size() && is_digit(line[begin]) ? ip4_at(line, begin) : std::nullopt;
    if (!host || host->address.port != 0) return line;
    const std::string_view rest = line.substr(host->end);
    const bool of_an_arrow = sip::trimmed(rest).find_first_of("<>-=") == 0;
    return of_an_arrow ? line : rest;
}

// Which end of the way an address is by the word before it, whoever sends: "my=192.0.2.1:5060 peer=192.0.2.7".
enum class End : std::uint8_t { none, here, there };
End end_before(std::string_view line, std::size_t begin) {
    if (begin > 0 && is_side_letter(line, begin - 1)) return line[begin - 1] == 'L' ? End::here : End::there;
    std::string before = sip::lowered(line.substr(0, begin));
    while (!before.empty() && std::string_view(" =:[(\"'/").find(before.back()) != std::string_view::npos)
        before.pop_back();
    constexpr std::string_view kinds[] = {"_ip", " ip", "ip", "_addr", "_address", " address", "addr"};
    for (const std::string_view kind : kinds)
        if (before.ends_with(kind)) {
            before.resize(before.size() - kind.size());
            break;
        }
    const auto is = [&](std::string_view word) {
        return before.ends_with(word) &&
               (before.size() == word.size() ||
                std::isalpha(static_cast<unsigned char>(before[before.size() - word.size() - 1])) == 0);
    };
    if (is("my") || is("local") || is("laddr")) return End::here;
    if (is("peer") || is("remote") || is("raddr")) return End::there;
    return End::none;
}

// By whether it was sent or received, where the line says which end is the other one.
bool take_ends(std::string_view line, Side side, const std::vector<Found>& found, WayTold& way) {
    const auto there =
        std::ranges::find_if(found, [&](const Found& one) { return end_before(line, one.begin) == End::there; });
    if (side == Side::unknown || there == found.end()) return false;
    const auto here =
        std::ranges::find_if(found, [&](const Found& one) { return end_before(line, one.begin) == End::here; });
    const bool received = side == Side::received;
    (received ? way.from : way.to) = there->address;
    if (here != found.end()) (received ? way.to : way.from) = here->address;
    return true;
}

// What stands between two cells of a table: their border, and what the second begins with: ",udp:".
bool is_of_cells(std::string_view between) {
    const std::string_view word = between.substr(std::min(between.find_first_not_of(",;\"\t "), between.size()));
    return word.empty() || word == "udp:" || word == "tcp:" || word == "tls:" || word == "ws:" || word == "wss:";
}

// Of several addresses the one behind "to" or "from"; else the first, but for the number of a version: "[1.0.11.2]".
Address end_announced(std::string_view line, const std::vector<Found>& found) {
    for (const Found& one : found) {
        std::string_view before = line.substr(0, one.begin);
        before = before.substr(0, before.find_last_not_of(" [<(/:=\"'") + 1);
        for (const std::string_view transport : {"udp", "UDP", "tcp", "TCP", "tls", "TLS", "ws", "wss", "sip"})
            if (before.ends_with(transport)) before.remove_suffix(transport.size());
        before = sip::trimmed(before.substr(0, before.find_last_not_of(" [<(/:") + 1));
        if (before.ends_with("to") || before.ends_with("from") || before.ends_with("->") || before.ends_with("<-"))
            return one.address;
    }
    const auto is_version = [&](const Found& one) {
        return one.address.port == 0 && one.begin > 0 && line[one.begin - 1] == '[' && line.substr(one.end, 1) == "]";
    };
    const auto first = std::ranges::find_if_not(found, is_version);
    return first == found.end() ? Address{} : first->address;
}

// "src_ip", "Destination.Port": what the name of a value says of one end.
struct EndName {
    enum class Side : std::uint8_t { none, from, to, there } side = Side::none;
    bool port = false;
};
EndName end_named(std::string_view key) {
    std::string letters;
    for (const char c : sip::lowered(key))
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) letters += c;
    EndName name;
    for (const auto& [word, side] : {std::pair{std::string_view("source"), EndName::Side::from},
                                     {"src", EndName::Side::from},
                                     {"from", EndName::Side::from},
                                     {"destination", EndName::Side::to},
                                     {"dest", EndName::Side::to},
                                     {"dst", EndName::Side::to},
                                     {"to", EndName::Side::to},
                                     {"remote", EndName::Side::there},
                                     {"peer", EndName::Side::there}}) {
        if (!letters.starts_with(word)) continue;
        const std::string_view rest = std::string_view(letters).substr(word.size());
        name.port = rest == "port";
        const bool address = rest.empty() || rest == "ip" || rest == "ipaddr" || rest == "ipaddress" ||
                             rest == "addr" || rest == "address" || rest == "host";
        if (name.port || address) name.side = side;
        break;
    }
    return name;
}

}  // namespace

std::optional<FactTold> fact_in(std::string_view line) {
    constexpr std::size_t longest_key = 40;
    line = sip::trimmed(line);
    const std::size_t sign = line.substr(0, longest_key).find_first_of(":=");
    if (sign == std::string_view::npos || sign == 0) return {};
    std::string_view key = sip::trimmed(line.substr(0, sign)), value = sip::trimmed(line.substr(sign + 1));
    if (key.starts_with('"')) key.remove_prefix(1);
    if (key.ends_with('"')) key.remove_suffix(1);
    const auto belongs = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
    };
    if (key.empty() || is_digit(key.front()) || !std::ranges::all_of(key, belongs)) return {};
    if (value.ends_with(',')) value.remove_suffix(1);
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    FactTold told;
    const EndName name = end_named(key);
    if (name.side == EndName::Side::none) return told;
    if (name.port) {
        std::size_t at = 0;
        const auto port = digits(value, at, 1, 5);
        if (port && at == value.size() && *port <= 65535)
            (name.side == EndName::Side::from ? told.from_port
             : name.side == EndName::Side::to ? told.to_port
                                              : told.there_port) = static_cast<std::uint16_t>(*port);
        return told;
    }
    for (const std::string_view transport : {"udp:", "tcp:", "tls:", "ws:", "wss:", "sctp:"})
        if (sip::same_token(value.substr(0, transport.size()), transport)) value.remove_prefix(transport.size());
    if (value.empty()) return told;
    auto found = is_digit(value.front()) ? ip4_at(value, 0) : std::nullopt;
    if (!found) found = ip6_at(value, 0);
    if (found && found->end == value.size())
        (name.side == EndName::Side::from ? told.from
         : name.side == EndName::Side::to ? told.to
                                          : told.there) = found->address;
    return told;
}

WayTold way_in(std::string_view line, Side side) {
    WayTold way;
    line = without_host_of_syslog(line);
    const std::vector<Found> found = addresses_in(line);
    if (found.size() < 2) ends_around_arrow(line, way);
    if (found.empty() || !way.from_name.empty() || !way.to_name.empty()) return way;
    if (take_ends(line, side, found, way)) return way;
    if (found.size() >= 2) {
        const std::string between = sip::lowered(line.substr(found[0].end, found[1].begin - found[0].end));
        const bool back =
            has_any(between, {"<-", "←", "from"}) || (has_any(between, {"<"}) && !has_any(between, {">"}));
        const bool forth = has_any(between, {">", "→", "to", "dst"});
        // Cells of a table: where from, where to.
        const bool cells = between.find_first_of(",;\t") <= 1 && is_of_cells(between);
        if (back || forth || cells) {
            way.from = found[back ? 1 : 0].address;
            way.to = found[back ? 0 : 1].address;
            return way;
        }
    }
    const std::string before = sip::lowered(line.substr(0, found[0].begin));
    const auto last = [&](std::string_view word) {
        const std::size_t at = before.rfind(word);
        return at == std::string::npos ? 0 : at + 1;
    };
    const std::size_t to = std::max({last("to "), last("to="), last("->"), last(">>"), last("=>"), last("\u2192")});
    const std::size_t from_ =
        std::max({last("from "), last("from="), last("<-"), last("<<"), last("<="), last("\u2190")});
    const bool received = side == Side::received || (side == Side::unknown && from_ > to);
    const bool sent = side == Side::sent || (side == Side::unknown && to > from_);
    if (received) way.from = end_announced(line, found);
    else if (sent) way.to = end_announced(line, found);
    return way;
}

}  // namespace sipdex::capture
