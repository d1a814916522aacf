#include "paint/pdf_finish.h"

#include <stdexcept>

#include "paint/late/finish.h"
#include "paint/late_function.h"

namespace sipdex::paint {

std::string finished_pdf(const std::string& drawn, const std::string& language, bool right_to_left) {
    // Looked for again when it was missing.
    static FinishPdf* const finish = reinterpret_cast<FinishPdf*>(late_function("sipdex-pdf", finish_pdf_name));
    std::string result;
    if (!finish(drawn, language, right_to_left, result)) throw std::runtime_error(result);
    return result;
}

}  // namespace sipdex::paint
