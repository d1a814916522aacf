// What is wrong in a text source, and exactly where.
//
//     data/responses/486.toml:2:1: unknown key 'phrse'; did you mean 'phrase'?
//         phrse = "Busy Here"
//         ^~~~~
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::source {

// A file as its author sees it. Lines and columns count from 1; columns are characters, not octets.
struct File {
    std::string name;  // relative to the repository: "data/responses/486.toml"
    std::string text;
};

struct Place {
    std::size_t line = 0;  // 0: the file as a whole
    std::size_t column = 0;
    std::size_t width = 1;  // characters to underline
};

struct Problem {
    std::string file;
    Place place;
    std::string sentence;
    std::string line;  // the line it stands on
};

// Everything that was found, in the order it was found.
class Problems {
public:
    void add(const File& file, Place place, std::string sentence);
    bool empty() const { return all_.empty(); }
    std::size_t size() const { return all_.size(); }
    const std::vector<Problem>& all() const { return all_; }

    // As the author reads it, sorted by file and line.
    std::string printed() const;

private:
    std::vector<Problem> all_;
};

// The candidate nearest to a misspelt word, or nothing when none is near.
std::optional<std::string> nearest(std::string_view written, const std::vector<std::string>& candidates);

// "; did you mean 'phrase'?" when one of the candidates is near enough, otherwise nothing.
std::string suggestion(std::string_view written, const std::vector<std::string>& candidates);

}  // namespace sipdex::source
