// A text as lines, each as a person would see it: what a log or a web page has folded into one line is unfolded.
//
//     SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n        written out by a program
//     SIP/2.0 486 Busy Here#015#012Via: SIP/2.0/UDP 192.0.2.1        by syslog
//     SIP/2.0 486 Busy Here Via: SIP/2.0/UDP 192.0.2.1 From: …       by a field that takes one line only
#pragma once
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

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
    void add(std::string_view text, std::size_t number, const Vocabulary& vocabulary);

    std::vector<Line> lines_;
    std::deque<std::string> written_out_;  // what does not stand in the text as it is
};

}  // namespace sipdex::evidence
