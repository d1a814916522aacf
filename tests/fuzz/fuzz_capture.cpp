// Any octets as a capture: read, grouped, each call as an exchange, and its media. Nothing may crash, hang, or grow without bound.
#include <cstdint>
#include <cstdlib>

#include "calls/media.h"

using namespace sipdex;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    capture::Limits limits;
    limits.stream_octets = 1 << 16;
    limits.waiting_octets = 1 << 20;
    limits.kept_octets = 1 << 22;
    limits.streams = 64;
    limits.fragmented = 64;
    capture::Captured captured(limits);
    captured.read_octets({reinterpret_cast<const char*>(data), size});
    captured.arrange();
    const calls::Calls calls = calls::group(captured);
    // What the headers promise.
    if (calls.placed.size() != captured.messages.size()) std::abort();
    for (std::size_t i = 0; i < captured.messages.size(); ++i) {
        if (captured.messages[i].number != i + 1 || captured.messages[i].frames.empty()) std::abort();
        if (captured.messages[i].copy_of > captured.messages.size()) std::abort();
        const std::size_t repeats = calls.placed[i].repeats;
        if (repeats != calls::none && repeats >= captured.messages.size()) std::abort();
    }
    std::size_t placed = calls.without_call_id.size();
    for (std::size_t story = 0; story < calls.stories.size(); ++story) {
        placed += calls.stories[story].messages.size();
        recording_of(captured, calls, {story});
    }
    if (placed != captured.messages.size()) std::abort();
    for (const calls::MediaSession& session : media_of(captured, calls).sessions) {
        if (session.negotiation.exchanges.empty()) std::abort();
        for (const calls::Stream& stream : session.streams)
            for (const calls::Direction* direction : {&stream.from_caller, &stream.from_callee}) {
                if (direction->activity.size() != session.negotiation.periods.size()) std::abort();
                if (direction->lost > direction->expected) std::abort();
            }
    }
    return 0;
}
