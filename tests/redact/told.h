// What a capture shows, but for the names: what happens between whom, in what order, and what became of it.
#pragma once
#include <string>
#include <vector>

#include "capture/captured.h"

namespace sipdex::test {

// One line for each message, story, link, media flow, error, reset and encrypted connection. Parties are numbered as they
// appear; times count from the first message.
std::string ladder_of(const capture::Captured& captured);

// "fault ack-lost 4 6 7 8 Via count 3", a line for each finding, with those of its values that are numbers.
std::string findings_of(const capture::Captured& captured);

// What the catalog knows of texts for people.
const std::vector<std::string>& published_texts();

// Redacted with a fixed key, from octets that make one file each.
std::string redacted(const std::vector<std::string>& files, std::uint64_t key = 1);

// Everything of several files.
capture::Captured captured_from(const std::vector<std::string>& files);
std::string redacted(const capture::Captured& captured, const std::vector<std::string>& files, std::uint64_t key = 1);

}  // namespace sipdex::test
