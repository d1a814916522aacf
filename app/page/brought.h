// What somebody brought: captures, logs and pasted messages, read as one, grouped into calls and judged.
//
//     Brought brought = bring(means_of(reader), {HandedIn("office.pcapng"), HandedIn("proxy.log")});
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/vocabulary.h"
#include "findings/findings.h"
#include "page/handed_in.h"
#include "page/reader.h"

namespace sipdex::page {

// What reading needs of the catalog, taken out of it: reading goes on beside whoever asks the catalog meanwhile.
struct Means {
    evidence::Vocabulary vocabulary;
    std::shared_ptr<const std::vector<catalog::FindingRule>> rules;
    std::vector<std::string> published;  // texts that may stay in a redacted copy (evidence_vocabulary.h)
};
Means means_of(const Reader& reader);        // without the published texts, which take a while to gather
Means means_to_share(const Reader& reader);  // with them

struct Brought {
    capture::Captured captured;
    calls::Calls calls;
    std::vector<findings::Finding> findings;
    std::shared_ptr<const std::vector<catalog::FindingRule>> rules;  // that the findings point to
    findings::Thresholds thresholds;                                 // other than the rules' own
    bool pasted = false;                                             // some of it
    // A text that holds no calls to be told apart but speaks of SIP: one response, half of one, a line that names a code. It is
    // answered as what is pasted into the search (page/pasted.h).
    std::optional<std::string> fragment;

    // Nothing to be told of: without a message there may still be a connection that was refused, or a handshake that failed.
    bool empty() const {
        return captured.messages.empty() && !fragment &&
               std::ranges::none_of(findings, [](const auto& one) { return one.severity > findings::Severity::note; });
    }
};

// `goes_on` is asked now and then with the file being read and the octets read of it; false stops the reading, and what was read
// until then is judged. A folder stands for the files in it. A file that cannot be read is told among the problems of
// captured.files.
using GoesOn = std::function<bool(const std::string& file, std::uint64_t octets)>;
Brought bring(const Means& means, const std::vector<HandedIn>& sources, const findings::Thresholds& thresholds = {},
              const GoesOn& goes_on = {});

// Whether a text holds messages of more than one call: whoever pastes it means the log, not one message.
bool is_log_of_calls(const Means& means, std::string_view text);

// "challenge-loop.attempts=5"; nothing is set where there is no such threshold or no whole number.
bool set_threshold(const std::vector<catalog::FindingRule>& rules, std::string_view written,
                   findings::Thresholds* thresholds);

// The value by which the calls were judged.
long threshold_of(const Brought& brought, const catalog::FindingRule& rule,
                  const catalog::FindingRule::Threshold& threshold);

}  // namespace sipdex::page
