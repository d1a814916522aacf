// The file of an organisation's logo.
#pragma once
#include <string>

namespace sipdex::paint {

// Its octets, which a Picture takes. Throws NotAPicture where the file cannot be read, is no picture or larger than 20 MB.
std::string logo_in(const std::string& file);

}  // namespace sipdex::paint
