// Small helpers for tests whose input and expected output are text.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace sipdex::test {

// A raw string without its first line break and the indentation that all its lines share.
std::string picture(std::string_view raw);

// Lines joined by CRLF, each ended by it, as SIP wants them; takes what `picture` takes.
std::string on_the_wire(std::string_view raw);

// The content of a file; fails the test, naming the file, where there is none.
std::string content_of(const std::filesystem::path& file);

// Compares with tests/expected/<name>. With SIPDEX_RENEW=1 in the environment it writes the file instead,
// to be read in review. Gives an empty string when they agree, otherwise what differs first.
std::string difference_from_expected(const std::string& name, std::string_view actual);

// ../shared beside the repository, or nothing; tests that need it say 'skipped' without it.
std::filesystem::path shared_folder();

// A fresh folder that is removed with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, std::string_view content) const;

private:
    std::filesystem::path path_;
};

// Runs a shell command; gives what it wrote to stdout and stderr, and its exit code.
struct Ran {
    int code = 0;
    std::string out;
    std::string err;
};
Ran run(const std::string& command);

// Whether a program is on the PATH.
bool has_program(const std::string& name);

}  // namespace sipdex::test
