// What somebody pasted, read and answered: a message, a log with many of them, half a message, a line that names a
// response.
//
//     SIP/2.0 503 Service Unavailable
//     CSeq: 2 INVITE                                      503, in answer to an INVITE
//     Reason: Q.850;cause=41;text="NORMAL_TEMPORARY_FAILURE"     FreeSWITCH is speaking, likely
//
// The status line decides the code, always. A Reason, a Warning or a mention decides only where there is no status line,
// and the page says so. Of several responses the final one of the call is the answer; a request with a Reason is told as
// what it is, and not as the page of that code. What is uncertain is said to be.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/reader.h"
#include "page/speaking.h"

namespace sipdex::page {

// Something that stands in the text, for scripts.
struct PastedEvidence {
    std::size_t line = 0;  // from 1
    std::string kind;      // "response", "request", "mention", "reason", "warning", "field"
    std::string subject;   // the code, the method, the protocol of a Reason, the name of a field
    std::string text;      // phrase, text or value, as written
};

struct Pasted {
    std::string response;  // the id of the page it is answered by, "603-network-blocked"; empty where it is another's
    std::vector<std::string> codes;  // of the responses in the text, the answer's first
    std::vector<PastedEvidence> evidence;
    Recognised who;
    document::Document page;  // what was read first, then the page's answer for that case
};

// Nothing when the text says nothing of SIP.
std::optional<Pasted> read_pasted(const Reader& reader, std::string_view text);

// Whether a text looks like something pasted, so that it is read here and not searched for.
bool looks_pasted(const Reader& reader, std::string_view text);

}  // namespace sipdex::page
