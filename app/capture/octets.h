// Numbers as they stand in packets and files. Whoever reads one has made sure that it is there; what lies behind the
// end reads as 0, so that a mistake costs a wrong number and nothing else.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sipdex::capture {

inline std::uint32_t u8(std::string_view octets, std::size_t at) {
    return at < octets.size() ? static_cast<std::uint8_t>(octets[at]) : 0;
}
inline std::uint32_t u16(std::string_view octets, std::size_t at) { return u8(octets, at) << 8 | u8(octets, at + 1); }
inline std::uint32_t u24(std::string_view octets, std::size_t at) { return u16(octets, at) << 8 | u8(octets, at + 2); }
inline std::uint32_t u32(std::string_view octets, std::size_t at) {
    return u16(octets, at) << 16 | u16(octets, at + 2);
}
inline std::uint64_t u64(std::string_view octets, std::size_t at) {
    return static_cast<std::uint64_t>(u32(octets, at)) << 32 | u32(octets, at + 4);
}

// In the order that the writer of a file had.
inline std::uint32_t u16(std::string_view octets, std::size_t at, bool big_endian) {
    return big_endian ? u16(octets, at) : u8(octets, at + 1) << 8 | u8(octets, at);
}
inline std::uint32_t u32(std::string_view octets, std::size_t at, bool big_endian) {
    return big_endian ? u32(octets, at) : u16(octets, at + 2, false) << 16 | u16(octets, at, false);
}

// From a place on; nothing where it lies behind the end.
inline std::string_view from(std::string_view octets, std::size_t at) {
    return at <= octets.size() ? octets.substr(at) : std::string_view();
}

}  // namespace sipdex::capture
