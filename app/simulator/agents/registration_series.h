// The registrations of one kind, at one registrar or over one flow: one Call-ID for all of them, and a number for each,
// so that the registrar sees their order (RFC 3261 10.2).
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>

#include "sip/cseq.h"
#include "sip/message.h"

namespace sipdex::simulator {

class RegistrationSeries {
public:
    // Makes a REGISTER the next of the series, which has the Call-ID of the first.
    void number(sip::Message& request) {
        if (call_id_.empty()) call_id_ = std::string(request.header("Call-ID").value_or(""));
        request.set("Call-ID", call_id_);
        request.set("CSeq", sip::to_text(sip::CSeq{++cseq_, "REGISTER"}));
    }

    // One of the series was sent again meanwhile, with a higher number.
    void keep_up_with(const sip::Message& sent) {
        if (const auto cseq = sip::cseq_of(sent)) cseq_ = std::max(cseq_, cseq->number);
    }

private:
    std::string call_id_;
    std::uint32_t cseq_ = 0;
};

}  // namespace sipdex::simulator
