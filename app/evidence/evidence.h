// Reads what people paste: a message, a log with many of them, half a message, a line that names a response.
#pragma once
#include <cstddef>
#include <string_view>

#include "evidence/found.h"
#include "evidence/vocabulary.h"

namespace sipdex::evidence {

// So much of a text is read; Found::stopped_early says that there was more.
inline constexpr std::size_t most_octets = 1 << 20;

Found read(std::string_view text, const Vocabulary& vocabulary);

}  // namespace sipdex::evidence
