// i18n/<tag>/glossary.toml: the terms that are settled in a language, and the words that are not said for them.
//
//     [forking]
//     say = "dupliquer l’appel (forking)"
//     not = ["bifur…"]
//
// Symptoms are free, since customers and logs say what they like; so is what stands on the wire.
#include <algorithm>

#include "compile/compile.h"
#include "language/find_words.h"

namespace sipdex::compile {

namespace {

struct Avoided {
    std::string words;  // "anew"
    std::string say;    // "again, once more"
};

std::vector<Avoided> read_glossary(const std::filesystem::path& repository, const std::string& language, Model& model,
                                   source::Problems& problems) {
    std::vector<Avoided> avoided;
    const auto path = repository / "i18n" / language / "glossary.toml";
    if (!std::filesystem::exists(path)) return avoided;
    if (auto table = open(repository, path, model, problems))
        for (const std::string& id : table->keys())
            if (auto term = table->table(id)) {
                const std::string say = term->text("say");
                for (const std::string& words : term->texts("not")) avoided.push_back({words, say});
                term->done();
            }
    return avoided;
}

// The prose alone, octet for octet in its place: what stands between backticks, and the ids of links, become spaces.
std::string prose_of(std::string text) {
    for (std::size_t tick = text.find('`'); tick != std::string::npos;) {
        const std::size_t end = text.find('`', tick + 1);
        if (end == std::string::npos) break;
        std::fill(text.begin() + static_cast<std::ptrdiff_t>(tick + 1), text.begin() + static_cast<std::ptrdiff_t>(end),
                  '`');
        tick = text.find('`', end + 1);
    }
    for (std::size_t link = text.find("[["); link != std::string::npos; link = text.find("[[", link + 2)) {
        const std::size_t end = text.find_first_of("|]", link + 2);
        if (end == std::string::npos) break;
        std::fill(text.begin() + static_cast<std::ptrdiff_t>(link + 2), text.begin() + static_cast<std::ptrdiff_t>(end),
                  '[');
    }
    return text;
}

void check_text(const source::File& file, const source::Prose& value, const std::vector<Avoided>& avoided,
                source::Problems& problems) {
    const std::string prose = prose_of(value.text);
    for (const Avoided& each : avoided)
        if (const auto at = language::find_words(prose, each.words))
            problems.add(file, source::place_inside(value, *at),
                         "'" + each.words + "' is not said here; the glossary says: " + each.say);
}

}  // namespace

void check_glossaries(const std::filesystem::path& repository, Model& model, source::Problems& problems) {
    for (const std::string& language : model.languages) {
        const std::vector<Avoided> avoided = read_glossary(repository, language, model, problems);
        if (avoided.empty()) continue;
        for (const auto& [name, subject] : model.words.at(language))
            for (const Words& words : subject.words) check_text(*words.file, words.value, avoided, problems);
        const std::string file = "i18n/" + language + "/messages.toml";
        const auto messages = std::ranges::find_if(model.files, [&](const auto& one) { return one->name == file; });
        if (messages == model.files.end()) continue;
        for (const auto& [key, message] : model.interface.at(language))
            check_text(**messages, {message.pattern, message.place}, avoided, problems);
    }
}

}  // namespace sipdex::compile
