#include "paint/late_function.h"

#include <dlfcn.h>

#include <stdexcept>

namespace sipdex::paint {

namespace {

// Found by the run path of the program.
#ifdef __APPLE__
constexpr const char* folder = "@rpath/";
#else
constexpr const char* folder = "";
#endif

}  // namespace

// Nothing is unloaded: libraries that were started do not all end well.
void* late_function(const std::string& module, const char* name) {
    const std::string file = folder + module + ".so";
    void* const loaded = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    void* const found = loaded ? dlsym(loaded, name) : nullptr;
    if (!found) {
        const char* why = dlerror();
        throw std::runtime_error(
            "This sheet cannot be painted, for a part of Sipdex is missing; install Sipdex anew: " +
            std::string(why ? why : file));
    }
    return found;
}

}  // namespace sipdex::paint
