// A message with every value in it replaced, that remains the message it was: the same fields in the same order, the same
// faults, the same relations to others.
//
//     From: "Alice" <sip:alice@example.com>;tag=1928301774
//     From: "user1" <sip:user2@net1.example>;tag=kqzpwlcvbtnmhxdf
//
// What cannot be read as what it should be is blotted out, octet by octet, and never copied.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "redact/phrases.h"
#include "redact/pseudonyms.h"

namespace sipdex::redact {

class Rewriter {
public:
    explicit Rewriter(Pseudonyms& names, const Phrases& phrases = {}) : names_(names), phrases_(phrases) {}

    // Begins with a start line, or with what there is of one. While pseudonyms are being collected the outcome is of no
    // use.
    std::string message(std::string_view octets);

    // Words of people and products: what names somebody or something is replaced, the rest stays.
    std::string words(std::string_view text);
    // Words for people, of whoever sends the message: a known phrase stays, any other text is taken out. That it speaks of
    // encryption, or where to complain (ATIS-1000099), stays.
    std::string free_text(std::string_view text);
    // Text of unknown kind: what is known or has a form that is known is replaced, the rest blotted out.
    std::string foreign(std::string_view text);

    std::uint64_t blotted() const { return blotted_; }  // bodies and values of fields, so far

private:
    enum class Rest : std::uint8_t { kept, blotted };

    // message.cpp
    std::string start_line(std::string_view line);
    void field(std::string_view name, std::string_view value, std::string& out);
    std::string body(std::string_view content, std::string_view type);
    std::string parts(std::string_view content, std::string_view boundary);
    std::string signals(std::string_view content);
    std::string blot(std::string_view text);

    // values.cpp: values of header fields
    void addresses(std::string_view value, std::string& out);
    void vias(std::string_view value, std::string& out);
    void call_ids(std::string_view value, std::string& out);
    void credentials(std::string_view value, std::string& out);
    void warnings(std::string_view value, std::string& out);
    void identity(std::string_view value, std::string& out);
    void products(std::string_view value, std::string& out);
    void session_id(std::string_view value, std::string& out);
    void content_type(std::string_view value, std::string& out);
    std::string token_of(std::string_view passport);

    // parameters.cpp
    std::size_t parameters(std::string_view text, char separator, std::string& out);
    std::string parameter(std::string_view name, std::string_view value);
    std::string name_of_parameter(std::string_view name);

    // uris.cpp
    std::string uri(std::string_view text);
    std::string user_info(std::string_view text);
    std::string user(std::string_view text);
    std::string host_port(std::string_view text);
    std::string uri_headers(std::string_view text);

    // session.cpp: session descriptions
    std::string session(std::string_view content);
    std::string session_line(std::string_view line);
    std::string attribute(std::string_view value);
    std::string origin(std::string_view value);

    // words.cpp
    std::string scanned(std::string_view text, Rest rest);
    std::string word(std::string_view text, Rest rest);
    std::string kept(std::string_view text);  // words of a grammar: blotted where they hold a value

    Pseudonyms& names_;
    Phrases phrases_;
    std::uint64_t blotted_ = 0;
    int depth_ = 0;  // of messages and parts within one another
    std::unordered_map<std::string, std::string> words_, free_texts_;
    std::unordered_map<std::string, std::string> first_versions_;  // of session descriptions, by their origin
};

// What a backslash and quotes stand around, and back.
std::string quoted_like(std::string_view quoted, const std::string& content);

}  // namespace sipdex::redact
