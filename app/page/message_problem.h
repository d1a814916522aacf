// What is wrong with a message, told to a reader: the sentence, and the line with a caret below the octets.
//
//     Malformed port in Via: “x”.
//         Via: SIP/2.0/UDP 192.0.2.1:x;branch=z9hG4bK74b21
//                                    ^
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "page/reader.h"
#include "sip/problem.h"

namespace sipdex::page {

// The sentence. Pieces of the message stand in it as they were written, never as markup; long ones end in "…".
document::Text told(const Reader& reader, const sip::Problem& problem);

// Where it is. The line loses what no line of text can show and keeps the piece in sight; columns are characters.
struct Pointed {
    std::size_t line = 1;    // from 1
    std::size_t column = 1;  // from 1, in the whole line
    std::string text;        // the line; "…" where it was cut
    std::string caret;       // what to write below it: "      ^~~~"
};
Pointed pointed_at(std::string_view octets, const sip::Problem& problem);

// What is worth telling of a message that was pasted, perhaps in part: malformed values and contradictions, not what a
// part of a message always lacks: in the field in which it was cut, empty where none was, what closes something; nor words
// that somebody wrote for an address. Many become few, and a sentence how many more there are.
std::vector<document::Text> told_of_fragment(const Reader& reader, std::string_view octets, std::string_view cut_in);

}  // namespace sipdex::page
