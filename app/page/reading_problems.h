// What could not be read of a file, in a sentence with what to do about it: "a.xz is packed with xz; unpack it first, with
// xz -dk a.xz."
#pragma once
#include <string>

#include "page/brought.h"
#include "page/pages.h"

namespace sipdex::page {

// Whether packets were read in it, and not lines.
bool is_capture(const capture::Captured::File& file);

// A problem of one of the files, which is called `name`.
document::Text problem_told(const Reader& reader, const Brought& brought, const capture::Problem& problem,
                            const std::string& name);

}  // namespace sipdex::page
