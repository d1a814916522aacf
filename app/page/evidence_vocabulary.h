// What the reader of pasted text and of logs knows by name: header fields, phrases, numbers of producers.
#pragma once
#include "evidence/vocabulary.h"
#include "page/reader.h"

namespace sipdex::page {

evidence::Vocabulary vocabulary_of(const Reader& reader);

}  // namespace sipdex::page
