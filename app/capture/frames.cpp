#include "capture/frames.h"

#include <algorithm>

#include "capture/file_kinds.h"
#include "capture/octets.h"
#include "capture/redacted.h"

namespace sipdex::capture {

namespace {

using Kind = Problem::Kind;

constexpr std::size_t longest_record = 16 << 20;  // what is longer is damage
constexpr std::size_t farthest_search = 1 << 20;  // for a record behind damage, at a time

// pcapng, draft-ietf-opsawg-pcapng 4
constexpr std::uint32_t section_block = 0x0a0d0d0a, interface_block = 1, old_packet_block = 2, simple_block = 3,
                        packet_block = 6, secrets_block = 10;
constexpr std::uint32_t tls_key_log = 0x544c534b;  // what a Decryption Secrets Block holds
constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;

bool is_pcap_magic(std::uint32_t magic) { return magic == 0xa1b2c3d4 || magic == 0xa1b23c4d || magic == 0xa1b2cd34; }

std::size_t padded(std::size_t length) { return (length + 3) / 4 * 4; }

// A link type for packets whose file has lost its head, by what stands where its type should stand.
std::uint32_t guessed_link_type(std::string_view octets) {
    const auto is_type = [](std::uint32_t type) { return type == 0x0800 || type == 0x86dd || type == 0x8100; };
    constexpr std::uint32_t ethernet = 1, raw = 101, cooked = 113;
    if (is_type(u16(octets, 12))) return ethernet;
    if (is_type(u16(octets, 14))) return cooked;
    return u8(octets, 0) == 0x45 || u8(octets, 0) >> 4 == 6 ? raw : ethernet;
}

}  // namespace

bool looks_like_capture(std::string_view beginning) {
    if (beginning.starts_with("\x1f\x8b")) return true;
    if (file_kind_of(beginning)) return true;
    return beginning.size() >= 4 && (is_pcap_magic(u32(beginning, 0)) || is_pcap_magic(u32(beginning, 0, false)) ||
                                     u32(beginning, 0) == section_block);
}

Frames::Frames(Source& source, Problems& problems) : source_(source), problems_(problems) {
    constexpr std::size_t enough_to_tell = 4096;
    const std::string_view head = source_.ahead(enough_to_tell);
    if (head.empty()) problems_.note(Kind::unknown_format, 0);
    else if (is_pcap_magic(u32(head, 0)) || is_pcap_magic(u32(head, 0, false))) begin_pcap(head);
    else if (u32(head, 0) == section_block) format_ = Summary::Format::pcapng;
    else if (const FileKind* other = file_kind_of(head)) problems_.note(Kind::unsupported_format, 0, 0, 0, other->name);
    else begin_without_head();
}

std::uint32_t Frames::get32(std::string_view octets, std::size_t at) const { return u32(octets, at, big_endian_); }
std::uint32_t Frames::get16(std::string_view octets, std::size_t at) const { return u16(octets, at, big_endian_); }

void Frames::begin_pcap(std::string_view head) {
    format_ = Summary::Format::pcap;
    big_endian_ = is_pcap_magic(u32(head, 0));
    const std::uint32_t magic = get32(head, 0);
    if (magic == 0xa1b2cd34) record_header_ = 24;
    if (head.size() < 24) {
        told_cut(24 - head.size());
        source_.skip(head.size());
        return;
    }
    // The upper octets say whether a frame check sequence follows, which nobody here needs.
    interfaces_.push_back({.link_type = get32(head, 20) & 0xffff,
                           .ticks = magic == 0xa1b23c4d ? 1'000'000'000u : 1'000'000u,
                           .offset = 0,
                           .snap_length = get32(head, 16)});
    source_.skip(24);
    // Old tcpdumps of some systems wrote more before each packet and kept the magic number.
    constexpr int enough_records = 3;
    const std::size_t told = record_header_;
    const std::string_view records = source_.ahead(farthest_search);
    for (const std::size_t size : {told, std::size_t{20}, std::size_t{24}, std::size_t{28}}) {
        record_header_ = size;
        if (fits_pcap(records, 0, enough_records)) return;
    }
    record_header_ = told;
}

void Frames::told_cut(std::uint64_t lacking) {
    problems_.note(Kind::tail_missing, number_ + 1, source_.position(), lacking);
}

Frame Frames::frame_of(std::string_view octets, std::uint32_t length, const Interface& interface,
                       std::uint64_t time) const {
    Frame frame;
    frame.number = number_;
    frame.offset = source_.position();
    // Whole seconds first, so that no resolution makes the product overflow. A time beyond the year 2262 is none.
    const std::uint64_t seconds = time / interface.ticks, rest = time % interface.ticks;
    constexpr std::int64_t last_second = 9'223'372'036;
    const auto fraction =
        static_cast<std::int64_t>(static_cast<double>(rest) * (1e9 / static_cast<double>(interface.ticks)));
    const std::int64_t exact = 1'000'000'000 % interface.ticks == 0
                                   ? static_cast<std::int64_t>(rest * (1'000'000'000 / interface.ticks))
                                   : fraction;
    if (seconds < static_cast<std::uint64_t>(last_second)) {
        const std::int64_t whole =
            static_cast<std::int64_t>(seconds) + std::clamp(interface.offset, -last_second, last_second);
        if (whole >= 0 && whole < last_second) frame.time = Time(whole * 1'000'000'000 + exact);
    }
    frame.link_type = interface.link_type;
    frame.octets = octets;
    frame.length = std::max(length, static_cast<std::uint32_t>(octets.size()));
    return frame;
}

std::optional<Frame> Frames::next() {
    if (format_ == Summary::Format::none) return {};
    source_.skip(to_skip_);
    to_skip_ = 0;
    return format_ == Summary::Format::pcap ? next_pcap() : next_pcapng();
}

std::optional<Frame> Frames::next_pcap() {
    while (!interfaces_.empty()) {
        std::string_view record = source_.ahead(record_header_);
        if (record.empty()) return {};
        if (record.size() < record_header_) return told_cut(record_header_ - record.size()), std::nullopt;
        const std::size_t captured = get32(record, 8);
        if (captured > longest_record) {
            if (!pass_over_damage()) return {};
            continue;
        }
        record = source_.ahead(record_header_ + captured);
        ++number_;
        const Interface& interface = interfaces_.front();
        const std::string_view octets = from(record, record_header_).substr(0, captured);
        const std::uint64_t fraction = std::min<std::uint64_t>(get32(record, 4), interface.ticks - 1);
        Frame frame = frame_of(octets, get32(record, 12), interface, get32(record, 0) * interface.ticks + fraction);
        if (octets.size() < captured) {
            // The last packet is not whole, and as tshark has it none. To show a part of a message would be to
            // show another message than was sent.
            --number_;
            told_cut(captured - octets.size());
            return {};
        }
        to_skip_ = record_header_ + captured;
        if (lost_head_) frame.link_type = guessed_link_type(octets);
        return frame;
    }
    return {};
}

// Whether records of pcap that make sense stand at a place, one behind the other.
bool Frames::fits_pcap(std::string_view window, std::size_t at, int records) const {
    std::uint32_t before = 0;
    for (int i = 0; i < records; ++i) {
        if (i > 0 && at == window.size()) return true;
        if (at + record_header_ > window.size()) return false;
        const std::uint32_t seconds = get32(window, at), fraction = get32(window, at + 4),
                            captured = get32(window, at + 8), length = get32(window, at + 12);
        constexpr std::uint32_t day = 86400, most = 262144;
        if (fraction >= 1'000'000'000 || captured > length || captured == 0 || length > most) return false;
        if (i > 0 && (seconds > before + day || before > seconds + day)) return false;
        before = seconds;
        at += record_header_ + captured;
    }
    return true;
}

void Frames::begin_without_head() {
    const std::string_view window = source_.ahead(farthest_search);
    for (std::size_t at = 0; at + 32 <= window.size() && at < farthest_search; ++at) {
        // A block of pcapng says its length at both ends.
        const std::size_t length = u32(window, at + 4, false);
        if (u32(window, at, false) == packet_block && length >= 32 && length % 4 == 0 && length <= window.size() - at &&
            u32(window, at + length - 4, false) == length) {
            format_ = Summary::Format::pcapng;
        } else {
            for (const bool order : {false, true}) {
                big_endian_ = order;
                if (fits_pcap(window, at, 4)) format_ = Summary::Format::pcap;
                if (format_ != Summary::Format::none) break;
            }
        }
        if (format_ == Summary::Format::none) continue;
        lost_head_ = true;
        interfaces_.push_back({});
        if (format_ == Summary::Format::pcapng) big_endian_ = false;
        source_.skip(at);
        return problems_.note(Kind::head_missing, 0, at);
    }
    problems_.note(Kind::unknown_format, 0);
}

// To the next record that makes sense; what stands before is lost.
bool Frames::pass_over_damage() {
    const std::uint64_t begin = source_.position();
    constexpr int enough_records = 3;
    for (;;) {
        const std::string_view window = source_.ahead(farthest_search + (std::size_t{1} << 18));
        const std::size_t end = std::min(window.size(), farthest_search);
        for (std::size_t at = 1; at + 16 <= end; ++at) {
            const std::size_t length = get32(window, at + 4);
            const bool found = format_ == Summary::Format::pcap
                                   ? fits_pcap(window, at, enough_records)
                                   : (get32(window, at) == packet_block || get32(window, at) == interface_block) &&
                                         length >= 20 && length % 4 == 0 && length <= window.size() - at &&
                                         get32(window, at + length - 4) == length;
            if (!found) continue;
            source_.skip(at);
            problems_.note(Kind::damaged_record, number_ + 1, begin, source_.position() - begin);
            return true;
        }
        source_.skip(end);
        if (window.size() <= farthest_search) {
            problems_.note(Kind::damaged_record, number_ + 1, begin, source_.position() - begin);
            return false;
        }
    }
}

std::optional<Frame> Frames::next_pcapng() {
    constexpr std::size_t smallest = 12;
    for (;;) {
        std::string_view block = source_.ahead(smallest);
        if (block.empty()) return {};
        if (block.size() < smallest) return told_cut(smallest - block.size()), std::nullopt;
        // The type of a section is the same in both orders, and what follows tells the order.
        const bool section = u32(block, 0) == section_block;
        if (section) big_endian_ = u32(block, 8) == byte_order_magic;
        const std::uint32_t type = get32(block, 0);
        const std::size_t length = get32(block, 4);
        if (length < smallest || length % 4 != 0 || length > longest_record + 64 ||
            (section && get32(block, 8) != byte_order_magic)) {
            if (!pass_over_damage()) return {};
            continue;
        }
        block = source_.ahead(length);
        if (block.size() < length) {
            told_cut(length - block.size());
            return {};
        }
        block = block.substr(0, length);
        if (section) {
            first_interface_ += static_cast<std::uint32_t>(interfaces_.size());
            interfaces_.clear();
            take_comments(block);
        } else if (type == interface_block) {
            add_interface(block);
        } else if (type == secrets_block) {
            if (get32(block, 8) == tls_key_log)
                problems_.note(Kind::unsupported_format, number_, source_.position(), 0, tls_keys);
        } else if (auto frame = packet_of(type, block)) {
            to_skip_ = length;
            return frame;
        }
        source_.skip(length);
    }
}

void Frames::add_interface(std::string_view block) {
    constexpr std::size_t most = 65536;
    if (block.size() < 20 || interfaces_.size() >= most) return;
    Interface interface {
        .link_type = get16(block, 8), .ticks = 1'000'000, .offset = 0, .snap_length = get32(block, 12)
    };
    constexpr std::uint32_t resolution = 9, offset = 14;  // if_tsresol, if_tsoffset
    for (std::size_t at = 16; at + 4 <= block.size() - 4;) {
        const std::uint32_t code = get16(block, at), length = get16(block, at + 2);
        if (code == 0 || at + 4 + length > block.size() - 4) break;
        if (code == resolution && length == 1) {
            const std::uint32_t value = u8(block, at + 4), power = value & 0x7f;
            std::uint64_t ticks = 1;
            // Above these a second has more ticks than a number of 64 bits counts.
            if ((value & 0x80) != 0) ticks = power < 63 ? std::uint64_t{1} << power : 1;
            else
                for (std::uint32_t i = 0; i < power && power <= 18; ++i) ticks *= 10;
            interface.ticks = ticks;
        }
        if (code == offset && length == 8) {
            const std::uint64_t one = get32(block, at + 4), two = get32(block, at + 8);
            interface.offset = static_cast<std::int64_t>(big_endian_ ? one << 32 | two : two << 32 | one);
        }
        at += 4 + padded(length);
    }
    interfaces_.push_back(interface);
}

void Frames::take_comments(std::string_view section) {
    constexpr std::uint32_t comment = 1;  // opt_comment
    for (std::size_t at = 24; at + 8 <= section.size();) {
        const std::uint32_t code = get16(section, at), length = get16(section, at + 2);
        if (code == 0 || at + 4 + length > section.size() - 4) break;
        if (code == comment)
            if (const auto problem = problem_in_comment(section.substr(at + 4, length))) problems_.tell(*problem);
        at += 4 + padded(length);
    }
}

std::uint32_t Frames::size_told(std::string_view block, std::size_t at) const {
    constexpr std::uint32_t comment = 1;  // opt_comment
    while (at + 8 <= block.size()) {
        const std::uint32_t code = get16(block, at), length = get16(block, at + 2);
        if (code == 0 || at + 4 + length > block.size() - 4) break;
        if (code == comment)
            if (const auto octets = size_in_comment(block.substr(at + 4, length))) return *octets;
        at += 4 + padded(length);
    }
    return 0;
}

std::optional<Frame> Frames::packet_of(std::uint32_t type, std::string_view block) {
    std::size_t head = 0;
    std::uint32_t index = 0, captured = 0, length = 0;
    std::uint64_t time = 0;
    if (type == packet_block || type == old_packet_block) {
        head = 28;
        if (block.size() < head + 4) return {};
        index = type == packet_block ? get32(block, 8) : get16(block, 8);
        time = static_cast<std::uint64_t>(get32(block, 12)) << 32 | get32(block, 16);
        captured = get32(block, 20);
        length = get32(block, 24);
    } else if (type == simple_block) {
        head = 12;
        if (block.size() < head + 4) return {};
        length = get32(block, 8);
        captured = length;
        if (!interfaces_.empty() && interfaces_.front().snap_length > 0)
            captured = std::min(captured, interfaces_.front().snap_length);
        captured = std::min(captured, static_cast<std::uint32_t>(block.size() - head - 4));
    } else {
        return {};
    }
    ++number_;
    if (captured > block.size() - head - 4) {
        problems_.note(Kind::damaged_record, number_, source_.position(), 0);
        captured = static_cast<std::uint32_t>(block.size() - head - 4);
    }
    const std::string_view octets = block.substr(head, captured);
    Interface interface {};
    if (index < interfaces_.size()) interface = interfaces_[index];
    else problems_.note(Kind::unknown_interface, number_, source_.position(), index);
    if (index >= interfaces_.size() || lost_head_) interface.link_type = guessed_link_type(octets);
    Frame frame = frame_of(octets, length, interface, time);
    frame.interface = first_interface_ + index;
    if (type == packet_block) frame.before = size_told(block, head + padded(captured));
    return frame;
}

}  // namespace sipdex::capture
