// What the header fields of a pasted message tell about its case, each in a sentence of the reader's language.
//
//     Min-SE: 120         “The other side takes no session interval below 120 seconds …”
#pragma once
#include <cstddef>
#include <vector>

#include "evidence/found.h"
#include "page/pasted.h"

namespace sipdex::page {

struct ToldField {
    PastedEvidence evidence;
    document::Text words;
};

// In the order of what matters most: Reason and Warning first. `who` tells whose word a Reason is.
std::vector<ToldField> told_fields(const Reader& reader, const evidence::FoundMessage& found, const Recognised& who);

// Which fields of the same message would let more be said, each with what it tells; empty where it is whole.
document::Text told_missing(const Reader& reader, const evidence::FoundMessage& found);

}  // namespace sipdex::page
