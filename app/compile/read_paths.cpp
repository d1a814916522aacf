// data/groups/ and data/paths/: codes that answer the same complaint, and the way from a complaint to codes.
#include <algorithm>

#include "compile/compile.h"

namespace sipdex::compile {

namespace {

using source::Problems;
using source::Table;

std::string stem(const Table& table) { return std::filesystem::path(table.file().name).stem().string(); }

catalog::Group read_group(Table& table) {
    catalog::Group group{stem(table), table.texts("codes"), table.texts("sources")};
    if (group.responses.size() < 3)
        table.problem(table.place_of_key("codes"), "a group holds at least three codes; two are a pair");
    if (group.sources.empty()) table.problem(table.place(), "'sources' is missing");
    table.done();
    return group;
}

catalog::SymptomPath read_path(Table& table) {
    catalog::SymptomPath path{stem(table), table.text("experience"), {}, {}, table.texts("sources")};
    constexpr auto& known = catalog::SymptomPath::experiences;
    if (!path.experience.empty() && std::ranges::find(known, path.experience) == known.end()) {
        std::string all;
        for (const std::string_view one : known) all += (all.empty() ? "\"" : ", \"") + std::string(one) + "\"";
        table.problem("experience", "'experience' is \"" + path.experience + "\", but must be one of " + all);
    }
    if (auto questions = table.table("question"))
        for (const std::string& id : questions->keys())
            if (auto question = questions->table(id)) {
                path.questions.push_back({id, {}});
                for (Table& answer : question->tables("answers")) {
                    path.questions.back().answers.push_back({answer.text("id"), answer.text("to")});
                    answer.done();
                }
                question->done();
            }
    if (auto outcomes = table.table("outcome"))
        for (const std::string& id : outcomes->keys())
            if (auto outcome = outcomes->table(id)) {
                path.outcomes.push_back({id, outcome->texts("codes"), outcome->texts("look_at")});
                outcome->done();
            }
    table.done();
    return path;
}

}  // namespace

void read_paths(const std::filesystem::path& repository, Model& model, Problems& problems) {
    for (const auto& file : toml_files(repository / "data" / "groups"))
        if (auto table = open(repository, file, model, problems))
            model.groups.push_back({read_group(*table), &table->file()});
    for (const auto& file : toml_files(repository / "data" / "paths"))
        if (auto table = open(repository, file, model, problems))
            model.paths.push_back({read_path(*table), &table->file()});
}

}  // namespace sipdex::compile
