#include "evidence/hex_dump.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "evidence/start_line.h"

namespace sipdex::evidence {

namespace {

constexpr std::size_t most_in_a_row = 16;

bool is_hexadecimal(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

std::size_t run_of_digits(std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    while (at < text.size() && is_hexadecimal(text[at])) ++at;
    return at - begin;
}

unsigned value_of(std::string_view digits) {
    unsigned value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

}  // namespace

std::optional<HexRow> hex_row(std::string_view line) {
    std::size_t at = std::min(line.find_first_not_of(" \t"), line.size());
    if (line.substr(at).starts_with("0x")) at += 2;
    const std::size_t digits = run_of_digits(line, at);
    if (digits < 4 || digits > 8) return {};
    HexRow row;
    row.offset = value_of(line.substr(at, digits));
    at += digits;
    if (line.substr(at, 1) == ":") ++at;
    // Behind three spaces, or a sign that is no digit, the octets stand again as what they are in ASCII.
    for (bool first = true; row.octets.size() < most_in_a_row; first = false) {
        const std::size_t spaces = std::min(line.find_first_not_of(' ', at), line.size()) - at;
        if (spaces == 0 || (spaces > 2 && !first)) break;
        const std::size_t group = run_of_digits(line, at + spaces), end = at + spaces + group;
        if (group == 0 || group > 8 || group % 2 != 0 || (end < line.size() && line[end] != ' ')) break;
        for (std::size_t octet = at + spaces; octet < end; octet += 2)
            row.octets += static_cast<char>(value_of(line.substr(octet, 2)));
        at = end;
    }
    if (row.octets.empty() || row.octets.size() > most_in_a_row) return {};
    return row;
}

bool HexDump::take(const HexRow& row, std::string_view line, std::size_t number) {
    if (rows_.empty()) offset_ = row.offset;
    else if (row.offset != offset_ + octets_.size() || rows_.back().number + 1 != number) return false;
    rows_.push_back({octets_.size(), line, number});
    octets_ += row.octets;
    return true;
}

std::string_view HexDump::message() const {
    const std::string_view all = octets_;
    for (std::size_t version = all.find("SIP/2.0"); version != std::string_view::npos;
         version = all.find("SIP/2.0", version + 1)) {
        // Back to where its line begins: at a line end, or at an octet of the headers below that is no character.
        std::size_t begin = version;
        constexpr std::size_t longest_line = 1000;
        while (begin > 0 && version - begin < longest_line &&
               std::isprint(static_cast<unsigned char>(all[begin - 1])) != 0)
            --begin;
        const std::string_view line = all.substr(begin, all.find_first_of("\r\n", begin) - begin);
        if (const auto start = start_line_in(line)) return all.substr(begin + start->begin);
    }
    return {};
}

std::string HexDump::way() const {
    constexpr std::size_t header = 20, ports = 4;
    const std::string_view all = octets_, sip = message();
    if (sip.empty()) return {};
    const auto octet = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(all[at])); };
    const auto pair = [&](std::size_t at) { return octet(at) << 8 | octet(at + 1); };
    const auto begin = static_cast<std::size_t>(sip.data() - all.data());
    for (std::size_t at = 0; at + header + ports < begin; ++at) {
        // RFC 791 3.1: version 4, no options, and a length that is that of what follows.
        if (octet(at) != 0x45 || pair(at + 2) != all.size() - at) continue;
        const auto end = [&](std::size_t address, std::size_t port) {
            std::string text;
            for (std::size_t i = 0; i < 4; ++i) text += (i > 0 ? "." : "") + std::to_string(octet(at + address + i));
            return text + ":" + std::to_string(pair(at + port));
        };
        return end(12, header) + " -> " + end(16, header + 2);
    }
    return {};
}

std::size_t HexDump::number_of(const char* octet) const {
    const auto at = static_cast<std::size_t>(octet - octets_.data());
    const auto behind = std::ranges::upper_bound(rows_, at, {}, &Row::begin);
    return std::prev(behind)->number;
}

}  // namespace sipdex::evidence
