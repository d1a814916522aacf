// A set of characters that is asked quickly, for it is asked about every octet of every message.
//
//     white.before("4711 INVITE")      gives "4711"
#pragma once
#include <array>
#include <string_view>

namespace sipdex::sip {

class Characters {
public:
    constexpr explicit Characters(std::string_view some, std::string_view more = {}) {
        for (const char c : some) has_[static_cast<unsigned char>(c)] = true;
        for (const char c : more) has_[static_cast<unsigned char>(c)] = true;
    }

    constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

    // What of the text stands before the first of these, and the first part that consists of them.
    constexpr std::string_view before(std::string_view text) const { return text.substr(0, run(text, false)); }
    constexpr std::string_view leading(std::string_view text) const { return text.substr(0, run(text, true)); }

    constexpr bool any_in(std::string_view text) const { return run(text, false) < text.size(); }
    constexpr bool only_in(std::string_view text) const { return run(text, true) == text.size(); }  // "" too

private:
    constexpr std::size_t run(std::string_view text, bool of_these) const {
        std::size_t length = 0;
        while (length < text.size() && has(text[length]) == of_these) ++length;
        return length;
    }

    std::array<bool, 256> has_{};
};

inline constexpr std::string_view alphanum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
inline constexpr Characters letter_characters(alphanum.substr(0, 52));
inline constexpr Characters digit_characters(alphanum.substr(52));

// Line ends count as white space too: within a value they can only be those of a folded line (RFC 3261 7.3.1).
inline constexpr Characters white(" \t\r\n");
inline constexpr Characters line_ends("\r\n");

// RFC 3261 25.1
inline constexpr Characters token_characters(alphanum, "-.!%*_+`'~");
inline constexpr Characters word_characters(alphanum, "-.!%*_+`'~()<>:\\\"/[]?{}");
inline constexpr Characters unreserved_characters(alphanum, "-_.!~*'()");

}  // namespace sipdex::sip
