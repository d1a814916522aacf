// The libraries behind the typesetter speak to whoever reads standard error. There a reader of Sipdex finds one sentence of
// ours or nothing; so they are quieted before they begin.
#pragma once
#include <stdexcept>
#include <string>

namespace sipdex::typeset {

// No font at all is installed: nothing can be set.
struct NoFonts : std::runtime_error {
    NoFonts()
        : std::runtime_error("no fonts are installed; install fonts-inter, fonts-jetbrains-mono and fonts-noto-core") {}
};

// Keeps GLib, Pango and fontconfig from writing of their own accord. A typesetter does it as well; a program that starts
// threads calls it before them, for it may set a variable of the environment.
void quiet_libraries();

// Reads the configuration of fonts, once. What is wrong in it is not told by fontconfig: other fonts follow from it, or
// none. Throws NoFonts where there is none.
void start_fonts();

// What fontconfig may be told of the reader's language, by what it would have read itself: "fr-ca" for "fr_CA.UTF-8", and
// "en" for what is no name of a language.
std::string language_for_fonts(const char* locale);

}  // namespace sipdex::typeset
