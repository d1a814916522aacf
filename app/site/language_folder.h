// One language of the site: its words, whom its pages are written for, and how they are painted.
#pragma once
#include <functional>
#include <string>

#include "language/words.h"
#include "page/reader.h"
#include "paint/options.h"

namespace sipdex::site {

// The words that painters add themselves, in a language.
using PaintWordsOf = std::function<paint::PaintWords(const language::Words&)>;

struct LanguageFolder {
    LanguageFolder(const catalog::Catalog& catalog, const std::string& language, const PaintWordsOf& paint_words)
        : tag(language), words(language), reader{catalog, words} {
        if (paint_words) options.words = paint_words(words);
    }
    LanguageFolder(const LanguageFolder&) = delete;  // `reader` knows `words`
    LanguageFolder& operator=(const LanguageFolder&) = delete;

    std::string tag;
    language::Words words;
    page::Reader reader;
    paint::Options options;

    std::string folder() const { return tag + "/"; }
};

}  // namespace sipdex::site
