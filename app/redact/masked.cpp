#include "redact/masked.h"

#include "sip/text.h"

namespace sipdex::redact {

namespace {

// A character that takes so many octets.
std::string_view stand_in(std::size_t octets) {
    switch (octets) {
        case 2: return "\u00d7";
        case 3: return "\u2026";
        case 4: return "\U0001f636";
        default: return {};
    }
}

}  // namespace

std::string masked(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) < 0x80) {
            ++at;
            if (c >= 'a' && c <= 'z') out += 'x';
            else if (c >= 'A' && c <= 'Z') out += 'X';
            else if (c >= '0' && c <= '9') out += '0';
            else if ((c >= ' ' && c <= '~') || c == '\r' || c == '\n' || c == '\t') out += c;
            else out += '\x01';
            continue;
        }
        const std::size_t length = sip::character_length(text.substr(at));
        if (const std::string_view other = stand_in(length); !other.empty()) {
            out += other;
            at += length;
        } else {
            out += '\xff';
            ++at;
        }
    }
    return out;
}

}  // namespace sipdex::redact
