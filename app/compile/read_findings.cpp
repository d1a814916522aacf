// data/findings/: the rules by which captures are judged, one file for each family of them.
#include "compile/compile.h"
#include "compile/tokens.h"

namespace sipdex::compile {

namespace {

using catalog::FindingRule;
using source::Table;

FindingRule read_rule(Table& table, const std::string& id, const std::string& family) {
    FindingRule rule;
    rule.id = id;
    rule.family = family;
    rule.severity = table.token("severity", tokens::severity);
    rule.who = table.token("who", tokens::finding_turn);
    rule.source = table.text("source");
    rule.practice = table.flag_or("practice", false);
    rule.arguments = table.texts("arguments");
    rule.withdrawn_by = table.texts("withdrawn_by");
    if (auto thresholds = table.table("thresholds")) {
        for (const std::string& name : thresholds->keys())
            rule.thresholds.push_back({name, static_cast<long>(thresholds->number(name))});
        thresholds->done();
    }
    table.done();
    return rule;
}

}  // namespace

void read_findings(const std::filesystem::path& repository, Model& model, source::Problems& problems) {
    for (const auto& file : toml_files(repository / "data" / "findings"))
        if (auto table = open(repository, file, model, problems)) {
            for (const std::string& id : table->keys())
                if (auto row = table->table(id))
                    model.finding_rules.push_back({read_rule(*row, id, file.stem().string()), &table->file()});
            table->done();
        }
}

}  // namespace sipdex::compile
