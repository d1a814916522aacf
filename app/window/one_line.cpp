#include "window/one_line.h"

#include <algorithm>

#include "paint/characters.h"

namespace sipdex::window {

std::string one_line(std::string words, int columns) {
    words.resize(std::min(words.size(), std::size_t(columns) * 8));         // more octets than so many columns need
    std::replace_if(words.begin(), words.end(), [](char sign) { return sign == '\n' || sign == '\r'; }, ' ');
    return paint::shortened(paint::clean(words), columns);
}

}  // namespace sipdex::window
