#include "typeset/kept_lines.h"

#include <fmt/format.h>
#include <pango/pango-types.h>

#include <iterator>
#include <utility>

namespace sipdex::typeset {

namespace {

// As Pango takes it: widths that were added up in another order are the same.
int in_units(double width) { return static_cast<int>(width * PANGO_SCALE); }

}  // namespace

std::string KeptLines::key(const document::Text& text, const Marked& marked, const Style& style, double width,
                           std::string_view language) {
    std::string key =
        fmt::format("{} {} {} {} {} {} {} {} {}\n", int(style.face), style.size, style.bold, style.line_height,
                    int(style.align), style.most_lines, in_units(width), language, text.language);
    for (std::size_t i = 0; i < text.spans.size(); ++i)
        fmt::format_to(std::back_inserter(key), "{}:{} ", marked.begins[i], int(text.spans[i].style));
    return key + marked.text;
}

const Lines* KeptLines::find(const std::string& key) {
    if (const auto at = young_.find(key); at != young_.end()) return &at->second;
    auto returning = old_.extract(key);
    if (returning.empty()) return nullptr;
    Lines lines = std::move(returning.mapped());
    keep(key, std::move(lines));
    return &young_.find(key)->second;
}

void KeptLines::keep(std::string key, Lines lines) {
    if (young_.size() >= most_) old_ = std::exchange(young_, {});
    young_.insert_or_assign(std::move(key), std::move(lines));
}

}  // namespace sipdex::typeset
