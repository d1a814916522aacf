// The few words that painters add themselves, in the reader's language.
#pragma once
#include "language/words.h"
#include "paint/options.h"

namespace sipdex::cli {

// `words` must outlive the result.
paint::PaintWords paint_words(const language::Words& words);

}  // namespace sipdex::cli
