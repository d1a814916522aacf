#include "sip/cseq.h"

#include "sip/token.h"

namespace sipdex::sip {

std::optional<CSeq> parse_cseq(std::string_view text) {
    text = trimmed(text);
    const auto space = text.find_first_of(" \t\r\n");
    if (space == std::string_view::npos) return {};
    const auto number = number_of(text.substr(0, space));
    const std::string_view method = trimmed(text.substr(space));
    if (!number || !is_token(method)) return {};
    return CSeq{*number, std::string(method)};
}

std::string to_text(const CSeq& cseq) { return std::to_string(cseq.number) + ' ' + cseq.method; }

std::optional<CSeq> cseq_of(const Message& message) {
    const auto value = message.header("CSeq");
    return value ? parse_cseq(*value) : std::nullopt;
}

}  // namespace sipdex::sip
