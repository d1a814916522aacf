// Putting a site into a folder: over an older export of itself, never over what is somebody else's.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <system_error>

namespace sipdex::site {

// By their paths in the folder: "fr/response/607/index.html".
using Files = std::map<std::string, std::string>;

// Lists what an export has made, so that the next one knows its own.
inline constexpr const char* list_of_files = "sipdex-site.txt";

// Why a folder cannot be written; whoever catches it words it for the reader.
struct Obstacle {
    enum class Why {
        foreign_folder,  // `path` holds something else, `name` for one, and no site
        foreign_file,    // `path` stands where a page is to be, and no export has made it
        unwritable       // `path`, for `error`
    };
    Why why;
    std::filesystem::path path;
    std::string name = {};
    std::error_code error = {};
};

// Makes the folder if there is none. Pages that the older export had and this one has not are removed; what people have
// put beside the site stays. Each file is written whole or not at all. Throws Obstacle; it finds foreign files before it
// has written anything.
void write_folder(const std::filesystem::path& folder, const Files& files);

}  // namespace sipdex::site
