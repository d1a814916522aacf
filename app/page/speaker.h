// The page of a speaker: how it is known, what it means by its words, how it maps causes and codes, what makes it try the
// next route.
#pragma once
#include <string>

#include "page/reader.h"

namespace sipdex::page {

// An unknown id gives a notice.
document::Document speaker(const Reader& reader, const std::string& id);

// All of them by kind, with their first sentence.
document::Document speaker_index(const Reader& reader);

// What products mean by a code: their phrases and what each means there; empty where nobody's are known.
document::FactTable phrases_for(const Reader& reader, const std::string& response);

}  // namespace sipdex::page
