#include "cli/values.h"

#include "page/forms.h"
#include "paint/paper.h"

namespace sipdex::cli::value {

std::vector<std::string> papers() {
    std::vector<std::string> names;
    for (const paint::PaperKind& kind : paint::papers()) names.emplace_back(kind.name);
    return names;
}

std::vector<std::string> forms() {
    std::vector<std::string> names;
    for (const page::FormName& each : page::forms()) names.emplace_back(each.name);
    return names;
}

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
    return list;
}

}  // namespace sipdex::cli::value
