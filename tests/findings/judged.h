// Findings as lines of text, of captures that are written out, simulated or read from the corpus.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "findings/findings.h"
#include "simulator/plan/exchange.h"

namespace sipdex::test {

// The rules of the catalog that was built.
const std::vector<catalog::FindingRule>& rules();

// "fault ack-lost 4 6 7 {count: 2, from: 192.0.2.2:5060}", a line for each finding; messages by their numbers.
std::string judged(const capture::Captured& captured, const calls::Calls& calls, const findings::Thresholds& set = {});

// Of a flow (calls/flow.h), of an exchange as the simulator runs it, of a capture or log.
std::string judged_flow(std::string_view lines, const findings::Thresholds& set = {});
std::string judged_exchange(const simulator::Exchange& exchange, const findings::Thresholds& set = {});
std::string judged_file(const std::filesystem::path& file, const findings::Thresholds& set = {});

// The same without evidence and values, and without notes: "fault ack-lost"; empty where all is well.
std::string worse_than_notes(const std::string& judged);

}  // namespace sipdex::test
