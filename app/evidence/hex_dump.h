// Octets that a tool prints as hexadecimal numbers, a row of up to sixteen behind their offset, and what they hold.
//
//     0x0010:  c000 0214 13c4 13c4 0176 0000 5349 502f  .........v..SIP/       tcpdump -X
//     0010  c0 00 02 14 13 c4 13 c4  01 76 00 00 53 49 50 2f   .........v..SIP/    Wireshark
//     00000010  c0 00 02 14 13 c4 13 c4  01 76 00 00 53 49 50 2f  |.........v..SIP/|   hexdump -C
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::evidence {

struct HexRow {
    std::size_t offset = 0;
    std::string octets;
};

// Nothing where the line is no such row.
std::optional<HexRow> hex_row(std::string_view line);

// Rows that follow one another, and the line of the text that each stands on.
class HexDump {
public:
    // Whether the row goes on where those before it end; a dump that is empty takes any.
    bool take(const HexRow& row, std::string_view line, std::size_t number);

    bool empty() const { return rows_.empty(); }

    struct Row {
        std::size_t begin = 0;  // of its octets
        std::string_view line;
        std::size_t number = 0;
    };
    const std::vector<Row>& rows() const { return rows_; }

    // The SIP message among the octets, behind the headers of the packet; empty where there is none.
    std::string_view message() const;

    // "192.0.2.1:5060 -> 192.0.2.2:5060", as the IPv4 header before the message tells it; empty where there is none.
    std::string way() const;

    // The number of the line on which an octet of message() stands.
    std::size_t number_of(const char* octet) const;

private:
    std::size_t offset_ = 0;  // of the first row
    std::string octets_;
    std::vector<Row> rows_;
};

}  // namespace sipdex::evidence
