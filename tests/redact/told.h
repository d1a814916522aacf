// What a capture shows, but for the names: what happens between whom, in what order, and what became of it.
#pragma once
#include <string>

#include "capture/captured.h"

namespace sipdex::test {

// One line for each message, story, link, media flow, error, reset and encrypted connection. Parties are numbered as they
// appear; times count from the first message.
std::string ladder_of(const capture::Captured& captured);

// Redacted with a fixed key, from octets that make one file each.
std::string redacted(const std::vector<std::string>& files, std::uint64_t key = 1);

// Everything of one file, or of several.
capture::Captured captured_from(const std::vector<std::string>& files);

}  // namespace sipdex::test
