// words.h: one member function for each message of the interface.
#include <fstream>
#include <sstream>

#include "compile/compile.h"
#include "file/write.h"
#include "language/messages.h"

namespace sipdex::compile {

namespace {

std::string literal(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return out + "\"";
}

const char* type_of(language::PatternArguments::Kind kind) {
    switch (kind) {
        case language::PatternArguments::Kind::count: return "long ";
        case language::PatternArguments::Kind::decimal: return "double ";
        case language::PatternArguments::Kind::text: break;
    }
    return "const std::string& ";
}

std::string member(const std::string& key, const std::string& pattern) {
    std::string parameters, arguments;
    for (const auto& one : language::arguments_of(pattern).arguments) {
        parameters += (parameters.empty() ? "" : ", ") + std::string(type_of(one.kind)) + one.name;
        arguments += (arguments.empty() ? "" : ", ") + std::string("{\"") + one.name + "\", " + one.name + "}";
    }
    // Its words stay out of the header: a sentence worded anew need not build the program anew.
    return "    std::string " + key + "(" + parameters + ") const { return Messages::sentence(\"" + key + "\"" +
           (arguments.empty() ? "" : ", {" + arguments + "}") + "); }\n";
}

void put(const std::filesystem::path& path, const std::string& content) {
    std::ifstream in(path, std::ios::binary);
    if (in && std::string(std::istreambuf_iterator<char>(in), {}) == content) return;
    std::filesystem::create_directories(path.parent_path());
    if (const auto error = file::write(path, content))
        throw std::runtime_error(path.string() + " cannot be written: " + error.message());
}

}  // namespace

void write_words(const Model& model, const std::filesystem::path& folder) {
    std::string header =
        "// The sentences of the interface; generated from i18n/en/messages.toml, do not edit.\n"
        "#pragma once\n#include <string>\n#include <vector>\n\n#include \"language/messages.h\"\n\nnamespace "
        "sipdex::language {\n\n"
        "class Words : public Messages {\npublic:\n"
        "    // `tag` is one of interface_languages(); any other speaks English.\n"
        "    explicit Words(const std::string& tag);\n"
        "    // A language that is not among them; what its patterns lack is said in English.\n"
        "    Words(std::string tag, const std::vector<Pattern>& patterns);\n\n";
    for (const auto& [key, message] : model.interface.at("en")) header += member(key, message.pattern);
    header +=
        "};\n\n// The languages that have messages of their own, English first.\nconst std::vector<std::string>& "
        "interface_languages();\n\n}  // namespace sipdex::language\n";

    std::string source =
        "// Generated from i18n/*/messages.toml, do not edit.\n#include \"language/words.h\"\n\n#include "
        "<map>\n\nnamespace sipdex::language {\n\nnamespace {\n\n"
        "const std::map<std::string, std::vector<Pattern>>& tables() {\n    static const std::map<std::string, "
        "std::vector<Pattern>> all = {\n";
    std::string tags;
    for (const std::string& tag : model.languages) {
        const auto messages = model.interface.find(tag);
        if (messages == model.interface.end()) continue;
        tags += (tags.empty() ? "" : ", ") + literal(tag);
        source += "        {" + literal(tag) + ", {\n";
        for (const auto& [key, message] : messages->second)
            source += "            {" + literal(key) + ", " + literal(message.pattern) + "},\n";
        source += "        }},\n";
    }
    source +=
        "    };\n    return all;\n}\n\nconst std::vector<Pattern>& table(const std::string& tag) {\n    const auto "
        "found = tables().find(tag);\n"
        "    return (found == tables().end() ? tables().find(\"en\") : found)->second;\n}\n\n}  // namespace\n\n"
        "Words::Words(const std::string& tag) : Messages(tag, table(tag), table(\"en\")) {}\n\n"
        "Words::Words(std::string tag, const std::vector<Pattern>& patterns) : Messages(std::move(tag), patterns, "
        "table(\"en\")) {}\n\n"
        "const std::vector<std::string>& interface_languages() {\n    static const std::vector<std::string> tags = {" +
        tags + "};\n    return tags;\n}\n\n}  // namespace sipdex::language\n";
    put(folder / "words.h", header);
    put(folder / "words.cpp", source);
}

}  // namespace sipdex::compile
