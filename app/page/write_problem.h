// Why a file could not be written, in one sentence with its remedy.
#pragma once
#include <filesystem>
#include <string>
#include <system_error>

#include "language/words.h"

namespace sipdex::page {

std::string write_problem(const language::Words& words, const std::filesystem::path& file, std::error_code error);

// The branch of `cannot_write` that words an error; the system's own sentence stands in where there is none.
std::string write_problem_branch(std::error_code error);

}  // namespace sipdex::page
