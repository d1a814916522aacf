#include "paint/pdf_finish.h"

#include <dlfcn.h>

#include <stdexcept>

#include "paint/late/finish.h"

namespace sipdex::paint {

namespace {

// Found by the run path of the program.
#ifdef __APPLE__
constexpr const char* module_name = "@rpath/sipdex-pdf.so";
#else
constexpr const char* module_name = "sipdex-pdf.so";
#endif

// Stays loaded: libraries that were started do not all end well.
FinishPdf* load() {
    void* const module = dlopen(module_name, RTLD_NOW | RTLD_LOCAL);
    void* const found = module ? dlsym(module, finish_pdf_name) : nullptr;
    if (!found) {
        const char* why = dlerror();
        throw std::runtime_error("No PDF can be written, for a part of Sipdex is missing; install Sipdex anew: " +
                                 std::string(why ? why : module_name));
    }
    return reinterpret_cast<FinishPdf*>(found);
}

}  // namespace

std::string finished_pdf(const std::string& drawn, const std::string& language, bool right_to_left) {
    static FinishPdf* const finish = load();  // tried again when it threw
    std::string result;
    if (!finish(drawn, language, right_to_left, result)) throw std::runtime_error(result);
    return result;
}

}  // namespace sipdex::paint
