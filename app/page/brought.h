// What somebody brought: captures, logs and pasted messages, read as one, grouped into calls and judged.
//
//     Brought brought = bring(means_of(reader), {"office.pcapng", "proxy.log"});
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "evidence/vocabulary.h"
#include "findings/findings.h"
#include "page/reader.h"

namespace sipdex::page {

// What reading needs of the catalog, taken out of it: reading goes on beside whoever asks the catalog meanwhile.
struct Means {
    evidence::Vocabulary vocabulary;
    std::shared_ptr<const std::vector<catalog::FindingRule>> rules;
};
Means means_of(const Reader& reader);

struct Brought {
    capture::Captured captured;
    calls::Calls calls;
    std::vector<findings::Finding> findings;
    std::shared_ptr<const std::vector<catalog::FindingRule>> rules;  // that the findings point to

    bool empty() const { return captured.messages.empty(); }
};

// "-" is standard input. `goes_on` is asked now and then with the file being read and the octets read of it; false stops
// the reading, and what was read until then is judged. A file that cannot be read is told among the problems of
// captured.files.
using GoesOn = std::function<bool(const std::string& file, std::uint64_t octets)>;
Brought bring(const Means& means, const std::vector<std::string>& files, const findings::Thresholds& thresholds = {},
              const GoesOn& goes_on = {});

// "challenge-loop.attempts=5"; nothing is set where there is no such threshold or no whole number.
bool set_threshold(const Reader& reader, std::string_view written, findings::Thresholds* thresholds);

}  // namespace sipdex::page
