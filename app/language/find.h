// Finding in a text as a reader does: "occupe" finds "Occupé". By the primary weights of the language's collation.
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace sipdex::language {

class Finder {
public:
    struct Match {
        std::size_t first = 0, last = 0;  // octets, the last excluded
    };

    // `tag` is a BCP 47 tag.
    Finder(std::string_view wanted, std::string_view tag);
    ~Finder();
    Finder(Finder&&) noexcept;
    Finder& operator=(Finder&&) noexcept;

    // In order, none over another. Octets that are not UTF-8 match nothing.
    std::vector<Match> in(std::string_view text) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sipdex::language
