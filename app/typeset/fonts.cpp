#include "typeset/fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <mutex>
#include <string_view>

#include "typeset/silence.h"

namespace sipdex::typeset {

namespace {

// A message that ends the program is still told, for then nothing of ours follows.
void hear(const gchar* domain, GLogLevelFlags level, const gchar* message, gpointer data) {
    if (level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR)) g_log_default_handler(domain, level, message, data);
}

GLogWriterOutput hear_fields(GLogLevelFlags level, const GLogField* fields, gsize count, gpointer data) {
    return level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR) ? g_log_writer_default(level, fields, count, data)
                                                          : G_LOG_WRITER_HANDLED;
}

bool are_letters(std::string_view word) {
    return std::all_of(word.begin(), word.end(),
                       [](unsigned char letter) { return std::isalpha(letter) != 0 && letter < 0x80; });
}

}  // namespace

std::string language_for_fonts(const char* locale) {
    std::string_view name(locale ? locale : "");
    name = name.substr(0, name.find_first_of(".@"));
    const std::size_t cut = name.find_first_of("_-");
    const std::string_view language = name.substr(0, cut);
    if (language.size() < 2 || language.size() > 3 || !are_letters(language)) return "en";
    std::string tag(language);
    // Of a script or a variant between the two fontconfig knows nothing.
    const std::string_view rest =
        cut == std::string_view::npos ? std::string_view() : name.substr(name.find_last_of("_-") + 1);
    if (rest.size() == 2 && are_letters(rest)) tag.append("-").append(rest);
    std::transform(tag.begin(), tag.end(), tag.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return tag;
}

void quiet_libraries() {
    static std::once_flag once;
    std::call_once(once, [] {
        g_log_set_default_handler(hear, nullptr);
        g_log_set_writer_func(hear_fields, nullptr, nullptr);
        // The order in which fontconfig asks. FC_LANG comes first, so that it never sees, nor repeats, what is malformed.
        for (const char* name : {"FC_LANG", "LC_ALL", "LC_CTYPE", "LANG"})
            if (const char* value = std::getenv(name); value && *value && std::string_view(value) != "UTF-8") {
                setenv("FC_LANG", language_for_fonts(value).c_str(), 1);
                return;
            }
    });
}

void start_fonts() {
    quiet_libraries();
    static std::once_flag once;
    std::call_once(once, [] {
        const Silence silence;
        FcInit();
    });
    // Pango lists its generic families whether there are fonts behind them or not, and draws boxes.
    const auto none = [](FcSetName set) {
        const FcFontSet* fonts = FcConfigGetFonts(nullptr, set);
        return !fonts || fonts->nfont == 0;
    };
    if (none(FcSetSystem) && none(FcSetApplication)) throw NoFonts();
}

}  // namespace sipdex::typeset
