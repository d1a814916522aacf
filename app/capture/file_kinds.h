// Files that people hand in beside captures and logs: captures of other programs, packed files, pictures and papers. Each is
// known by how it begins, so that whoever brought it hears what it is and what to do.
//
//     "snoop\0\0\0"   a capture of snoop, that editcap turns into pcapng
//     "\xfd7zXZ"      packed with xz, to be unpacked with xz -dk
#pragma once
#include <cstdint>
#include <string_view>

namespace sipdex::capture {

struct FileKind {
    enum class Family : std::uint8_t { capture, packed, other } family{};
    std::string_view name;     // "snoop", "xz", "JPEG"
    std::string_view command;  // which converts or unpacks it, with FILE where its name belongs; empty where none does
};

// What a file is that begins so and that is not read here; null where that is not known.
const FileKind* file_kind_of(std::string_view beginning);
// The command of the kind with this name; empty where there is none.
std::string_view command_for(std::string_view name);

// Keys of TLS as programs log them for Wireshark: "CLIENT_RANDOM 52f1… 8d0a…".
bool looks_like_tls_keys(std::string_view text);

}  // namespace sipdex::capture
