// Functions of modules that are loaded when they are first asked for, for each brings libraries that most runs never need.
#pragma once
#include <string>

namespace sipdex::paint {

// `module` as "sipdex-pdf", which stays loaded. Throws std::runtime_error, which says what to do, where it is missing.
void* late_function(const std::string& module, const char* name);

}  // namespace sipdex::paint
