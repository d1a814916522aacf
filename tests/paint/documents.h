// Documents as pages write them, for the painters to paint.
#pragma once
#include <string>
#include <string_view>

#include "document/document.h"

namespace sipdex::test {

// "`Retry-After` tells when; see [603], RFC 3261 §21.6.2, and *must*."
document::Text marked_up(std::string_view words);

document::Document french_comparison();  // 300 and 607, with all that is curated
document::Document every_block();        // English, one of each
document::Document arabic_response();
document::Document hostile();  // every text tries to be something else

}  // namespace sipdex::test
