#include "sip/jws.h"

#include "sip/signing_key.h"

namespace sipdex::sip {

std::string signed_token(std::string_view header, std::string_view payload, std::string_view key_name) {
    const std::string text = base64url(header) + "." + base64url(payload);
    return text + "." + base64url(signature_of(text, test_key(key_name)));
}

std::optional<TokenTexts> texts_of(std::string_view token) {
    const auto first = token.find('.'), last = token.rfind('.');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    return TokenTexts{from_base64url(token.substr(0, first)),
                      from_base64url(token.substr(first + 1, last - first - 1))};
}

bool token_holds(std::string_view token, std::string_view key_name) {
    const auto last = token.rfind('.');
    if (!texts_of(token)) return false;
    return signature_holds(token.substr(0, last), from_base64url(token.substr(last + 1)), test_key(key_name));
}

}  // namespace sipdex::sip
