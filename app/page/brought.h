// What somebody brought: captures, logs and pasted messages, read as one, grouped into calls and judged.
//
//     Brought brought = bring(reader, {"office.pcapng", "proxy.log"});
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "findings/findings.h"
#include "page/reader.h"

namespace sipdex::page {

// The findings point to rules of the catalog, which must outlive them.
struct Brought {
    capture::Captured captured;
    calls::Calls calls;
    std::vector<findings::Finding> findings;

    bool empty() const { return captured.messages.empty(); }
};

// "-" is standard input. `goes_on` is asked now and then with the file being read and the octets read of it; false stops
// the reading, and what was read until then is judged. A file that cannot be read is told among the problems of
// captured.files.
using GoesOn = std::function<bool(const std::string& file, std::uint64_t octets)>;
Brought bring(const Reader& reader, const std::vector<std::string>& files, const findings::Thresholds& thresholds = {},
              const GoesOn& goes_on = {});
// Of text or octets that stand in no file.
Brought bring_text(const Reader& reader, std::string_view text);

// Groups and judges anew what was captured: with other thresholds, say.
void judge(const Reader& reader, Brought& brought, const findings::Thresholds& thresholds);

// "challenge-loop.attempts=5"; nothing where there is no such threshold or no whole number.
bool set_threshold(const Reader& reader, std::string_view written, findings::Thresholds* thresholds);

}  // namespace sipdex::page
