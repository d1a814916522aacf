// The findings as they are told: the same about several calls once, with a proof for each. Their numbers count the whole
// file, whichever of its calls are looked at.
//
//     2. Warning: Challenged again and again      Call 1 · Messages 4, 6 · look at Authorization
//                                                 Call 3 · Messages 9, 12 · look at Authorization
//                                                 RFC 3261 §22.2
#pragma once
#include <cstddef>
#include <set>
#include <vector>

#include "page/brought.h"
#include "page/explained.h"

namespace sipdex::page {

// What has the same rule and the same words, or the same rule and the same call: the first one tells it. By their places
// among the findings of what was brought, which last as long as that.
struct FindingGroup {
    std::vector<const findings::Finding*> proofs;
};
std::vector<FindingGroup> grouped(const Brought& brought);

// Puts a part behind the others of a line, "Call 2 · Messages 4, 6, 7"; an empty one leaves it as it is.
void add_part(document::Text& line, const document::Text& part);

// "threshold: time without an answer 32 s", as it is set for what was brought.
std::string threshold_told(const Reader& reader, const Brought& brought, const catalog::FindingRule& rule,
                           const catalog::FindingRule::Threshold& threshold);

// "4, 6, 7", with dots behind a dozen.
std::string numbers_of(const std::vector<std::size_t>& evidence);

// A section for each finding of these calls, of all where none is named, "finding-2", or "remark-2" for a note; what is one too many is counted in a note.
void add_findings(const Reader& reader, const Brought& brought, const Explain& how, document::Document& page);

}  // namespace sipdex::page
