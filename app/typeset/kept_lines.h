// Lines that were set before, so that a text which returns is not shaped again: the cells of a response stand in each of its
// 74 comparisons, and a sheet is tried in several sizes. What was not asked for longest is forgotten first.
#pragma once
#include <string>
#include <unordered_map>

#include "typeset/direction.h"
#include "typeset/typeset.h"

namespace sipdex::typeset {

class KeptLines {
public:
    // Holds between `most` and twice as many.
    explicit KeptLines(std::size_t most) : most_(most) {}

    // All that lines depend on. Where links lead is none of it.
    static std::string key(const document::Text& text, const Marked& marked, const Style& style, double width,
                           std::string_view language);

    const Lines* find(const std::string& key);
    void keep(std::string key, Lines lines);

private:
    using All = std::unordered_map<std::string, Lines>;
    std::size_t most_;
    All young_, old_;
};

}  // namespace sipdex::typeset
