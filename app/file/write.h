// Files are written whole or not at all.
//
// What is to stand in a regular file is written beside it under no name, kept safe on the disk, and only then takes
// the place of what stood there: nobody ever reads half of it, a full disk or a power cut leaves the old file, and of
// several writers at once the last one wins. A link is followed, the mode of the file is kept. A device, a pipe or a
// terminal is written into as it is.
#pragma once
#include <filesystem>
#include <functional>
#include <string_view>
#include <system_error>

namespace sipdex::file {

// Gives no error, or why not: no_space_on_device, permission_denied, is_a_directory, no_such_file_or_directory … A pipe
// whose reader has gone gives broken_pipe. `/dev/stdout`, `/dev/stderr` and `/dev/fd/N` mean the open files of that
// number. The folder must exist. A file that its owner has made read-only is left alone.
std::error_code write(const std::filesystem::path& file, std::string_view octets);

// The same for what does not fit into memory: `content` writes it piece by piece into the open file that it is given, and
// gives back why it could not.
using Content = std::function<std::error_code(int descriptor)>;
std::error_code write_pieces(const std::filesystem::path& file, const Content& content);

// Writes all of it into an open file, however slowly it takes it.
std::error_code write(int descriptor, std::string_view octets);

}  // namespace sipdex::file
