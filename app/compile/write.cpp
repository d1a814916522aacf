#include <fstream>
#include <map>
#include <sstream>

#include "catalog/writer.h"
#include "compile/compile.h"
#include "document/markup.h"

namespace sipdex::compile {

namespace {

// The words of a text without its markup, for the index.
std::string bare(const std::string& markup) {
    static const document::NameOf itself = [](const document::Target& target) -> std::optional<std::string> {
        if (const auto* response = std::get_if<document::ToResponse>(&target)) return response->id;
        return std::nullopt;
    };
    return document::words_of(document::text_of_markup(markup, itself));
}

std::string text_at(const Subject& subject, const std::string& key) {
    const Words* words = subject.find(key);
    return words ? bare(words->value.text) : std::string();
}

catalog::Indexed entry_for(const std::string& kind, const std::string& id, const std::string& language, const Subject& subject) {
    catalog::Indexed entry{kind, id, language, {}, {}, {}};
    for (const std::string& symptom : subject.symptoms) entry.phrases += symptom + "\n";
    for (const char* key : {"gloss", "summary"}) entry.phrases += text_at(subject, key) + "\n";
    entry.title = text_at(subject, kind == "term" ? "name" : kind == "path" ? "says" : "title");
    for (const Words& words : subject.words) entry.text += bare(words.value.text) + "\n";
    return entry;
}

void write_index(const Model& model, catalog::Writer& writer) {
    for (const auto& told : model.responses) {
        const std::string title = std::to_string(told.fact.code) + " " + told.fact.phrase;
        for (const std::string& language : model.languages) {
            const Subject* subject = model.subject(language, "response/" + told.fact.id);
            if (!subject && language != "en") continue;
            catalog::Indexed entry = subject ? entry_for("response", told.fact.id, language, *subject) : catalog::Indexed{"response", told.fact.id, language, {}, {}, {}};
            entry.title = title;
            writer.index(entry);
        }
    }
    for (const std::string& language : model.languages) {
        for (const auto& told : model.groups)
            if (const Subject* subject = model.subject(language, "group/" + told.fact.id)) writer.index(entry_for("group", told.fact.id, language, *subject));
        for (const auto& told : model.paths)
            if (const Subject* subject = model.subject(language, "path/" + told.fact.id)) writer.index(entry_for("path", told.fact.id, language, *subject));
        for (const auto& told : model.entries)
            if (const Subject* subject = model.subject(language, told.fact.kind + "/" + told.fact.name)) {
                catalog::Indexed entry = entry_for(told.fact.kind, told.fact.name, language, *subject);
                entry.title = told.fact.name + " " + told.fact.title;
                writer.index(entry);
            }
        for (const auto& told : model.terms)
            if (const Subject* subject = model.subject(language, "term/" + told.fact.id)) writer.index(entry_for("term", told.fact.id, language, *subject));
        for (const auto& told : model.speakers)
            if (const Subject* subject = model.subject(language, "speaker/" + told.fact.id)) {
                catalog::Indexed entry = entry_for("speaker", told.fact.id, language, *subject);
                entry.title = told.fact.name;
                writer.index(entry);
            }
        for (const auto& told : model.exchanges)
            if (const Subject* subject = model.subject(language, "exchange/" + told.fact.id); subject && told.fact.id != "common")
                writer.index(entry_for("exchange", told.fact.id, language, *subject));
    }
}

}  // namespace

std::vector<catalog::Coverage> coverage_of(const Model& model) {
    static const std::map<std::string, std::string> kinds = {
        {"response", "responses"}, {"pair", "pairs"}, {"term", "terms"}, {"exchange", "exchanges"}, {"group", "groups"},
        {"path", "paths"}, {"header", "headers"}, {"method", "methods"}, {"timer", "timers"}, {"warning", "warnings"},
        {"reason", "reasons"}, {"cause", "causes"}, {"speaker", "speakers"}, {"situation", "situations"}};
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
    for (const auto& told : model.exchanges) writer.exchange(told.fact);
    for (const auto& [language, subjects] : model.words)
        for (const auto& [name, subject] : subjects) {
            position = 0;
            for (const Words& words : subject.words) writer.passage(name, words.key, position++, {{}, words.value.text, language, words.outdated});
        }
    write_index(model, writer);
    writer.finish();
}

}  // namespace sipdex::compile
