// Recordings for scripts. The names are a promise to them: exchange, parties, messages with at_us, from, to, lost,
// text, why, rule; decisions with at_us, before, party, id, details, text, rule.
#pragma once
#include <string>
#include <vector>

#include "page/pages.h"

namespace sipdex::cli {

std::string json_of(const page::Replay& replay);

// Both runs, `as_it_is` and `with_change`; `changes` and `difference` in words; and `rungs`: what becomes of each
// message, with its place in either run (null where it has none).
std::string json_of(const page::Replay& first, const page::Replay& second,
                    const std::vector<document::Text>& difference);

}  // namespace sipdex::cli
