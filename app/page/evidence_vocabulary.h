// What the reader of pasted text and of logs knows by name: header fields, phrases, numbers of producers.
#pragma once
#include "evidence/vocabulary.h"
#include "page/reader.h"

namespace sipdex::page {

evidence::Vocabulary vocabulary_of(const Reader& reader);

// The texts for people that standards and products have worded, some with gaps (evidence/pattern.h): causes, warnings,
// phrases of products. Whatever else stands in their place somebody has written himself.
std::vector<std::string> published_texts(const catalog::Catalog& catalog);

}  // namespace sipdex::page
