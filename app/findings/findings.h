// What is to be said of calls that somebody brought: each finding names its rule, the messages that prove it, and the
// values that its words speak of.
//
//     fault   ack-lost   messages 4, 6, 7, 8   {ack_to: "10.0.0.5:5060"}
//
// The rules stand in data/findings/, which tells how grave each is, whose turn it is, on which section it rests, and by
// which better finding it is withdrawn. What they look for stands in findings/rules/, a file for each family.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "calls/calls.h"
#include "capture/captured.h"
#include "catalog/facts.h"

namespace sipdex::findings {

enum class Severity : std::uint8_t { note, warning, fault };
std::string_view name_of(Severity severity);  // "warning"

// A number, or something that stands on the wire.
using Value = std::variant<long, double, std::string>;

struct Finding {
    const catalog::FindingRule* rule = nullptr;  // of those that were handed to judge()
    Severity severity = Severity::note;
    std::size_t story = calls::none;    // none: it is about the whole capture
    std::vector<std::size_t> evidence;  // messages by their place, which is their number less one; ascending
    std::vector<std::pair<std::string, Value>> values;  // one for each of the rule's arguments
    std::vector<std::string> fields;                    // header fields to look at
};

// Set by whoever reads, in place of the rules' own: "challenge-loop.attempts" → 5.
using Thresholds = std::map<std::string, long, std::less<>>;

// Of everything, the gravest first, of these what is about OPTIONS checks last, and then in the order of their evidence;
// withdrawn ones are left out. `rules` must last as long as the findings.
std::vector<Finding> judge(const capture::Captured& captured, const calls::Calls& calls,
                           const std::vector<catalog::FindingRule>& rules, const Thresholds& thresholds = {});

}  // namespace sipdex::findings
