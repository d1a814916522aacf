// What Cairo leaves to be done on a PDF: its language, the direction of reading, that viewers show its title, and what on a
// page is not part of its text (late/artifacts.h). libqpdf does it, and with it come a dozen libraries that would take longer to
// load than the first page of the window takes to draw: so both stand in a module, sipdex-pdf.so, that waits for the first PDF.
#pragma once
#include <string>

namespace sipdex::paint {

// `drawn`: the octets of a whole PDF. The same ones give the same. Throws std::runtime_error when they are no PDF, or when the
// module is not where it was installed, which the message names.
std::string finished_pdf(const std::string& drawn, const std::string& language, bool right_to_left);

}  // namespace sipdex::paint
