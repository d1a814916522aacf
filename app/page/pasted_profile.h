// What a profile of the reader's own says of a paste: what the words mean there, which response a cause comes with, and
// whether the next route is tried. Each is told as the profile's word.
#pragma once
#include <string>
#include <vector>

#include "evidence/found.h"
#include "page/speaking.h"

namespace sipdex::page {

// One sentence after the other; none where no profile fits. `message` is the one whose Reason is read, if any.
std::vector<document::Text> told_by_profile(const Reader& reader, const Recognised& who,
                                            const evidence::FoundMessage* message);

// The response that a Q.850 cause stands for there; empty where the profile does not say.
std::string own_response_of_cause(const Reader& reader, const Recognised& who, int cause);

// A profile changes the verdict that the page gives at a glance: what is behind it, and whether the next route is tried.
// `codes` are those of the responses in the text, the answer's first.
void add_verdict_of_profile(const Reader& reader, const Recognised& who, const std::vector<std::string>& codes,
                            document::Document& page);

}  // namespace sipdex::page
