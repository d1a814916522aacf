// The rules by which captures are judged: each has its words, which name nothing but what the rule gives them.
#include <algorithm>
#include <set>

#include "compile/check.h"
#include "language/messages.h"

namespace sipdex::compile {

namespace {

using catalog::FindingRule;
using source::Problems;

void check_arguments(const FindingRule& rule, const Subject& words, Problems& problems) {
    for (const Words& each : words.words) {
        const auto pattern = language::arguments_of(each.value.text);
        if (!pattern.problem.empty())
            problems.add(*each.file, each.value.place, "'" + each.key + "' of '" + rule.id + "' " + pattern.problem);
        for (const auto& one : pattern.arguments)
            if (std::ranges::find(rule.arguments, one.name) == rule.arguments.end())
                problems.add(
                    *each.file, each.value.place,
                    "'" + rule.id + "' gives no {" + one.name + "}" + source::suggestion(one.name, rule.arguments));
    }
}

void check_rule(const Model& model, const Told<FindingRule>& told, const std::vector<std::string>& ids,
                Problems& problems) {
    const FindingRule& rule = told.fact;
    for (const std::string& other : rule.withdrawn_by)
        if (std::ranges::find(ids, other) == ids.end() || other == rule.id)
            problems.add(*told.file, place_of(*told.file, "\"" + other + "\""),
                         "no other rule is called '" + other + "'" + source::suggestion(other, ids));
    if ((rule.who == "nobody") != (rule.severity == "note"))
        problems.add(*told.file, place_of(*told.file, "[" + rule.id + "]"),
                     "'" + rule.id + "': it is nobody's turn after a note, and somebody's after everything else");
    const Subject* words = model.subject("en", "finding/" + rule.id);
    if (!words)
        return problems.add(*told.file, place_of(*told.file, "[" + rule.id + "]"),
                            "i18n/en/findings/" + rule.family + ".toml lacks [" + rule.id + "]");
    need(*words, {"title", "text"}, problems);
    if (rule.severity != "note") need(*words, {"act"}, problems);
    for (const std::string& language : model.languages)
        if (const Subject* translated = model.subject(language, "finding/" + rule.id))
            check_arguments(rule, *translated, problems);
}

}  // namespace

void check_findings(const Model& model, Problems& problems) {
    std::vector<std::string> ids;
    std::set<std::string> seen;
    for (const auto& told : model.finding_rules) {
        ids.push_back(told.fact.id);
        if (!seen.insert(told.fact.id).second)
            problems.add(*told.file, place_of(*told.file, "[" + told.fact.id + "]"),
                         "'" + told.fact.id + "' is there twice");
    }
    for (const auto& told : model.finding_rules) check_rule(model, told, ids, problems);
    for (const auto& [name, subject] : model.words.at("en"))
        if (name.starts_with("finding/") && !seen.contains(name.substr(8)))
            problems.add(
                *subject.file, place_of(*subject.file, "[" + name.substr(8) + "]"),
                "data/findings/ has no rule '" + name.substr(8) + "'" + source::suggestion(name.substr(8), ids));
}

}  // namespace sipdex::compile
