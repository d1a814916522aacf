// A header field in a line of text, behind whatever a log or a mail puts before it.
//
//     > Reason: Q.850;cause=16
//     2020-03-29 01:25:05 linphone[68064] [Message]  Via: SIP/2.0/UDP 192.0.2.1
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "evidence/vocabulary.h"

namespace sipdex::evidence {

struct FieldLine {
    std::string_view name, value;  // trimmed
    bool known = false;            // to the vocabulary, or a compact form
    bool prefixed = false;         // it stands within a line of a log
};

// The line as a header field. Within a message names of one letter and unheard-of names are names as well.
std::optional<FieldLine> field_line(std::string_view line, const Vocabulary& vocabulary, bool within_message);

// The same where the vocabulary's own names stand behind a prefix with numbers or brackets in it.
std::optional<FieldLine> prefixed_field_line(std::string_view line, const Vocabulary& vocabulary);

// Without spaces, and signs by which people and programs quote: ">", "|", "*", "12:", a bullet.
std::string_view without_quoting(std::string_view line);

}  // namespace sipdex::evidence
