// Files that people hand in beside captures and logs: captures of other programs, packed files, pictures and papers. Each is
// known by how it begins, so that whoever brought it hears what it is and what to do.
//
//     "snoop\0\0\0"   a capture of snoop, that editcap turns into pcapng
//     "\xfd7zXZ"      packed with xz, to be unpacked with xz -dk
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipdex::capture {

struct FileKind {
    enum class Family : std::uint8_t { capture, packed, other, keys } family{};
    std::string_view name;     // "snoop", "xz", "JPEG"
    std::string_view command;  // which converts or unpacks it, with FILE where its name belongs; empty where none does
};

// What a file is that begins so and that is not read here; null where that is not known.
const FileKind* file_kind_of(std::string_view beginning);
// The kind with this name, which is the subject of Problem::Kind::unsupported_format; null where there is none.
const FileKind* file_kind_called(std::string_view name);

// Keys of TLS stand in a block of a capture, which is told of the capture then, or in a file of their own.
inline constexpr std::string_view tls_keys = "TLS keys";

// What gzip packed, as far as it can be unpacked and no more than so many octets.
std::string unpacked(std::string_view octets, std::size_t most);

// Keys of TLS as programs log them for Wireshark: "CLIENT_RANDOM 52f1… 8d0a…".
bool looks_like_tls_keys(std::string_view text);

}  // namespace sipdex::capture
