#include <fstream>
#include <map>
#include <sstream>

#include "catalog/writer.h"
#include "compile/compile.h"

namespace sipdex::compile {

std::vector<catalog::Coverage> coverage_of(const Model& model) {
    static const std::map<std::string, std::string> kinds = {
        {"response", "responses"}, {"pair", "pairs"},           {"term", "terms"},      {"exchange", "exchanges"},
        {"group", "groups"},       {"path", "paths"},           {"header", "headers"},  {"method", "methods"},
        {"timer", "timers"},       {"warning", "warnings"},     {"reason", "reasons"},  {"cause", "causes"},
        {"speaker", "speakers"},   {"situation", "situations"}, {"finding", "findings"}};
    std::vector<catalog::Coverage> lines;
    for (const std::string& language : model.languages) {
        std::map<std::string, catalog::Coverage> by_kind;
        for (const auto& [name, english] : model.words.at("en")) {
            catalog::Coverage& line = by_kind[kinds.at(name.substr(0, name.find('/')))];
            const Subject* subject = model.subject(language, name);
            for (const Words& source : english.words) {
                ++line.of;
                const Words* words = subject ? subject->find(source.key) : nullptr;
                if (words && words->outdated) ++line.outdated;
                if (words && !words->outdated) ++line.present;
            }
        }
        catalog::Coverage& interface = by_kind["interface"];
        const auto own = model.interface.find(language);
        for (const auto& [key, message] : model.interface.at("en")) {
            ++interface.of;
            if (own != model.interface.end() && own->second.contains(key)) ++interface.present;
        }
        for (auto& [kind, line] : by_kind) {
            line.language = language;
            line.kind = kind;
            lines.push_back(line);
        }
    }
    return lines;
}

void write(const Model& model, const std::filesystem::path& schema, const std::filesystem::path& file) {
    std::ifstream in(schema, std::ios::binary);
    std::stringstream sql;
    sql << in.rdbuf();
    if (!in) throw std::runtime_error(schema.string() + ": cannot be read");
    catalog::Writer writer(file, sql.str());
    writer.version(model.version);
    for (const std::string& tag : model.languages) writer.language(tag);
    for (const catalog::Coverage& line : coverage_of(model)) writer.coverage(line);
    for (const auto& told : model.responses) writer.response(told.fact);
    for (const auto& told : model.pairs) writer.pair(told.fact);
    for (const auto& told : model.terms) writer.term(told.fact);
    for (const auto& told : model.groups) writer.group(told.fact);
    for (const auto& told : model.paths) writer.path(told.fact);
    for (const auto& told : model.situations) writer.situation(told.fact);
    for (const auto& told : model.speakers) writer.speaker(told.fact);
    int position = 0;
    for (const auto& told : model.entries) writer.entry(told.fact, position++);
    position = 0;
    for (const auto& told : model.finding_rules) writer.finding_rule(told.fact, position++);
    for (const auto& told : model.exchanges) writer.exchange(told.fact);
    for (const auto& [language, subjects] : model.words)
        for (const auto& [name, subject] : subjects) {
            position = 0;
            for (const Words& words : subject.words)
                writer.passage(name, words.key, position++, {{}, words.value.text, language, words.outdated});
        }
    write_index(model, writer);
    writer.finish();
}

}  // namespace sipdex::compile
