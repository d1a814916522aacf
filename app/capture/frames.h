// The packets of a capture file in their order, with time, interface and link type: pcap in all its byte orders and
// resolutions, pcapng with as many interfaces and sections as it has.
//
// libpcap is not used for this: it refuses a pcapng file whose interfaces differ in link type, ends at the first record
// that is damaged, and does not say where.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "capture/capture.h"
#include "capture/problems.h"
#include "capture/source.h"

namespace sipdex::capture {

struct Frame {
    std::uint32_t number = 0;  // from 1
    std::uint64_t offset = 0;  // of its record in the file
    Time time{};
    std::uint32_t interface = 0;
    std::uint32_t link_type = 0;  // as https://www.tcpdump.org/linktypes.html numbers them
    std::uint32_t length = 0;     // on the wire
    std::uint32_t before = 0;     // octets of its payload before it was redacted (redacted.h); 0: not told
    std::string_view octets{};    // as captured; lasts until the next frame is asked for
};

class Frames {
public:
    Frames(Source& source, Problems& problems);

    Summary::Format format() const { return format_; }
    std::optional<Frame> next();

private:
    struct Interface {
        std::uint32_t link_type = 0;
        std::uint64_t ticks = 1'000'000;  // a second has so many
        std::int64_t offset = 0;          // seconds to be added
        std::uint32_t snap_length = 0;
    };

    void begin_pcap(std::string_view head);
    std::optional<Frame> next_pcap();
    std::optional<Frame> next_pcapng();
    void add_interface(std::string_view block);
    std::optional<Frame> packet_of(std::uint32_t type, std::string_view block);
    // What the comments of a redacted file tell of the original.
    void take_comments(std::string_view section);
    // By a comment among the options of a packet, which begin there; 0: by none.
    std::uint32_t size_told(std::string_view block, std::size_t at) const;
    Frame frame_of(std::string_view octets, std::uint32_t length, const Interface& interface, std::uint64_t time) const;

    void begin_without_head();
    bool pass_over_damage();  // false where nothing more can be read
    bool fits_pcap(std::string_view window, std::size_t at, int records) const;
    void told_cut(std::uint64_t lacking);
    std::uint32_t get32(std::string_view octets, std::size_t at) const;
    std::uint32_t get16(std::string_view octets, std::size_t at) const;

    Source& source_;
    Problems& problems_;
    Summary::Format format_ = Summary::Format::none;
    bool big_endian_ = false;
    std::size_t record_header_ = 16;  // 20 to 28 in files of patched tcpdumps
    bool lost_head_ = false;
    std::vector<Interface> interfaces_;  // of the section; a pcap file has one
    std::uint32_t first_interface_ = 0;  // of the section, among those of the file
    std::uint32_t number_ = 0;
    std::size_t to_skip_ = 0;  // the record last given
};

}  // namespace sipdex::capture
