// Everything that is linked by name: terms, the vocabulary, groups, symptom paths and their indexes.
//
//     early-dialog                       a term
//     header/Retry-After  timer/B        the vocabulary
//     group/not-answered                 codes that answer the same complaint
//     path/busy-at-once                  the first question of a symptom path
//     path/busy-at-once/refused          one of its questions or outcomes
//     path/busy-at-once/tree             all of them
//     pasted/SIP/2.0 603 Network …       a pasted message, read (pasted.h)
//     index/headers  index/paths …       what there is
#pragma once
#include <string>

#include "page/reader.h"

namespace sipdex::page {

document::Document vocabulary_entry(const Reader& reader, const std::string& kind, const std::string& name);
document::Document vocabulary_index(const Reader& reader, const std::string& kind);
std::string title_of_entry(const Reader& reader, const catalog::Entry& entry);  // "21 Call rejected"
// The name of a Q.850 cause in the reader's language, beside the ITU's, which stands in traces: "appel rejeté (Call rejected)".
std::string name_of_cause(const Reader& reader, const std::string& cause, const std::string& itu);

document::Document group(const Reader& reader, const std::string& id);
document::Document group_index(const Reader& reader);

// A question with its answers as links, or an outcome with its candidates. `node` empty: the first question.
document::Document path_node(const Reader& reader, const std::string& path, const std::string& node);
// All its questions and outcomes as a tree: "path/busy-at-once/tree".
document::Document path_tree(const Reader& reader, const std::string& path);
document::Document path_index(const Reader& reader);

document::Document term_index(const Reader& reader);
document::Document index_of_indexes(const Reader& reader);

}  // namespace sipdex::page
