#include "page/write_problem.h"

#include <cerrno>

namespace sipdex::page {

std::string write_problem_branch(std::error_code error) {
    if (error == std::errc::no_space_on_device || error.value() == EDQUOT) return "no_room";
    if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted) return "not_allowed";
    if (error == std::errc::read_only_file_system) return "read_only";
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) return "no_folder";
    if (error == std::errc::is_a_directory) return "folder";
    if (error == std::errc::filename_too_long) return "name";
    if (error == std::errc::too_many_symbolic_link_levels) return "links";
    if (error == std::errc::broken_pipe) return "reader";
    if (error == std::errc::bad_file_descriptor) return "closed";
    return "other";
}

std::string write_problem(const language::Words& words, const std::filesystem::path& file, std::error_code error) {
    return words.cannot_write(write_problem_branch(error), file.string(), error.message());
}

}  // namespace sipdex::page
