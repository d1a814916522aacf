#include "capture/log.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "evidence/lines.h"
#include "evidence/messages.h"
#include "evidence/start_line.h"
#include "sip/host_port.h"
#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::capture {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number of `fewest` to `most` digits that no other digit follows; moves behind it.
std::optional<std::int64_t> digits(std::string_view text, std::size_t& at, std::size_t fewest, std::size_t most) {
    std::size_t end = at;
    std::int64_t value = 0;
    while (end < text.size() && is_digit(text[end]) && end - at < most) value = value * 10 + (text[end++] - '0');
    if (end - at < fewest || (end < text.size() && is_digit(text[end]))) return {};
    at = end;
    return value;
}

bool begins_number(std::string_view text, std::size_t at) {
    return is_digit(text[at]) && (at == 0 || (!is_digit(text[at - 1]) && text[at - 1] != ':' && text[at - 1] != '.'));
}

// "2022-03-01", "2022/03/01"; nothing for dates without a year or in another order, which could be two.
std::optional<std::chrono::sys_days> date_at(std::string_view text, std::size_t at) {
    const auto year = digits(text, at, 4, 4);
    if (!year || at >= text.size() || std::string_view("-/.").find(text[at]) == std::string_view::npos) return {};
    const char separator = text[at++];
    const auto month = digits(text, at, 2, 2);
    if (!month || at >= text.size() || text[at++] != separator) return {};
    const auto day = digits(text, at, 2, 2);
    if (!day) return {};
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *year < 1970 || *year > 2200) return {};
    return std::chrono::sys_days(date);
}

Time fraction_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || (text[at] != '.' && text[at] != ',')) return {};
    std::int64_t value = 0, unit = 1'000'000'000;
    for (++at; at < text.size() && is_digit(text[at]) && unit > 1; ++at) {
        value = value * 10 + (text[at] - '0');
        unit /= 10;
    }
    return Time(value * unit);
}

// "20:52:38.761521"
std::optional<Time> time_of_day_at(std::string_view text, std::size_t at) {
    const auto hours = digits(text, at, 1, 2);
    if (!hours || at >= text.size() || text[at++] != ':') return {};
    const auto minutes = digits(text, at, 2, 2);
    if (!minutes || at >= text.size() || text[at++] != ':') return {};
    const auto seconds = digits(text, at, 2, 2);
    if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 60) return {};
    if (at < text.size() && text[at] == ':') return {};  // an address of six pairs
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds) +
           fraction_at(text, at);
}

// "1795358050.843221": seconds since 1970.
std::optional<Time> epoch_at(std::string_view text, std::size_t at) {
    const auto seconds = digits(text, at, 10, 10);
    if (!seconds || *seconds < 1'000'000'000 || at >= text.size() || text[at] != '.') return {};
    const Time fraction = fraction_at(text, at);
    std::size_t behind = at + 1;
    if (!digits(text, behind, 3, 9)) return {};
    return std::chrono::seconds(*seconds) + fraction;
}

struct Found {
    std::size_t begin = 0, end = 0;
    Address address;
};

// "192.0.2.7", with ":5060", "]:5060" or, as tcpdump writes it, ".5060" behind it.
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
    if (at < text.size() && text[at] == ']') ++at;
    if (at + 1 < text.size() && (text[at] == ':' || text[at] == '.')) {
        ++at;
        if (const auto port = digits(text, at, 1, 5); port && *port <= 65535) {
            found.address.port = static_cast<std::uint16_t>(*port);
            found.end = at;
        }
    }
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
    if (at + 1 < text.size() && ((bracket && text[at] == ':') || (!bracket && text[at] == '.'))) {
        ++at;
        if (const auto port = digits(text, at, 1, 5); port && *port <= 65535) {
            found.address.port = static_cast<std::uint16_t>(*port);
            found.end = at;
        }
    }
    return found;
}

