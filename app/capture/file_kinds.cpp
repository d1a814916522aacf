#include "capture/file_kinds.h"

#include <algorithm>
#include <array>

#include "capture/octets.h"

namespace sipdex::capture {

namespace {

using Family = FileKind::Family;

// Wireshark's own list of what it reads (wiretap) names these; pcap and pcapng are what it writes.
constexpr std::string_view convert = "editcap -F pcapng FILE FILE.pcapng";

struct Begins {
    std::size_t at;
    std::string_view octets;
    FileKind kind;
};

using namespace std::string_view_literals;

constexpr std::array known = {
    Begins{0, "GMBU"sv, {Family::capture, "Network Monitor 2", convert}},
    Begins{0, "RTSS"sv, {Family::capture, "Network Monitor 1", convert}},
    Begins{0, "snoop\0\0\0"sv, {Family::capture, "snoop", convert}},
    Begins{0, "XCP\0"sv, {Family::capture, "NetXRay", convert}},
    Begins{0, "TRSNIFF data"sv, {Family::capture, "Sniffer", convert}},
    Begins{0, "\x7fVeriWave"sv, {Family::capture, "VeriWave", convert}},
    Begins{0, "\xaa\xaa\xaa\xaa"sv, {Family::capture, "5View", convert}},
    Begins{0, "\x01\x10\x4c\x00\x01\x05Trace"sv, {Family::capture, "LANalyzer", convert}},
    Begins{0, "TR\0d\0"sv, {Family::capture, "nettl", convert}},
    Begins{0, "ObserverPktBuff"sv, {Family::capture, "Observer", convert}},
    Begins{0, "\x05VNF"sv, {Family::capture, "Visual Networks", convert}},
    Begins{0, "+---------+---------------+----------+"sv, {Family::capture, "K12", convert}},
    Begins{0, "\x00\x00\x02\x00\x12\x05\x00\x10"sv, {Family::capture, "K12", convert}},
    Begins{0, "EyeSDN"sv, {Family::capture, "EyeSDN", convert}},
    Begins{0, "btsnoop\0"sv, {Family::capture, "btsnoop", convert}},
    Begins{0, "iptrace "sv, {Family::capture, "iptrace", convert}},
    Begins{0, "\x7fver"sv, {Family::capture, "OmniPeek", convert}},
    Begins{0, "\xfd\x37zXZ\0"sv, {Family::packed, "xz", "xz -dk FILE"}},
    Begins{0, "\x28\xb5\x2f\xfd"sv, {Family::packed, "zstd", "zstd -d FILE"}},
    Begins{4, "1AY&SY"sv, {Family::packed, "bzip2", "bzip2 -dk FILE"}},
    Begins{0, "\x04\x22\x4d\x18"sv, {Family::packed, "LZ4", "lz4 -d FILE"}},
    Begins{0, "\x1f\x9d"sv, {Family::packed, "compress", "gzip -dk FILE"}},
    Begins{0, "PK\3\4"sv, {Family::packed, "ZIP", "unzip FILE"}},
    Begins{0, "7z\xbc\xaf\x27\x1c"sv, {Family::packed, "7z", "7z x FILE"}},
    Begins{0, "Rar!\x1a\7"sv, {Family::packed, "RAR", "unrar x FILE"}},
    Begins{0, "MSCF\0\0\0\0"sv, {Family::packed, "CAB", "cabextract FILE"}},
    Begins{257, "ustar"sv, {Family::packed, "tar", "tar -xf FILE"}},
    Begins{0, "\xff\xd8\xff"sv, {Family::other, "JPEG", {}}},
    Begins{0, "\x89PNG\r\n"sv, {Family::other, "PNG", {}}},
    Begins{0, "GIF8"sv, {Family::other, "GIF", {}}},
    Begins{8, "WEBPVP8"sv, {Family::other, "WebP", {}}},
    Begins{8, "WAVEfmt"sv, {Family::other, "WAV", {}}},
    Begins{4, "ftyp"sv, {Family::other, "MP4", {}}},
    Begins{0, "%PDF-"sv, {Family::other, "PDF", {}}},
    Begins{0, "{\\rtf"sv, {Family::other, "RTF", {}}},
    Begins{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, {Family::other, "Microsoft Office", {}}},
    Begins{0, "SQLite format 3\0"sv, {Family::other, "SQLite", {}}},
    Begins{0, "\x7f\x45LF"sv, {Family::other, "ELF", {}}},
};

constexpr FileKind erf = {Family::capture, "ERF", convert};
constexpr FileKind keys = {Family::keys, tls_keys, {}};

// Endace's files have no head: records follow one another, whose time counts seconds in its upper half, the lower octets
// first, and then type, flags and both lengths.
bool looks_like_erf(std::string_view octets) {
    constexpr std::size_t head = 16;
    constexpr std::uint32_t longest = 65535, day = 86400, year_2000 = 946684800, types = 48;
    std::size_t at = 0, records = 0;
    std::uint32_t before = 0;
    for (; at + head <= octets.size() && records < 3; ++records) {
        const std::uint32_t seconds = u32(octets, at + 4, false), type = u8(octets, at + 8) & 0x7f,
                            length = u16(octets, at + 10), on_wire = u16(octets, at + 14);
        if (type == 0 || type > types || length < head || on_wire == 0 || seconds < year_2000) return false;
        if (before != 0 && (seconds < before || seconds > before + day)) return false;
        before = seconds;
        at += std::min(length, longest);
    }
    return records >= 2 || (records > 0 && at == octets.size());
}

}  // namespace

const FileKind* file_kind_of(std::string_view beginning) {
    const auto one = std::ranges::find_if(known, [&](const Begins& begins) {
        return beginning.size() > begins.at && beginning.substr(begins.at).starts_with(begins.octets);
    });
    if (one != known.end()) return &one->kind;
    return looks_like_erf(beginning) ? &erf : nullptr;
}

const FileKind* file_kind_called(std::string_view name) {
    if (name == erf.name) return &erf;
    if (name == keys.name) return &keys;
    const auto one = std::ranges::find(known, name, [](const Begins& begins) { return begins.kind.name; });
    return one == known.end() ? nullptr : &one->kind;
}

bool looks_like_tls_keys(std::string_view text) {
    // The labels of draft-ietf-tls-keylogfile, behind comments.
    constexpr std::array labels = {"CLIENT_RANDOM "sv,
                                   "RSA "sv,
                                   "CLIENT_HANDSHAKE_TRAFFIC_SECRET "sv,
                                   "SERVER_HANDSHAKE_TRAFFIC_SECRET "sv,
                                   "CLIENT_TRAFFIC_SECRET_0 "sv,
                                   "SERVER_TRAFFIC_SECRET_0 "sv,
                                   "CLIENT_EARLY_TRAFFIC_SECRET "sv,
                                   "EARLY_EXPORTER_SECRET "sv,
                                   "EXPORTER_SECRET "sv};
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.empty() || line == "\r" || line.starts_with('#')) continue;
        const auto label = std::ranges::find_if(labels, [&](std::string_view one) { return line.starts_with(one); });
        if (label == labels.end()) return false;
        const std::string_view value = line.substr(label->size());
        return value.size() >= 16 && value.substr(0, 16).find_first_not_of("0123456789abcdefABCDEF") == value.npos;
    }
    return false;
}

}  // namespace sipdex::capture
