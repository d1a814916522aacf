#include "cli/values.h"

namespace sipdex::cli::value {

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
    return list;
}

}  // namespace sipdex::cli::value
