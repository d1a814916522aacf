#include "catalog/seal.h"

#include <cstdint>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>

namespace sipdex::catalog {

namespace {

constexpr std::string_view mark = open_seal.substr(0, open_seal.find(':') + 1);
constexpr std::size_t digits_of_seal = open_seal.size() - mark.size();

std::optional<std::string> octets_in(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string octets{std::istreambuf_iterator<char>(in), {}};
    if (!in && !in.eof()) return std::nullopt;
    return octets;
}

// Where the digits of the only seal stand.
std::optional<std::size_t> digits_in(std::string_view octets) {
    const std::size_t at = octets.find(mark);
    if (at == std::string_view::npos || octets.find(mark, at + 1) != std::string_view::npos) return std::nullopt;
    return at + mark.size() + digits_of_seal <= octets.size() ? std::optional(at + mark.size()) : std::nullopt;
}

// FNV-1a, 64 bits: it is to find what happens to files, not what somebody does to them on purpose.
std::string checksum_of(std::string_view octets) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : octets) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    static constexpr char digits[] = "0123456789abcdef";
    std::string sum(digits_of_seal, '0');
    for (std::size_t i = 0; i < sum.size(); ++i) sum[sum.size() - 1 - i] = digits[hash >> (4 * i) & 15];
    return sum;
}

}  // namespace

void seal(const std::filesystem::path& file) {
    const auto octets = octets_in(file);
    const auto at = octets ? digits_in(*octets) : std::nullopt;
    if (!at || std::string_view(*octets).substr(*at - mark.size(), open_seal.size()) != open_seal)
        throw std::runtime_error(file.string() + ": holds no open seal");
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(*at)) << checksum_of(*octets);
    if (!out.flush()) throw std::runtime_error(file.string() + ": cannot be sealed");
}

bool seal_holds(const std::filesystem::path& file) {
    auto octets = octets_in(file);
    const auto at = octets ? digits_in(*octets) : std::nullopt;
    if (!at) return false;
    const std::string sum = octets->substr(*at, digits_of_seal);
    octets->replace(*at, digits_of_seal, digits_of_seal, '0');
    return checksum_of(*octets) == sum;
}

}  // namespace sipdex::catalog
