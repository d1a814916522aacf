// Groups and symptom paths: every code exists, every answer leads somewhere, every place is reached, and
// every one of them has its words.
#include <algorithm>
#include <set>

#include "compile/check.h"

namespace sipdex::compile {

namespace {

using source::Problems;

void check_codes(const Model& model, const std::vector<std::string>& codes, const source::File& file,
                 Problems& problems) {
    for (const std::string& code : codes)
        if (!model.response(code)) problems.add(file, place_of(file, code), "no response is called '" + code + "'");
}

void check_group(const Model& model, const Told<catalog::Group>& told, Problems& problems) {
    check_codes(model, told.fact.responses, *told.file, problems);
    const Subject* words = model.subject("en", "group/" + told.fact.id);
    if (!words)
        return problems.add(*told.file, {1, 1, 1},
                            "i18n/en/groups/" + told.fact.id + ".toml is missing, which holds its words");
    need(*words, {"title", "summary"}, problems);
    match_ids(*words, "sign", told.fact.responses, *told.file, problems);
}

// Walks the path from its first question; a way that comes back to itself would ask for ever.
void walk(const catalog::SymptomPath& path, const std::string& at, std::vector<std::string>& way,
          std::set<std::string>& reached, const source::File& file, Problems& problems) {
    if (std::find(way.begin(), way.end(), at) != way.end())
        return problems.add(file, place_of(file, "\"" + at + "\""),
                            "the answers lead round in a circle through '" + at + "'");
    reached.insert(at);
    const auto* question = path.question(at);
    if (!question) return;
    way.push_back(at);
    for (const auto& answer : question->answers)
        if (path.question(answer.to) || path.outcome(answer.to)) walk(path, answer.to, way, reached, file, problems);
    way.pop_back();
}

void check_path(const Model& model, const Told<catalog::SymptomPath>& told, Problems& problems) {
    const catalog::SymptomPath& path = told.fact;
    const source::File& file = *told.file;
    if (path.questions.empty()) return problems.add(file, {1, 1, 1}, "a path needs a first [question.…]");
    std::vector<std::string> places;
    for (const auto& question : path.questions) places.push_back(question.id);
    for (const auto& outcome : path.outcomes) places.push_back(outcome.id);
    std::vector<std::string> wanted = {"says"};
    for (const auto& question : path.questions) {
        wanted.push_back("question." + question.id + ".text");
        if (question.answers.size() < 2)
            problems.add(file, place_of(file, "question." + question.id), "a question needs at least two answers");
        for (const auto& answer : question.answers) {
            wanted.push_back("question." + question.id + ".answer." + answer.id);
            if (std::find(places.begin(), places.end(), answer.to) == places.end())
                problems.add(
                    file, place_of(file, "\"" + answer.to + "\""),
                    "no question or outcome is called '" + answer.to + "'" + source::suggestion(answer.to, places));
        }
    }
    for (const auto& outcome : path.outcomes) {
        check_codes(model, outcome.responses, file, problems);
        for (const char* part : {".text", ".check", ".act"}) wanted.push_back("outcome." + outcome.id + part);
    }
    std::set<std::string> reached;
    std::vector<std::string> way;
    walk(path, path.questions.front().id, way, reached, file, problems);
    for (const std::string& place : places)
        if (!reached.contains(place))
            problems.add(file, place_of(file, "." + place + "]"), "no answer leads to '" + place + "'");

    const Subject* words = model.subject("en", "path/" + path.id);
    if (!words)
        return problems.add(file, {1, 1, 1}, "i18n/en/paths/" + path.id + ".toml is missing, which holds its words");
    need(*words, wanted, problems);
    for (const Words& each : words->words)
        if (std::find(wanted.begin(), wanted.end(), each.key) == wanted.end())
            problems.add(*each.file, each.value.place,
                         file.name + " has no '" + each.key + "'" + source::suggestion(each.key, wanted));
}

}  // namespace

void check_paths(const Model& model, Problems& problems) {
    for (const auto& told : model.groups) check_group(model, told, problems);
    for (const auto& told : model.paths) check_path(model, told, problems);
}

void check_vocabulary(const Model& model, Problems& problems) {
    std::set<std::string> known;
    for (const auto& told : model.entries) known.insert(told.fact.kind + "/" + told.fact.name);
    static const std::set<std::string> kinds = {"header", "method", "timer", "warning", "reason", "cause"};
    for (const auto& [name, words] : model.words.at("en"))
        if (kinds.contains(name.substr(0, name.find('/')))) {
            if (!known.contains(name))
                problems.add(*words.file, place_of(*words.file, name.substr(name.find('/') + 1)),
                             "data/ knows no " + name);
            need(words, {"text"}, problems);
        }
    // A shelf is written whole or not at all.
    for (const auto& told : model.entries) {
        const bool shelf = std::any_of(model.words.at("en").begin(), model.words.at("en").end(),
                                       [&](const auto& each) { return each.first.starts_with(told.fact.kind + "/"); });
        if (shelf && !model.subject("en", told.fact.kind + "/" + told.fact.name))
            problems.add(*told.file, place_of(*told.file, told.fact.name),
                         "i18n/en has no words for " + told.fact.kind + "/" + told.fact.name);
    }
}

}  // namespace sipdex::compile
