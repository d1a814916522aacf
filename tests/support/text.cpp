#include "support/text.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace sipdex::test {

namespace {

std::vector<std::string> lines_of(std::string_view raw) {
    std::vector<std::string> lines;
    std::istringstream in{std::string(raw)};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    if (!lines.empty() && lines.front().find_first_not_of(' ') == std::string::npos) lines.erase(lines.begin());
    if (!lines.empty() && lines.back().find_first_not_of(' ') == std::string::npos) lines.pop_back();
    std::size_t shared = std::string::npos;
    for (const std::string& line : lines)
        if (const auto first = line.find_first_not_of(' '); first != std::string::npos)
            shared = std::min(shared, first);
    for (std::string& line : lines) line = line.size() > shared ? line.substr(shared) : "";
    return lines;
}

std::string joined(const std::vector<std::string>& lines, std::string_view end) {
    std::string text;
    for (const std::string& line : lines) text.append(line).append(end);
    return text;
}

}  // namespace

std::string picture(std::string_view raw) { return joined(lines_of(raw), "\n"); }

std::string on_the_wire(std::string_view raw) { return joined(lines_of(raw), "\r\n"); }

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        FAIL("cannot read ", file.string());
        return {};
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string difference_from_expected(const std::string& name, std::string_view actual) {
    const std::filesystem::path file = std::filesystem::path(SIPDEX_SOURCE_DIR) / "tests/expected" / name;
    if (const char* renew = std::getenv("SIPDEX_RENEW"); renew && std::string_view(renew) == "1") {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << actual;
        return {};
    }
    if (!std::filesystem::exists(file)) return file.string() + " does not exist; SIPDEX_RENEW=1 writes it";
    std::istringstream expected(content_of(file)), got{std::string(actual)};
    std::string want, have;
    for (int line = 1;; ++line) {
        const bool more_want = bool(std::getline(expected, want)), more_have = bool(std::getline(got, have));
        if (!more_want && !more_have) return {};
        if (more_want != more_have || want != have)
            return file.string() + ":" + std::to_string(line) + "\n  expected: " + (more_want ? want : "(end)") +
                   "\n  actual:   " + (more_have ? have : "(end)");
    }
}

std::filesystem::path shared_folder() {
    const auto folder = std::filesystem::path(SIPDEX_SOURCE_DIR).parent_path() / "shared";
    return std::filesystem::exists(folder / "corpus") ? folder : std::filesystem::path{};
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sipdex-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make a temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::write(const std::string& name, std::string_view content) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file;
}

Ran run(const std::string& command) {
    TemporaryFolder folder;
    const auto out = folder.path() / "out", err = folder.path() / "err";
    const std::string whole = "( " + command + " ) >'" + out.string() + "' 2>'" + err.string() + "' </dev/null";
    const int status = std::system(whole.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content_of(out), content_of(err)};
}

bool has_program(const std::string& name) { return run("command -v " + name).code == 0; }

}  // namespace sipdex::test
