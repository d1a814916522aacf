// Whether words written for people speak of encrypted media. No field says so, and so refusals do it in the text of a
// Warning: "SRTP required".
#pragma once
#include <string>
#include <string_view>

namespace sipdex::sip {

std::string_view encryption_word_in(std::string_view text);  // as written: "SRTP"; "" for none

}  // namespace sipdex::sip
