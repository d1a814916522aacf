// Pseudonyms of telephone numbers: as many digits, and two end alike exactly where the two that they stand for do, so
// that a number with and without its prefix stays one number.
//
//     +33 1 23 45 67 89      becomes      +57 8 41 90 26 35
//     0123456789                          0841902635
//
// A leading +, 00 or 0 stays. Numbers of emergency and star codes stay: they name nobody. Digits are given from the end on,
// each as the ones behind it want it.
#pragma once
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "redact/scramble.h"

namespace sipdex::redact {

class Numbers {
public:
    explicit Numbers(const Scramble& scramble) : scramble_(scramble) {}

    // First all that there are, so that none of them comes out for another.
    void note(std::string_view number);
    bool knows(std::string_view number) const;

    // Only its digits are replaced; whatever stands between them stays.
    std::string of(std::string_view number);

    const std::unordered_map<std::string, std::string>& given() const { return given_; }  // by digits

private:
    struct Node {
        std::array<std::uint32_t, 10> behind{};  // the node of the digit before; 0: none yet
        std::array<char, 10> digits{};           // what is written for it; 0: nothing yet
    };

    std::string digits_for(std::string_view digits);
    char choose(const Node& node, char digit, bool foremost, std::string_view original, std::string_view built) const;

    const Scramble& scramble_;
    std::vector<Node> nodes_{1};
    std::unordered_set<std::string> originals_;
    std::set<std::size_t> lengths_;
    std::unordered_map<std::string, std::string> given_;
};

// Digits with what is written between them: "+33 1-23.45", "*97", "112".
bool is_number(std::string_view text);
std::string digits_of(std::string_view text);

// 112, 911 (ITU-T E.161.1) and their like, star codes: what they are dialled for is no secret.
bool names_nobody(std::string_view number);

}  // namespace sipdex::redact
