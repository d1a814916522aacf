#include "sip/encryption_words.h"

#include "sip/token.h"

namespace sipdex::sip {

std::string_view encryption_word_in(std::string_view text) {
    constexpr std::string_view words[] = {"srtp", "savp", "unencrypted", "encrypt", "crypt", "secure", "dtls"};
    const std::string low = lowered(text);
    for (const std::string_view word : words)
        if (const std::size_t at = low.find(word); at != std::string::npos) return text.substr(at, word.size());
    return {};
}

}  // namespace sipdex::sip
