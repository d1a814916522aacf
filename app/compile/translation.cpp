// What is still to be translated, and the files in which a new language begins.
#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

#include "compile/compile.h"
#include "file/write.h"

namespace sipdex::compile {

namespace {

// Names, codes and pairs of words may be the same in two languages; a sentence is not.
bool is_a_sentence(const std::string& text) {
    std::size_t words = 0;
    bool in_word = false;
    for (const char c : text) {
        const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
        words += letter && !in_word;
        in_word = letter;
    }
    return words >= 3;
}

bool is_plain(const std::string& pattern) { return pattern.find('{') == std::string::npos; }

std::string first_line(const std::string& text) {
    const std::size_t begin = text.find_first_not_of('\n');
    if (begin == std::string::npos) return {};
    const std::size_t end = text.find('\n', begin);
    return text.substr(begin, end - begin) + (end != std::string::npos && end + 1 < text.size() ? " …" : "");
}

std::string waiting(const source::File& english, source::Place place, const std::string& key, const std::string& state,
                    const std::string& text) {
    return english.name + ":" + std::to_string(place.line) + ": " + key + ": " + state + ": " + first_line(text) + "\n";
}

// A file of words with nothing in it yet: its tables and ids, and the English above each empty text.
std::string to_be_filled(const std::string& english) {
    std::istringstream in(english);
    std::string out, line, key;
    bool in_text = false, in_list = false;
    const auto comment = [&](const std::string& words) { out += words.empty() ? "#\n" : "# " + words + "\n"; };
    while (std::getline(in, line)) {
        if (in_text) {
            const std::size_t end = line.find("\"\"\"");
            in_text = end == std::string::npos;
            if (in_text || end > 0) comment(line.substr(0, end));
            if (!in_text) out += key + " = \"\"\n";
            continue;
        }
        if (in_list) {
            in_list = line.find(']') == std::string::npos;
            comment(line);
            continue;
        }
        const std::size_t equals = line.find(" = ");
        if (line.empty() || line[0] == '#' || line[0] == '[' || equals == std::string::npos) {
            out += line + "\n";
            continue;
        }
        key = line.substr(0, equals);
        const std::string value = line.substr(equals + 3);
        if (value.starts_with('[')) {
            in_list = value.find(']') == std::string::npos;
            comment("English: " + value);
            out += key + " = []\n";
        } else if (value.starts_with("\"\"\"")) {
            in_text = value.find("\"\"\"", 3) == std::string::npos;
            comment("English:" + (value.size() > 3 ? " " + value.substr(3) : std::string()));
            if (!in_text) out += key + " = \"\"\n";
        } else {
            comment("English: " + value);
            out += key + " = \"\"\n";
        }
    }
    return out;
}

}  // namespace

void set_aside_english(Model& model) {
    for (auto& [language, subjects] : model.words) {
        if (language == "en") continue;
        for (auto& [name, subject] : subjects)
            std::erase_if(subject.words, [&, &name = name](const Words& words) {
                const Subject* english = model.subject("en", name);
                const Words* source = english ? english->find(words.key) : nullptr;
                return source && source->value.text == words.value.text && is_a_sentence(words.value.text);
            });
    }
    for (auto& [language, messages] : model.interface) {
        if (language == "en") continue;
        std::erase_if(messages, [&](const auto& one) {
            const auto source = model.interface["en"].find(one.first);
            return source != model.interface["en"].end() && source->second.pattern == one.second.pattern &&
                   is_plain(one.second.pattern) && is_a_sentence(one.second.pattern);
        });
    }
}

std::string still_to_translate(const Model& model, const std::string& language) {
    std::string list;
    const auto english_messages = model.interface.find("en"), messages = model.interface.find(language);
    if (english_messages != model.interface.end())
        for (const auto& [key, message] : english_messages->second)
            if (messages == model.interface.end() || !messages->second.contains(key))
                list += waiting({"i18n/en/messages.toml", {}}, message.place, key, "missing", message.pattern);
    for (const auto& [name, english] : model.words.at("en"))
        for (const Words& source : english.words) {
            const Subject* subject = model.subject(language, name);
            const Words* words = subject ? subject->find(source.key) : nullptr;
            if (!words || words->outdated)
                list += waiting(*source.file, source.value.place, source.key, words ? "outdated" : "missing",
                                source.value.text);
        }
    return list;
}

std::vector<std::string> begin_language(const std::filesystem::path& repository, const std::string& language) {
    const auto english = repository / "i18n" / "en", folder = repository / "i18n" / language;
    std::vector<std::string> written;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(english)) {
        if (entry.path().extension() != ".toml" || entry.path().filename() == "glossary.toml")
            continue;  // each language has its own terms
        const auto target = folder / entry.path().lexically_relative(english);
        if (std::filesystem::exists(target)) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(in), {});
        std::filesystem::create_directories(target.parent_path());
        if (const auto error = file::write(target, to_be_filled(text)))
            throw std::runtime_error(target.string() + " cannot be written: " + error.message());
        written.push_back(target.lexically_relative(repository).generic_string());
    }
    std::sort(written.begin(), written.end());
    return written;
}

}  // namespace sipdex::compile
