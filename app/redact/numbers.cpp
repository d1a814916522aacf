#include "redact/numbers.h"

#include <algorithm>

#include "redact/secrets.h"
#include "sip/characters.h"

namespace sipdex::redact {

namespace {

constexpr std::size_t with_prefix = 7;  // shorter ones begin with 0 for other reasons

// Digits in front that say how the rest is to be read.
std::size_t prefix_of(std::string_view number, std::string_view digits) {
    if (number.starts_with('+') || digits.size() < with_prefix) return 0;
    return digits.starts_with("00") ? 2 : digits.starts_with('0') ? 1 : 0;
}

}  // namespace

bool is_number(std::string_view text) {
    static constexpr sip::Characters allowed("0123456789+-.() *#");
    if (!allowed.only_in(text) || !sip::digit_characters.any_in(text)) return false;
    if (text.find_last_of('+') != std::string_view::npos && text.find_last_of('+') > 0) return false;
    return text.front() != '.' && text.front() != '-' && text.front() != ' ';
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (sip::digit_characters.has(c)) digits += c;
    return digits;
}

bool names_nobody(std::string_view number) {
    static constexpr std::string_view emergency[] = {"112", "911", "999", "000", "110", "119", "15", "17", "18"};
    if (std::ranges::find(emergency, number) != std::end(emergency)) return true;
    return number.find_first_of("*#") != std::string_view::npos && digits_of(number).size() <= 2;
}

void Numbers::note(std::string_view number) {
    const std::string digits = digits_of(number);
    for (const std::string_view one :
         {std::string_view(digits), std::string_view(digits).substr(prefix_of(number, digits))}) {
        originals_.emplace(one);
        if (one.size() >= Secrets::shortest) lengths_.insert(one.size());
    }
}

bool Numbers::knows(std::string_view number) const {
    const std::string digits = digits_of(number);
    return originals_.contains(digits) || originals_.contains(digits.substr(prefix_of(number, digits)));
}

std::string Numbers::of(std::string_view number) {
    if (names_nobody(number)) return std::string(number);
    const std::string digits = digits_of(number);
    const std::size_t prefix = prefix_of(number, digits);
    const std::string key = digits.substr(prefix);
    auto known = given_.find(key);
    if (known == given_.end()) known = given_.emplace(key, digits_for(key)).first;
    const std::string written = digits.substr(0, prefix) + known->second;
    std::string out(number);
    std::size_t next = 0;
    for (char& c : out)
        if (sip::digit_characters.has(c)) c = written[next++];
    return out;
}

std::string Numbers::digits_for(std::string_view digits) {
    std::string built;  // from the end on, in the order of writing
    std::uint32_t at = 0;
    for (std::size_t left = digits.size(); left-- > 0;) {
        const auto index = static_cast<std::size_t>(digits[left] - '0');
        if (nodes_[at].digits[index] == 0)
            nodes_[at].digits[index] = choose(nodes_[at], digits[left], left == 0, digits.substr(left), built);
        built.insert(built.begin(), nodes_[at].digits[index]);
        if (nodes_[at].behind[index] == 0) {
            nodes_[at].behind[index] = static_cast<std::uint32_t>(nodes_.size());
            nodes_.emplace_back();
        }
        at = nodes_[at].behind[index];
    }
    return built;
}

// One that no other digit has here, and that completes none of the originals. 0 is given last: at the front it would be
// a prefix.
char Numbers::choose(const Node& node, char digit, bool foremost, std::string_view original,
                     std::string_view built) const {
    const auto completes = [&](char candidate) {
        const std::string written = candidate + std::string(built);
        if (foremost && written == original) return true;
        return std::ranges::any_of(lengths_, [&](std::size_t length) {
            return length <= written.size() && originals_.contains(written.substr(0, length));
        });
    };
    const std::uint64_t start = scramble_.of(original, 10);
    char fallback = 0;
    for (std::uint64_t i = 0; i < 10; ++i) {
        const char candidate = i == 9 ? '0' : static_cast<char>('1' + (start + i) % 9);
        if (std::ranges::find(node.digits, candidate) != node.digits.end()) continue;
        if (fallback == 0) fallback = candidate;
        if (!completes(candidate)) return candidate;
    }
    return fallback == 0 ? digit : fallback;  // never: a node has as many places as there are digits
}

}  // namespace sipdex::redact
