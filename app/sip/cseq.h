// The order of requests: a number and a method (RFC 3261 20.16).
//
//     4711 INVITE
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sip/fault.h"
#include "sip/message.h"

namespace sipdex::sip {

struct CSeq {
    std::uint32_t number = 0;
    std::string method;
    bool operator==(const CSeq&) const = default;
};

std::optional<CSeq> parse_cseq(std::string_view text);  // nothing above 2^32 - 1
bool read_cseq(std::string_view text, CSeq* cseq, Flaws* flaws);
std::string to_text(const CSeq& cseq);
std::optional<CSeq> cseq_of(const Message& message);

}  // namespace sipdex::sip
