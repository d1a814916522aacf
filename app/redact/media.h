// Packets of media without what was said: header and timing stay, so that loss and jitter do.
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "capture/capture.h"

namespace sipdex::redact {

// A datagram of RTP with header, and zeros for its extension and payload (RFC 3550 5.1, 5.3.1); of RTCP what reports
// count, while descriptions of sources, reasons and everything that applications define are blotted out (RFC 3550 6).
std::string silenced(const capture::MediaPacket& packet);

// Packets on their way through a file that has no name, for captures hold more of them than memory does.
class Spool {
public:
    Spool();

    struct Entry {
        capture::Time time{};
        capture::Address from, to;
        std::uint32_t missing = 0;
        std::string octets;
    };
    void put(const Entry& entry);
    // From the first one on; nothing after the last, for good.
    std::optional<Entry> next();

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_;
    bool reading_ = false;
};

}  // namespace sipdex::redact
