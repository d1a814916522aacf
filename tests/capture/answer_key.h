// The tables of the corpus that lies beside the repository: what others counted in each file.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "evidence/vocabulary.h"

namespace sipdex::test {

// Rows of a table of comma-separated values, by the names of its first line.
using Row = std::map<std::string, std::string>;
std::vector<Row> rows_of(const std::string& table);

// "ACK:2 INVITE:2"
template <class Counts>
std::string counted(const Counts& counts) {
    std::string text;
    for (const auto& [what, many] : counts) {
        if (!text.empty()) text += ' ';
        if constexpr (std::is_same_v<std::decay_t<decltype(what)>, std::string>) text += what;
        else text += std::to_string(what);
        text += ':' + std::to_string(many);
    }
    return text;
}

// Header fields and phrases, as the catalog knows them.
evidence::Vocabulary corpus_vocabulary();

}  // namespace sipdex::test
