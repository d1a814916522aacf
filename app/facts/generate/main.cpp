// sipdex-facts: writes what the code needs of data/ as C++.
//
//     sipdex-facts REPOSITORY --output facts.cpp
//
// Exit 0 done, 1 problems in the sources or a file that cannot be written, 2 wrong usage.
#include <cstdio>
#include <exception>
#include <fstream>
#include <string_view>

#include "facts/generate/sources.h"
#include "file/write.h"

namespace {

using namespace sipdex;

// A file that would not change keeps its time, so that nothing is built anew.
bool holds(const std::filesystem::path& file, const std::string& text) {
    std::ifstream in(file, std::ios::binary);
    return in && std::string(std::istreambuf_iterator<char>(in), {}) == text;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4 || std::string_view(argv[2]) != "--output") {
        std::fputs("usage: sipdex-facts REPOSITORY --output FILE\n", stderr);
        return 2;
    }
    try {
        const std::filesystem::path repository = std::filesystem::canonical(argv[1]), output = argv[3];
        source::Problems problems;
        const facts::Sources sources = facts::read(repository, problems);
        if (!problems.empty()) {
            std::fputs(problems.printed().c_str(), stderr);
            std::fprintf(stderr, "sipdex-facts: %zu %s found; no file was written\n", problems.size(),
                         problems.size() == 1 ? "problem was" : "problems were");
            return 1;
        }
        const std::string text = facts::written(sources);
        if (holds(output, text)) return 0;
        if (output.has_parent_path()) std::filesystem::create_directories(output.parent_path());
        if (const auto error = file::write(output, text)) {
            std::fprintf(stderr, "sipdex-facts: %s cannot be written: %s\n", output.c_str(), error.message().c_str());
            return 1;
        }
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "sipdex-facts: %s\n", error.what());
        return 1;
    }
}
