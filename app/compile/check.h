// The checks that look across files, and what they share.
#pragma once
#include <string>
#include <vector>

#include "compile/compile.h"

namespace sipdex::compile {

void check_paths(const Model& model, source::Problems& problems);       // groups and symptom paths
void check_sources(const Model& model, source::Problems& problems);     // RFCs and sections
void check_speakers(const Model& model, source::Problems& problems);    // speakers and situations
void check_findings(const Model& model, source::Problems& problems);    // rules by which captures are judged
void check_exchanges(const Model& model, source::Problems& problems);   // runs each
void check_vocabulary(const Model& model, source::Problems& problems);  // header fields, methods, timers …

// The line of a file on which a text stands: good enough to find a name that the reader did not place.
source::Place place_of(const source::File& file, const std::string& written);

// Adds a problem for each of the keys that the words lack.
void need(const Subject& words, const std::vector<std::string>& keys, source::Problems& problems);

// Every id of the facts has its text, and no text stands for an id that the facts do not know.
void match_ids(const Subject& words, const std::string& group, const std::vector<std::string>& ids,
               const source::File& facts, source::Problems& problems);

}  // namespace sipdex::compile
