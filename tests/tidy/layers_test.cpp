// Reads the #include lines of app/ and names any file that crosses a border.
#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/text.h"

using namespace sipdex::test;

namespace {

// main, compile → window, cli → paint, page → catalog, user, simulator, evidence → sip, typeset, language, source → document, file
int rank_of(const std::string& layer) {
    static const std::map<std::string, int> ranks = {
        {"main", 0}, {"compile", 0}, {"window", 1}, {"cli", 1}, {"paint", 2}, {"page", 2}, {"catalog", 3}, {"user", 3},
        {"simulator", 3}, {"evidence", 3}, {"sip", 4}, {"typeset", 4}, {"language", 4}, {"source", 4}, {"document", 5}, {"file", 5}};
    const auto found = ranks.find(layer);
    return found == ranks.end() ? -1 : found->second;
}

bool may_include(const std::string& from, const std::string& to) { return from == to || rank_of(from) < rank_of(to); }

// Packages that have one home.
const std::map<std::string, std::set<std::string>> homes = {
    {"imgui", {"window"}}, {"GLFW/", {"window"}}, {"SQLiteCpp/", {"catalog", "user"}}, {"sqlite3", {"catalog", "user"}},
    {"pango/", {"typeset"}}, {"unicode/", {"language"}}, {"cairo", {"typeset", "paint"}}, {"toml++", {"source", "simulator"}},
    {"openssl/", {"sip"}}, {"CLI/", {"cli", "compile"}}};

}  // namespace

TEST_CASE("no layer includes one beside or to the left of it, and packages stay at home") {
    const std::filesystem::path app = std::filesystem::path(SIPDEX_SOURCE_DIR) / "app";
    const std::regex ours("^#include \"([a-z_]+)/"), theirs("^#include <([^>]+)>");
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(app)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".h" && extension != ".cpp") continue;
        ++files;
        const auto relative = entry.path().lexically_relative(app);
        const std::string layer = relative.has_parent_path() ? relative.begin()->string() : "main";
        REQUIRE_MESSAGE(rank_of(layer) >= 0, "no layer is called ", layer);
        std::istringstream lines(content_of(entry.path()));
        for (std::string line; std::getline(lines, line);) {
            std::smatch found;
            if (std::regex_search(line, found, ours))
                CHECK_MESSAGE(may_include(layer, found[1]), relative.string(), " may not include ", found[1].str());
            if (std::regex_search(line, found, theirs))
                for (const auto& [package, layers] : homes)
                    if (found[1].str().starts_with(package)) CHECK_MESSAGE(layers.contains(layer), relative.string(), " may not include <", found[1].str(), ">");
        }
    }
    CHECK(files > 50);
}

TEST_CASE("facts have one home: what shows a phrase asks the catalog for it") {
    const std::filesystem::path app = std::filesystem::path(SIPDEX_SOURCE_DIR) / "app";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(app)) {
        if (entry.path().extension() != ".cpp") continue;
        // The simulator may not know the catalog; its few phrases are compared with it in tests/page.
        if (*entry.path().lexically_relative(app).begin() == "simulator") continue;
        std::istringstream lines(content_of(entry.path()));
        for (std::string line; std::getline(lines, line);) {
            if (line.find("//") != std::string::npos) line.resize(line.find("//"));
            for (const char* phrase : {"Busy Here", "Multiple Choices", "Unwanted\"", "Temporarily Unavailable"})
                CHECK_MESSAGE(line.find(phrase) == std::string::npos, entry.path().string(), " holds the phrase ", phrase);
        }
    }
}
