// A capture file in pieces: a section, its interfaces, then packets (draft-ietf-opsawg-pcapng 4.1 to 4.3). Times are told
// in nanoseconds.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/capture.h"

namespace sipdex::redact {

using Sink = std::function<void(std::string_view octets)>;

class Pcapng {
public:
    // All interfaces are of Ethernet. The comments are those of the section.
    Pcapng(const Sink& sink, std::uint32_t interfaces, const std::vector<std::string>& comments = {});

    // A frame of which the last octets, so many, were not captured.
    void packet(capture::Time time, std::uint32_t interface, std::string_view frame, std::size_t missing = 0,
                std::string_view comment = {});
    void finish();

    std::uint64_t packets() const { return packets_; }

private:
    void block(std::uint32_t type, std::string_view content);

    const Sink& sink_;
    std::string waiting_;
    std::uint64_t packets_ = 0;
};

}  // namespace sipdex::redact
