// Any text as a log.
#include <cstdint>

#include "calls/calls.h"

using namespace sipdex;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const evidence::Vocabulary words = [] {
        evidence::Vocabulary known;
        for (const char* name : {"Via", "From", "To", "Call-ID", "CSeq", "Contact", "Reason", "Warning", "Content-Type",
                                 "Content-Length", "Expires", "Max-Forwards"})
            known.add_field(name);
        known.add_phrase(486, "Busy Here");
        return known;
    }();
    capture::Captured captured;
    captured.read_log({reinterpret_cast<const char*>(data), size}, words);
    captured.arrange();
    const calls::Calls calls = calls::group(captured);
    for (std::size_t story = 0; story < calls.stories.size(); ++story) recording_of(captured, calls, {story});
    return 0;
}
