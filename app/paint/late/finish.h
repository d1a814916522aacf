// The door of the module sipdex-pdf.so.
#pragma once
#include <string>

namespace sipdex::paint {

// Whether it could be done; `result` is the finished PDF, or says why there is none. Nothing is thrown.
using FinishPdf = bool(const std::string& drawn, const std::string& language, bool right_to_left, std::string& result);

inline constexpr const char* finish_pdf_name = "sipdex_finish_pdf";

}  // namespace sipdex::paint