std::vector<Found> addresses_in(std::string_view text) {
    std::vector<Found> all;
    for (std::size_t at = 0; at < text.size() && all.size() < 2;) {
        const bool begins = at == 0 || (std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0 &&
                                        text[at - 1] != '.' && text[at - 1] != '@');
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

// "F1 INVITE Alice -> Proxy 1": the names around the arrow, without the number and what the message is.
void names_in(std::string_view line, const std::string& label, WayTold& way) {
    line = sip::trimmed(line);
    const std::size_t arrow = line.find("->");
    if (arrow == std::string_view::npos || line.empty() || line.front() != 'F' || line.size() < 2 || !is_digit(line[1]))
        return;
    std::string_view left = sip::trimmed(line.substr(0, arrow)), right = sip::trimmed(line.substr(arrow + 2));
    left = sip::trimmed(left.substr(std::min(left.find(' '), left.size())));
    const std::size_t first_word = std::min(label.find(' '), label.size());
    if (left.starts_with(label)) left.remove_prefix(label.size());
    else if (left.starts_with(std::string_view(label).substr(0, first_word))) left.remove_prefix(first_word);
    left = sip::trimmed(left);
    // What RFCs add in brackets or behind a slash is no name: "(hold)".
    if (left.starts_with('(')) left = sip::trimmed(left.substr(std::min(left.find(')'), left.size() - 1) + 1));
    if (left.empty() || right.empty() || left.size() > 40 || right.size() > 40) return;
    way.from_name = left;
    way.to_name = right;
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

// "User Datagram Protocol, Src Port: 42459, Dst Port: 5060", below the line with the addresses.
void take_ports(std::string_view line, std::uint16_t& from, std::uint16_t& to) {
    const auto port = [&](std::string_view name) {
        std::size_t at = line.find(name);
        if (at == std::string_view::npos) return std::uint16_t{0};
        at += name.size();
        const auto number = digits(line, at, 1, 5);
        return static_cast<std::uint16_t>(number && *number <= 65535 ? *number : 0);
    };
    if (const std::uint16_t one = port("Src Port: ")) from = one;
    if (const std::uint16_t one = port("Dst Port: ")) to = one;
}

Transport transport_of(const sip::Message& message) {
    const auto via = sip::top_via(message);
    if (!via) return Transport::unknown;
    for (const Transport one :
         {Transport::udp, Transport::tcp, Transport::tls, Transport::sctp, Transport::ws, Transport::wss})
        if (sip::same_token(via->transport, name_of(one))) return one;
    return Transport::unknown;
}

class LogReader {
public:
    LogReader(std::string_view text, const evidence::Vocabulary& vocabulary)
        : lines_(text, vocabulary), found_(evidence::messages_in(lines_, vocabulary)) {}

    void tell(Listener& listener, Summary& summary) {
        std::size_t free_from = 0;  // the first line behind the message before
        std::size_t place = 0;      // of the line in all()
        for (const evidence::FoundMessage& one : found_.messages) {
            if (!one.has_start_line) {
                free_from = one.last_line + 1;
                continue;
            }
            while (place < lines_.all().size() && lines_.all()[place].number < one.first_line) ++place;
            Message message;
            message.number = static_cast<std::size_t>(++summary.messages);
            message.clock = Clock::none;
            message.side = one.direction == evidence::Direction::received ? Side::received
                           : one.direction == evidence::Direction::sent   ? Side::sent
                                                                          : Side::unknown;
            read_context(message, place, free_from, sip::label_of(one.message));
            message.transport = transport_of(one.message);
            message.rebuilt = true;
            const std::string octets = sip::octets_of(one.message);
            message.octets = octets;
            const std::array<std::uint32_t, 2> lines = {static_cast<std::uint32_t>(one.first_line),
                                                        static_cast<std::uint32_t>(one.last_line)};
            message.frames = lines;
            message.complete = lines.back();
            if (message.clock != Clock::none) {
                if (summary.first.count() == 0) summary.first = message.time;
                summary.last = std::max(summary.last, message.time);
            }
            listener.message(message);
            free_from = one.last_line + 1;
        }
        if (!lines_.all().empty()) summary.frames = lines_.all().back().number;
    }

private:
    // The line of the start line up to it, then those above, the nearest first.
    void read_context(Message& message, std::size_t place, std::size_t free_from, const std::string& label) {
        std::size_t begin_of_start = 0, start = place;
        while (start < lines_.all().size() && lines_.all()[start].number == lines_.all()[place].number) {
            if (const auto line = evidence::start_line_in(lines_.all()[start].text)) {
                begin_of_start = line->begin;
                break;
            }
            ++start;
        }
        if (start >= lines_.all().size()) return;
        from_port_ = to_port_ = 0;
        take(message, lines_.all()[start].text.substr(0, begin_of_start), label);
        constexpr int farthest = 4;
        int seen = 0;
        for (std::size_t above = place; above-- > 0 && seen < farthest && lines_.all()[above].number >= free_from;) {
            const std::string_view text = lines_.all()[above].text;
            if (sip::trimmed(text).empty()) continue;
            ++seen;
            take(message, text, label);
        }
        if (message.clock == Clock::day) {
            constexpr Time half_a_day = std::chrono::hours(12), a_day = std::chrono::hours(24);
            message.time += days_;
            if (message.time + half_a_day < latest_) {  // past midnight
                message.time += a_day;
                days_ += a_day;
            }
        }
        if (message.clock != Clock::none) latest_ = message.time;
    }

    // What this line tells and a nearer one did not.
    void take(Message& message, std::string_view line, const std::string& label) {
        if (message.clock == Clock::none || message.clock == Clock::day) {
            const TimeTold told = time_in(line);
            if (told.clock == Clock::date || (told.clock == Clock::day && message.clock == Clock::none)) {
                message.time = told.time;
                message.clock = told.clock;
            }
        }
        take_ports(line, from_port_, to_port_);
        if (!message.from.known() && !message.to.known() && message.from_name.empty()) {
            const WayTold way = way_in(line, message.side);
            message.from = way.from;
            message.to = way.to;
            message.from_name = way.from_name;
            message.to_name = way.to_name;
            if (message.from.known() && message.from.port == 0) message.from.port = from_port_;
            if (message.to.known() && message.to.port == 0) message.to.port = to_port_;
        }
        if (message.from_name.empty() && !message.from.known()) {
            WayTold way;
            names_in(line, label, way);
            message.from_name = way.from_name;
            message.to_name = way.to_name;
        }
    }

    evidence::Lines lines_;
    evidence::FoundMessages found_;
    Time latest_{}, days_{};
    std::uint16_t from_port_ = 0, to_port_ = 0;
};

}  // namespace

TimeTold time_in(std::string_view line) {
    std::optional<std::chrono::sys_days> date;
    std::optional<Time> of_day, epoch;
    for (std::size_t at = 0; at < line.size() && !of_day; ++at) {
        if (!begins_number(line, at)) continue;
        if (!date) date = date_at(line, at);
        of_day = time_of_day_at(line, at);
        if (!epoch) epoch = epoch_at(line, at);
    }
    if (of_day && date) return {std::chrono::duration_cast<Time>(date->time_since_epoch()) + *of_day, Clock::date};
    if (epoch) return {*epoch, Clock::date};
    if (of_day) return {*of_day, Clock::day};
    return {};
}

WayTold way_in(std::string_view line, Side side) {
    WayTold way;
    const std::vector<Found> found = addresses_in(line);
    if (found.size() < 2) ends_around_arrow(line, way);
    if (found.empty() || !way.from_name.empty() || !way.to_name.empty()) return way;
    if (found.size() == 2) {
        const std::string between = sip::lowered(line.substr(found[0].end, found[1].begin - found[0].end));
        const bool back =
            has_any(between, {"<-", "←", "from"}) || (has_any(between, {"<"}) && !has_any(between, {">"}));
        const bool forth = has_any(between, {">", "→", "to", "dst"});
        if (back || forth) {
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
    const std::size_t to = last("to "), from_ = last("from ");
    const bool received = side == Side::received || (side == Side::unknown && from_ > to);
    const bool sent = side == Side::sent || (side == Side::unknown && to > from_);
    if (received) way.from = found[0].address;
    else if (sent) way.to = found[0].address;
    return way;
}

Summary read_log(std::string_view text, const evidence::Vocabulary& vocabulary, Listener& listener,
                 const Limits& limits) {
    Summary summary;
    summary.format = Summary::Format::log;
    summary.octets = std::min(text.size(), limits.log_octets);
    if (text.size() > limits.log_octets)
        summary.problems.push_back({.kind = Problem::Kind::limit_log, .number = limits.log_octets});
    LogReader(text.substr(0, limits.log_octets), vocabulary).tell(listener, summary);
    return summary;
}

}  // namespace sipdex::capture
