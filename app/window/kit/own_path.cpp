#include "window/kit/own_path.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "language/fold.h"
#include "sip/uri.h"

namespace sipdex::window {

std::string own_path(std::string typed) {
    while (!typed.empty() && typed.back() == ' ') typed.pop_back();
    typed.erase(0, typed.find_first_not_of(' '));
    constexpr std::string_view scheme = "file://";
    if (typed.starts_with(scheme)) typed = sip::unescaped(typed.substr(scheme.size()));
    const char* home = std::getenv("HOME");
    if (home && (typed == "~" || typed.starts_with("~/"))) typed = home + typed.substr(1);
    return typed;
}

std::vector<std::string> paths_beginning(const std::string& typed, std::size_t most) {
    constexpr std::size_t most_looked_at = 20'000;  // names of a folder: more would hold up a frame
    const std::size_t slash = typed.rfind('/');
    const std::string written = slash == std::string::npos ? std::string() : typed.substr(0, slash + 1);
    const std::string begin = language::folded(typed.substr(written.size()));
    std::error_code error;
    std::filesystem::directory_iterator entries(written.empty() ? std::string(".") : own_path(written), error);
    std::vector<std::pair<bool, std::string>> found;  // files after folders
    for (std::size_t looked = 0; !error && entries != std::filesystem::directory_iterator() && looked < most_looked_at;
         entries.increment(error), ++looked) {
        const std::string name = entries->path().filename().string();
        if (name.starts_with('.') && !begin.starts_with('.')) continue;
        if (!language::folded(name).starts_with(begin)) continue;
        std::error_code ignored;
        found.emplace_back(!entries->is_directory(ignored), name);
    }
    std::ranges::sort(found);
    if (found.size() > most) found.resize(most);
    std::vector<std::string> paths;
    for (const auto& [is_file, name] : found) paths.push_back(written + name + (is_file ? "" : "/"));
    return paths;
}

}  // namespace sipdex::window
