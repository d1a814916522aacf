// i18n/<tag>/stamps.toml: from which English text each translation was made.
//
//     "response/607 summary" = "5d1c9a3e"
#include <map>

#include "compile/compile.h"
#include "file/write.h"

namespace sipdex::compile {

namespace {

// FNV-1a, 32 bits: short, and the same on every machine.
std::string stamp_of(const std::string& text) {
    std::uint32_t hash = 2166136261u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    static constexpr char digits[] = "0123456789abcdef";
    std::string out(8, '0');
    for (std::size_t i = 0; i < 8; ++i) out[7 - i] = digits[hash >> (4 * i) & 15];
    return out;
}

std::map<std::string, std::string> read_stamps(const std::filesystem::path& repository, const std::string& language,
                                               source::Problems& problems) {
    std::map<std::string, std::string> stamps;
    const auto path = repository / "i18n" / language / "stamps.toml";
    if (!std::filesystem::exists(path)) return stamps;
    Model keeper;
    if (auto table = open(repository, path, keeper, problems))
        for (const std::string& key : table->keys())
            if (auto value = table->prose(key)) stamps[key] = value->text;
    return stamps;
}

}  // namespace

void mark_outdated(const std::filesystem::path& repository, Model& model, source::Problems& problems) {
    for (auto& [language, subjects] : model.words) {
        if (language == "en") continue;
        const auto stamps = read_stamps(repository, language, problems);
        for (auto& [name, subject] : subjects)
            for (Words& words : subject.words) {
                const Subject* english = model.subject("en", name);
                const Words* source = english ? english->find(words.key) : nullptr;
                const auto stamp = stamps.find(name + " " + words.key);
                words.outdated = source && stamp != stamps.end() && stamp->second != stamp_of(source->value.text);
            }
    }
}

void write_stamps(const std::filesystem::path& repository, const Model& model, const std::string& language,
                  bool renew) {
    source::Problems ignored;
    const auto old = read_stamps(repository, language, ignored);
    std::string out = "# From which English text each translation was made; written by `sipdex-catalog stamp`.\n";
    for (const auto& [name, subject] : model.words.at(language))
        for (const Words& words : subject.words) {
            const Subject* english = model.subject("en", name);
            const Words* source = english ? english->find(words.key) : nullptr;
            if (!source) continue;
            const std::string key = name + " " + words.key;
            const auto known = old.find(key);
            const std::string stamp = known != old.end() && !renew ? known->second : stamp_of(source->value.text);
            out += "\"" + key + "\" = \"" + stamp + "\"\n";
        }
    const std::filesystem::path path = repository / "i18n" / language / "stamps.toml";
    if (const auto error = file::write(path, out))
        throw std::runtime_error(path.string() + " cannot be written: " + error.message());
}

}  // namespace sipdex::compile
