// The sources of the repository, read and checked once, for tests about all that they say.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "compile/compile.h"

namespace sipdex::test {

// data/ and i18n/; fails the test, printing the problems, when they are wrong.
const compile::Model& model();

// A table with a head, as RFC 4180 writes it, lines that begin with # left out: a map of column to field for each row.
std::vector<std::map<std::string, std::string>> read_csv(const std::string& text);

// What stands in one list and not in the other, each as often as it is too many: "only in French: [603], 370".
// Empty when both hold the same, in whatever order.
std::string difference_of(std::vector<std::string> one, std::vector<std::string> other, const std::string& first,
                          const std::string& second);

}  // namespace sipdex::test
