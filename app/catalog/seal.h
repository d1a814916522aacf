// A seal tells whether a catalog's file is, octet for octet, the one that was made.
//
// The property `seal` holds "sipdex-seal:" and a checksum of the file in which that checksum reads as zeros. So a
// destroyed page is found wherever it lies, also where no query would come across it.
#pragma once
#include <filesystem>
#include <string_view>

namespace sipdex::catalog {

// What the property holds until the file is sealed.
inline constexpr std::string_view open_seal = "sipdex-seal:0000000000000000";

// Seals a finished file in place. Throws std::runtime_error where it cannot be written, or holds no open seal.
void seal(const std::filesystem::path& file);

// Whether the file is as it was sealed; false, too, for a file without a seal or that cannot be read.
bool seal_holds(const std::filesystem::path& file);

}  // namespace sipdex::catalog
