// Reads the #include lines of app/ and names any file that crosses a border.
#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "facts/facts.h"
#include "support/text.h"

using namespace sipdex::test;

namespace {

// main, compile → window, cli → site → paint, page → findings, redact → calls, catalog, user, simulator → capture → evidence → recording → sip, typeset, language, source → document, file, facts
// facts/generate is a program of its own, as compile, but runs before all else is built: → source, file
const std::map<std::string, int> layers = {
    {"main", 0},      {"compile", 0},  {"window", 1},    {"cli", 1},       {"site", 2},    {"paint", 3},
    {"page", 3},      {"findings", 4}, {"redact", 4},    {"calls", 5},     {"catalog", 5}, {"user", 5},
    {"simulator", 5}, {"capture", 6},  {"evidence", 7},  {"recording", 8}, {"sip", 9},     {"typeset", 9},
    {"language", 9},  {"source", 9},   {"document", 10}, {"file", 10},     {"facts", 10},  {"facts/generate", 0}};

// The rooms of a folder; "" is what lies in the folder itself: the door, which knows every room but those to its left.
//
// simulator: what_if → door → agents, servers → engine → session → plan
// window: desktop → workbench → views → replay → reading → ladder → kit → accessible; the door to the catalog knows the kit
const std::map<std::string, std::map<std::string, int>> rooms = {
    {"simulator", {{"what_if", 0}, {"", 1}, {"agents", 2}, {"servers", 2}, {"engine", 3}, {"session", 4}, {"plan", 5}}},
    {"window",
     {{"desktop", 0},
      {"workbench", 1},
      {"views", 2},
      {"replay", 3},
      {"reading", 4},
      {"ladder", 5},
      {"", 5},
      {"kit", 6},
      {"accessible", 7}}}};

const std::set<std::string> before_all_else = {"facts/generate", "source", "file"};

bool may_include(const std::map<std::string, int>& ranks, const std::string& from, const std::string& to) {
    const auto here = ranks.find(from), there = ranks.find(to);
    return here != ranks.end() && there != ranks.end() && (from == to || here->second < there->second);
}

// "simulator/agents/call.h" lies in the room "agents" of "simulator".
std::string room_of(const std::string& path) {
    const auto first = path.find('/'), second = path.find('/', first + 1);
    return second == std::string::npos ? std::string() : path.substr(first + 1, second - first - 1);
}
std::string folder_of(const std::string& path) {
    if (path.starts_with("facts/generate/")) return "facts/generate";
    return path.substr(0, path.find('/'));
}

// Packages that have one home.
const std::map<std::string, std::set<std::string>> homes = {{"imgui", {"window"}},
                                                            {"GLFW/", {"window"}},
                                                            {"SQLiteCpp/", {"catalog", "user"}},
                                                            {"sqlite3", {"catalog", "user"}},
                                                            {"pango/", {"typeset"}},
                                                            {"unicode/", {"language"}},
                                                            {"cairo", {"typeset", "paint"}},
                                                            {"toml++", {"source"}},
                                                            {"openssl/", {"sip"}},
                                                            {"qpdf/", {"paint"}},
                                                            {"zlib", {"capture"}},
                                                            {"CLI/", {"cli", "compile"}}};

}  // namespace

TEST_CASE("no layer includes one beside or to the left of it, and packages stay at home") {
    const std::filesystem::path app = std::filesystem::path(SIPDEX_SOURCE_DIR) / "app";
    const std::regex ours("^#include \"([a-z0-9_/]+\\.h)\""), theirs("^#include <([^>]+)>");
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(app)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".h" && extension != ".cpp") continue;
        ++files;
        const std::string file = entry.path().lexically_relative(app).generic_string();
        const std::string layer = file.find('/') == std::string::npos ? "main" : folder_of(file);
        REQUIRE_MESSAGE(layers.contains(layer), "no layer is called ", layer);
        std::istringstream lines(content_of(entry.path()));
        for (std::string line; std::getline(lines, line);) {
            std::smatch found;
            if (std::regex_search(line, found, ours)) {
                const std::string other = found[1].str();
                const bool early = layer != "facts/generate" || before_all_else.contains(folder_of(other));
                CHECK_MESSAGE((early && may_include(layers, layer, folder_of(other))), file, " may not include ",
                              other);
                if (folder_of(other) == layer && rooms.contains(layer))
                    CHECK_MESSAGE(may_include(rooms.at(layer), room_of(file), room_of(other)), file,
                                  " may not include ", other, ", in a room to its left or beside it");
            }
            if (std::regex_search(line, found, theirs))
                for (const auto& [package, homes_of] : homes)
                    if (found[1].str().starts_with(package))
                        CHECK_MESSAGE(homes_of.contains(layer), file, " may not include <", found[1].str(), ">");
        }
    }
    CHECK(files > 50);
}

TEST_CASE("facts have one home: what shows or sends a phrase asks the catalog or facts.h for it") {
    std::vector<std::string> phrases;
    for (int status = 100; status < 700; ++status)
        if (const std::string phrase = sipdex::facts::reason_phrase(status); !phrase.empty())
            // A word by itself may mean something else, as the state of a transaction that is called Trying.
            phrases.push_back(phrase.find(' ') == std::string::npos ? " " + phrase + "\"" : phrase);
    REQUIRE(phrases.size() == 75);
    const std::filesystem::path app = std::filesystem::path(SIPDEX_SOURCE_DIR) / "app";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(app)) {
        if (entry.path().extension() != ".cpp") continue;
        std::istringstream lines(content_of(entry.path()));
        for (std::string line; std::getline(lines, line);) {
            if (line.find("//") != std::string::npos) line.resize(line.find("//"));
            for (const std::string& phrase : phrases)
                CHECK_MESSAGE(line.find(phrase) == std::string::npos, entry.path().string(), " holds the phrase ",
                              phrase);
        }
    }
}
