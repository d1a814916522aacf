// Which of what a pasted text holds answers it.
#pragma once
#include <string>

#include "evidence/found.h"

namespace sipdex::page {

bool is_response(const evidence::FoundMessage& found);
bool is_request(const evidence::FoundMessage& found);
std::string method_of(const evidence::FoundMessage& found);  // its own, or that of CSeq

// ATIS-1000099: the phrase and a Reason of the published form, both.
bool network_blocked(const sip::Message& message);

// The response that answers the text: the final one of the call. A failure goes before a success, one of an INVITE before
// others, the last before earlier ones; a challenge counts only where nothing came of it. Null where there is none, here
// and below; what is given lives as long as `found`.
const evidence::FoundMessage* answer_among(const evidence::Found& found);

// A request that says why it was sent goes before others; the last of them.
const evidence::FoundMessage* request_among(const evidence::Found& found);

// The mention that decides where nothing better stands: a sure one, a failure, the last.
const evidence::Mention* mention_among(const evidence::Found& found);

}  // namespace sipdex::page
