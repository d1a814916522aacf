#include "sip/cseq.h"

#include "sip/token.h"

namespace sipdex::sip {

bool read_cseq(std::string_view text, CSeq* cseq, Flaws* flaws) {
    text = trimmed(text);
    const std::string_view written = white.before(text);
    const std::string_view method = trimmed(text.substr(written.size()));
    // RFC 3261 8.1.1.5: less than 2^31; what fits 32 bits is read all the same.
    if (flaws) read_number(written, largest_31_bits, flaws);
    const auto number = number_of(written);
    if (!number) return false;
    if (!is_token(method)) return refuse(flaws, Fault::method, method);
    if (cseq) *cseq = {*number, std::string(method)};
    return true;
}

std::optional<CSeq> parse_cseq(std::string_view text) {
    CSeq cseq;
    if (!read_cseq(text, &cseq, nullptr)) return {};
    return cseq;
}

std::string to_text(const CSeq& cseq) { return std::to_string(cseq.number) + ' ' + cseq.method; }

std::optional<CSeq> cseq_of(const Message& message) {
    const auto value = message.header("CSeq");
    return value ? parse_cseq(*value) : std::nullopt;
}

}  // namespace sipdex::sip
