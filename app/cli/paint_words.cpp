#include "cli/paint_words.h"

namespace sipdex::cli {

paint::PaintWords paint_words(const language::Words& words) {
    paint::PaintWords out;
    out.page_of = [&words](int page, int pages) { return words.page_of(std::to_string(page), std::to_string(pages)); };
    out.left_out = [&words](int items) { return words.sheet_left_out(items); };
    out.rest = [&words](const std::string& name) { return words.sheet_rest(name); };
    out.time = [&words](std::chrono::microseconds at) {
        return words.seconds_since_start(static_cast<double>(at.count()) / 1e6);
    };
    out.differs = words.differs();
    out.not_translated = words.not_translated();
    out.outdated = words.translation_outdated();
    out.lost = words.message_lost();
    out.repeated = words.message_repeated();
    return out;
}

}  // namespace sipdex::cli
