// A text as lines, each as a person would see it: without what programs made of them on their way (plain_text.h), a message
// that was folded into one line taken apart (folded.h), JSON as what it holds (json_lines.h), records of syslog and cells of
// a table put together again, lines that a terminal broke (wrapped.h) whole, octets in hexadecimal (hex_dump.h) as what they
// say.
//
//     [Part 01 of 02] SIP/2.0 486 Busy Here<013><010>Via: SIP/2.0/UD          a telephone, in datagrams
//     [Part 02 of 02]P 192.0.2.1
//     "10:12:13","192.0.2.1","SIP/2.0 486 Busy Here                           a table; its quotes are doubled
//     From: ""Alice"" <sip:alice@example.com>"
#pragma once
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/hex_dump.h"
#include "evidence/vocabulary.h"

namespace sipdex::evidence {

struct Line {
    std::string_view text;   // without its end
    std::size_t number = 0;  // of the line in the text, from 1; lines unfolded from one share it
};

class Lines {
public:
    // The text must outlive the lines.
    Lines(std::string_view text, const Vocabulary& vocabulary);

    const std::vector<Line>& all() const { return lines_; }

private:
    void add_all(std::string_view text);
    void add_read(std::string_view text, std::size_t number);
    bool add_of_dump(std::string_view text, std::size_t number);
    void end_dump();
    void add(std::string_view text, std::size_t number);
    void add_plain(std::string_view text, std::size_t number);
    bool add_of_one_line(std::string_view text, std::size_t number);
    bool add_part(std::string_view text, std::size_t number);
    bool add_of_cell(std::string_view text, std::size_t number);
    bool add_rest_of_record(std::string_view text, std::size_t number);
    void add_unfolded(std::string_view text, std::size_t number);
    void add_message(std::string_view text, std::size_t number);
    void append(std::string_view text, std::size_t number);
    std::string_view kept(std::string text) { return written_out_.emplace_back(std::move(text)); }

    const Vocabulary& vocabulary_;
    std::vector<Line> lines_;
    std::deque<std::string> written_out_;  // what does not stand in the text as it is
    std::deque<std::string> joined_;       // lines that stand in several of the text
    std::optional<std::string> one_line_;  // as far as it was read
    HexDump dump_;                         // that is being read
    std::size_t cell_lines_ = 0;           // of the cell that is being read
    std::size_t row_begins_ = 0;           // the line with what the table says before that cell
    bool goes_on_ = false;                 // the next line continues the last one
    std::string_view record_prefix_;       // of a record that was cut in the middle; empty where none was
    std::string_view record_tail_;         // of a line end that was cut with it
};

}  // namespace sipdex::evidence
