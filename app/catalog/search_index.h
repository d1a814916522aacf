// What the search looks at, read from the catalog at the first search and held in memory: the codes, the names, how
// things are shown, and the words of all texts.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/word_index.h"
#include "language/spellings.h"

namespace sipdex::catalog {

struct SearchIndex {
    struct Code {
        std::string id, digits, title;  // "603-network-blocked", "603", "603 Network Blocked"
    };
    struct Name {
        std::string folded, language;  // the language is empty where every one knows the name
        std::string kind, id;
        int weight = 0;
        std::size_t length = 0;  // in characters
    };
    struct Shown {
        std::string title, gloss;
        std::string folded;  // the title
    };
    struct Subject {
        std::string kind, id, language;
    };

    std::vector<Code> codes;  // registered ones first, by code
    std::vector<Name> names;  // by their folded form
    std::map<std::tuple<std::string, std::string, std::string>, Shown, std::less<>> shown;  // by kind, id and language
    std::vector<Subject> subjects;  // by the rows of `words`, which count from 1
    WordIndex words;
    language::Spellings spellings;

    const Code* code(std::string_view id) const;  // nothing when there is none
};

SearchIndex read_search_index(const Catalog::Impl& impl);

}  // namespace sipdex::catalog
