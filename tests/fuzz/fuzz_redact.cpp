// Any octets as a capture, redacted and read again: as many messages, and none of the addresses between which they went.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "redact/redact.h"

using namespace sipdex;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    capture::Limits limits;
    limits.stream_octets = 1 << 16;
    limits.waiting_octets = 1 << 20;
    limits.kept_octets = 1 << 22;
    limits.streams = 64;
    limits.fragmented = 64;
    const std::string_view octets(reinterpret_cast<const char*>(data), size);
    capture::Captured captured(limits);
    captured.read_octets(octets);
    captured.arrange();
    std::string shared;
    const redact::Outcome outcome = redact::redact(
        captured, [&](std::size_t, capture::Listener& listener) { capture::read_octets(octets, listener, limits); },
        [&](std::string_view piece) { shared += piece; }, {.key = 1, .more = 2, .tell_what = true});
    if (outcome.messages != captured.messages.size()) std::abort();
    capture::Captured again;
    again.read_octets(shared);
    again.arrange();
    // What was amiss with the original is told of the copy; nothing else is amiss with it.
    const auto& known = captured.files.front().summary.problems;
    for (const capture::Problem& one : again.files.front().summary.problems)
        if ((one.kind == capture::Problem::Kind::damaged_record || one.kind == capture::Problem::Kind::tail_missing) &&
            std::ranges::find(known, one.kind, &capture::Problem::kind) == known.end())
            std::abort();
    // A number of one digit has but nine others.
    for (const redact::Replaced& one : outcome.replaced)
        if (one.kind != redact::Replaced::Kind::number && one.original == one.pseudonym) std::abort();
    return 0;
}
