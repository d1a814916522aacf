// A path as the reader writes it: "~/traces/office.pcapng", "file:///home/ana/office%20west.pcapng", with spaces around it.
#pragma once
#include <string>
#include <vector>

namespace sipdex::window {

// As the system takes it; empty for nothing but spaces.
std::string own_path(std::string typed);

// What could be meant by the beginning of one: names in its folder that begin so, folders with a slash at their end and
// first, as the reader would write them. Hidden ones only where a dot was typed. At most `most`.
std::vector<std::string> paths_beginning(const std::string& typed, std::size_t most);

}  // namespace sipdex::window
