#include "cli/catalog_file.h"

#ifdef __linux__
#include <sys/auxv.h>
#else
#include <dlfcn.h>
#endif

namespace sipdex::cli {

namespace {

// /proc knows where this program is. Where there is none, the loader knows by which path it was started.
std::filesystem::path program() {
    std::error_code error;
    if (auto file = std::filesystem::read_symlink("/proc/self/exe", error); !error) return file;
#ifdef __linux__
    const auto* started = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
#else
    static const char here = 0;
    Dl_info found{};
    const char* started = dladdr(&here, &found) ? found.dli_fname : nullptr;
#endif
    return started ? std::filesystem::canonical(started, error) : std::filesystem::path();
}

}  // namespace

std::filesystem::path catalog_file(const std::string& named) {
    if (!named.empty()) return named;
    std::error_code error;
    const auto folder = program().parent_path();
    if (const auto built = folder / "catalog.db"; std::filesystem::exists(built, error)) return built;
    return folder.parent_path() / "share" / "sipdex" / "catalog.db";
}

}  // namespace sipdex::cli
