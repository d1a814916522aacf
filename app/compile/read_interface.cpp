// i18n/<tag>/messages.toml: the sentences of the interface, checked against English.
#include <algorithm>
#include <cctype>

#include "compile/compile.h"
#include "language/messages.h"

namespace sipdex::compile {

namespace {

bool is_identifier(const std::string& key) {
    return !key.empty() && std::islower(static_cast<unsigned char>(key[0])) != 0 &&
           std::all_of(key.begin(), key.end(),
                       [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '_'; });
}

std::string listed(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all.empty() ? "none" : all;
}

std::string argument_names(const language::PatternArguments& arguments) {
    std::vector<std::string> names;
    for (const auto& one : arguments.arguments) names.push_back(one.name);
    return listed(std::move(names));
}

// What a translation does otherwise than its English source; empty when it takes the same.
std::string difference(const language::PatternArguments& english, const language::PatternArguments& here) {
    const auto wanted = argument_names(english), given = argument_names(here);
    if (wanted != given) return "takes the arguments " + wanted + " in English, here " + given;
    for (const auto& one : english.arguments) {
        const auto same = std::find_if(here.arguments.begin(), here.arguments.end(),
                                       [&](const auto& other) { return other.name == one.name; });
        for (const std::string& branch : same->branches)
            if (std::find(one.branches.begin(), one.branches.end(), branch) == one.branches.end())
                return "has a branch '" + branch + "' of {" + one.name +
                       "} that English has not; branches keep their English names" +
                       source::suggestion(branch, one.branches);
        for (const std::string& branch : one.branches)
            if (std::find(same->branches.begin(), same->branches.end(), branch) == same->branches.end())
                return "lacks the branch '" + branch + "' of {" + one.name + "}; English has " + listed(one.branches);
    }
    return {};
}

}  // namespace

void read_interface(const std::filesystem::path& repository, Model& model, source::Problems& problems) {
    for (const std::string& tag : model.languages) {
        const auto path = repository / "i18n" / tag / "messages.toml";
        if (!std::filesystem::exists(path)) {
            if (tag == "en")
                problems.add({"i18n/en/messages.toml", {}}, {}, "is missing; it holds the sentences of the interface");
            continue;
        }
        auto table = open(repository, path, model, problems);
        if (!table) continue;
        auto& messages = model.interface[tag];
        const auto& english = model.interface["en"];
        std::vector<std::string> known;
        for (const auto& [key, message] : english) known.push_back(key);
        for (const std::string& key : table->keys()) {
            const auto value = table->prose(key);
            if (!value) continue;
            const source::Place at = table->place_of_key(key);
            if (value->text.empty()) {
                if (tag == "en") table->problem(value->place, "'" + key + "' is empty");
                continue;  // waits for its translator
            }
            if (!is_identifier(key))
                table->problem(at, "a message is named in lower case with underscores, not '" + key + "'");
            const auto arguments = language::arguments_of(value->text);
            if (!arguments.problem.empty()) table->problem(value->place, "'" + key + "' " + arguments.problem);
            if (tag != "en") {
                const auto source = english.find(key);
                if (source == english.end())
                    table->problem(at, "English has no message '" + key + "'" + source::suggestion(key, known));
                else if (arguments.problem.empty())
                    if (const std::string other = difference(language::arguments_of(source->second.pattern), arguments);
                        !other.empty())
                        table->problem(value->place, "'" + key + "' " + other);
            }
            messages[key] = {value->text, value->place};
        }
    }
}

}  // namespace sipdex::compile
