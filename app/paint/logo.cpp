#include "paint/logo.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "paint/picture.h"

namespace sipdex::paint {

std::string logo_in(const std::string& file) {
    constexpr std::uintmax_t largest = 20'000'000;
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error || size > largest) throw NotAPicture();
    std::ifstream in(file, std::ios::binary);
    std::string octets(std::istreambuf_iterator<char>(in), {});
    const Picture readable(octets);
    return octets;
}

}  // namespace sipdex::paint
