#include "capture/log.h"

#include <algorithm>
#include <array>

#include "capture/log_numbers.h"
#include "evidence/lines.h"
#include "evidence/messages.h"
#include "evidence/start_line.h"
#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::capture {

namespace {

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

// "=====", "***** 2. row *****": a line between two of something.
bool is_rule(std::string_view line) {
    constexpr std::size_t shortest = 5;
    line = sip::trimmed(line);
    return line.size() >= shortest && std::string_view("*=-~#_").find(line[0]) != std::string_view::npos &&
           line.substr(0, shortest).find_first_not_of(line[0]) == std::string_view::npos;
}

// "[Time:30-11@10:12:13.020]": what AudioCodes ends each record with, and nothing else on the line.
bool is_closing_time(std::string_view line) {
    line = sip::trimmed(line);
    return line.starts_with("[Time:") && line.ends_with(']') && line.find(']') == line.size() - 1;
}

class LogReader {
public:
    LogReader(std::string_view text, const evidence::Vocabulary& vocabulary)
        : lines_(text, vocabulary), found_(evidence::messages_in(lines_, vocabulary)) {
        has_whole_messages_ = std::ranges::any_of(found_.messages, [](const evidence::FoundMessage& one) {
            return one.has_start_line && one.message.header("Call-ID").has_value();
        });
    }

    void tell(Listener& listener, Summary& summary) {
        std::size_t free_from = 0;  // behind the message before
        for (const evidence::FoundMessage& one : found_.messages) {
            if (!one.has_start_line || is_only_spoken_of(one)) {
                free_from = one.end;
                continue;
            }
            Message message;
            message.number = static_cast<std::size_t>(++summary.messages);
            message.clock = Clock::none;
            message.side = one.direction == evidence::Direction::received ? Side::received
                           : one.direction == evidence::Direction::sent   ? Side::sent
                                                                          : Side::unknown;
            read_context(message, one.begin, free_from, sip::label_of(one.message));
            free_from = read_closing(message, one.end);
            keep_up(message);
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
        }
        if (!lines_.all().empty()) summary.frames = lines_.all().back().number;
    }

private:
    // A start line alone that nothing says of that it was sent or received, in a text with whole messages: the title of a
    // report, somebody's words on what is below.
    bool is_only_spoken_of(const evidence::FoundMessage& one) const {
        if (!one.message.fields.empty() || !one.message.body.empty() || one.direction != evidence::Direction::unknown)
            return false;
        const bool is_end = one.end >= lines_.all().size();  // cut there
        return !is_end && has_whole_messages_;
    }

    // What a log says of a message only behind it: when, in a line of its own, or the rest of a row of values. Gives where
    // that ends.
    std::size_t read_closing(Message& message, std::size_t end) {
        const auto& all = lines_.all();
        const auto next_written = [&] {
            std::size_t at = end;
            while (at < all.size() && sip::trimmed(all[at].text).empty()) ++at;
            return at;
        };
        if (const std::size_t at = next_written(); at < all.size() && is_closing_time(all[at].text)) {
            if (message.clock == Clock::none) take_time(message, all[at].text);
            end = at + 1;
        }
        if (!of_a_row_ || message.from.known() || message.to.known()) return end;
        for (std::size_t at = next_written(); at < all.size() && !all[at].text.starts_with('"'); ++at) {
            const auto fact = fact_in(all[at].text);
            if (!fact) break;
            if (!fact->of_an_end()) continue;
            take(message, *fact);
            end = at + 1;
        }
        return end;
    }

    // The line of the start line up to it, then those above, the nearest first.
    void read_context(Message& message, std::size_t start, std::size_t free_from, const std::string& label) {
        from_port_ = to_port_ = 0;
        const std::string_view line = lines_.all()[start].text;
        const auto start_line = evidence::start_line_in(line);
        take(message, line.substr(0, start_line ? start_line->begin : 0), label);
        // Wireshark tells of the packet above all that it tells of SIP.
        const std::string_view before = sip::trimmed(line.substr(0, start_line ? start_line->begin : 0));
        const std::size_t farthest = before == "Request-Line:" || before == "Status-Line:" ? 60 : 4;
        constexpr std::size_t most_facts = 40;
        std::size_t seen = 0, facts = 0;
        for (std::size_t above = start; above-- > free_from && seen < farthest && facts < most_facts;) {
            const std::string_view text = lines_.all()[above].text;
            if (sip::trimmed(text).empty()) continue;
            const auto fact = fact_in(text);
            // What a table says of the row before.
            if (facts > 0 && is_rule(text)) break;
            ++(fact ? facts : seen);
            if (fact && fact->of_an_end()) take(message, *fact);
            else take(message, text, label);
        }
        of_a_row_ = facts > 0;
    }

    // A log that tells no date goes on into the next day.
    void keep_up(Message& message) {
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

    void take(Message& message, const FactTold& fact) {
        if (message.side != Side::unknown) {
            const bool received = message.side == Side::received;
            if (fact.there && !(received ? message.from : message.to).known())
                (received ? message.from : message.to) = *fact.there;
            if (fact.there_port != 0) (received ? from_port_ : to_port_) = fact.there_port;
        }
        if (fact.from && !message.from.known()) message.from = *fact.from;
        if (fact.to && !message.to.known()) message.to = *fact.to;
        if (fact.from_port != 0) from_port_ = fact.from_port;
        if (fact.to_port != 0) to_port_ = fact.to_port;
        if (message.from.known() && message.from.port == 0) message.from.port = from_port_;
        if (message.to.known() && message.to.port == 0) message.to.port = to_port_;
    }

    static void take_time(Message& message, std::string_view line) {
        if (message.clock == Clock::date) return;
        const TimeTold told = time_in(line);
        if (told.clock == Clock::none || told.clock == message.clock) return;
        message.time = told.time;
        message.clock = told.clock;
    }

    // What this line tells and a nearer one did not.
    void take(Message& message, std::string_view line, const std::string& label) {
        take_time(message, line);
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
    bool has_whole_messages_ = false;
    Time latest_{}, days_{};
    std::uint16_t from_port_ = 0, to_port_ = 0;
    bool of_a_row_ = false;  // values with names stand above the message
};

}  // namespace

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
