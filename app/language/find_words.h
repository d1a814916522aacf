// Whether a text says certain words: whole words, whatever their case, with their accents.
//
//     "Who stands in the way", "stands in"   → 4
//     "une bifurcation", "bifur…"            → 4     "…" ends a beginning
#pragma once
#include <optional>
#include <string_view>

namespace sipdex::language {

// The octet at which the words begin; nothing where they are not said. A space in the words is any one space in the text,
// also a no-break space or the end of a line.
std::optional<std::size_t> find_words(std::string_view text, std::string_view words);

}  // namespace sipdex::language
