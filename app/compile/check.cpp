// What no file can see alone: that the ids named exist, and that every fact has its words.
#include <algorithm>
#include <set>

#include "compile/check.h"
#include "document/markup.h"

namespace sipdex::compile {

source::Place place_of(const source::File& file, const std::string& written) {
    const std::size_t at = file.text.find(written);
    if (at == std::string::npos) return {1, 1, 1};
    const std::size_t start = file.text.rfind('\n', at);
    return {static_cast<std::size_t>(
                std::count(file.text.begin(), file.text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
                1,
            at - (start == std::string::npos ? 0 : start + 1) + 1, written.size()};
}

void match_ids(const Subject& words, const std::string& group, const std::vector<std::string>& ids,
               const source::File& facts, source::Problems& problems) {
    for (const std::string& id : ids)
        if (!words.find(group + "." + id))
            problems.add(*words.file, {},
                         "[" + group + "] lacks a text for '" + id + "', which " + facts.name + " names");
    for (const Words& each : words.words)
        if (each.key.starts_with(group + "."))
            if (const std::string id = each.key.substr(group.size() + 1);
                std::find(ids.begin(), ids.end(), id) == ids.end())
                problems.add(*words.file, each.value.place,
                             facts.name + " has no " + group + " '" + id + "'" + source::suggestion(id, ids));
}

void need(const Subject& words, const std::vector<std::string>& keys, source::Problems& problems) {
    for (const std::string& key : keys)
        if (!words.find(key)) problems.add(*words.file, {}, "'" + key + "' is missing");
}

namespace {

using source::Place;
using source::Problems;

std::vector<std::string> response_ids(const Model& model) {
    std::vector<std::string> ids;
    for (const auto& told : model.responses) ids.push_back(told.fact.id);
    return ids;
}

std::vector<std::string> term_ids(const Model& model) {
    std::vector<std::string> ids;
    for (const auto& told : model.terms) ids.push_back(told.fact.id);
    return ids;
}

bool contains(const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

void check_references(const Model& model, Problems& problems) {
    const auto responses = response_ids(model), terms = term_ids(model);
    std::set<std::string> seen;
    for (const auto& told : model.responses)
        for (const std::string& id : told.fact.related)
            if (!contains(responses, id) || id == told.fact.id) {
                const std::size_t list = told.file->text.find("related");
                Place place =
                    place_of(*told.file, told.file->text.find(id, list) == std::string::npos ? "related" : id);
                place.line = std::max(place.line, place_of(*told.file, "related").line);
                problems.add(*told.file, place,
                             "no other response is called '" + id + "'" +
                                 (id == told.fact.id ? "" : source::suggestion(id, responses)));
            }
    for (const auto& told : model.pairs)
        for (const std::string& id : told.fact.ids)
            if (!contains(responses, id))
                problems.add(*told.file, place_of(*told.file, "codes"), "no response is called '" + id + "'");
    for (const auto& told : model.terms)
        for (const std::string& id : told.fact.see)
            if (!contains(terms, id))
                problems.add(*told.file, place_of(*told.file, "\"" + id + "\""),
                             "no term is called '" + id + "'" + source::suggestion(id, terms));
    for (const auto& told : model.exchanges)
        for (const std::string& id : told.fact.shows)
            if (!contains(responses, id))
                problems.add(*told.file, place_of(*told.file, "shows"), "no response is called '" + id + "'");
}

void check_markup(const Model& model, Problems& problems) {
    const auto responses = response_ids(model), terms = term_ids(model);
    const document::NameOf name_of = [&](const document::Target& target) -> std::optional<std::string> {
        if (const auto* response = std::get_if<document::ToResponse>(&target);
            response && contains(responses, response->id))
            return response->id;
        if (const auto* term = std::get_if<document::ToTerm>(&target); term && contains(terms, term->id))
            return term->id;
        return std::nullopt;
    };
    for (const auto& [language, subjects] : model.words)
        for (const auto& [name, subject] : subjects)
            for (const Words& words : subject.words)
                for (const auto& problem : document::parse_markup(words.value.text, name_of).problems)
                    problems.add(*words.file, source::place_inside(words.value, problem.offset), problem.sentence);
}

void check_response_words(const Model& model, Problems& problems) {
    for (const auto& told : model.responses) {
        const catalog::Response& r = told.fact;
        const Subject* words = model.subject("en", "response/" + r.id);
        if (!words) {
            if (!r.causes.empty() || !r.steps.empty())
                problems.add(*told.file, place_of(*told.file, r.causes.empty() ? "[[step]]" : "[[cause]]"),
                             "i18n/en/responses/" + r.id + ".toml is missing, which holds the words for this");
            continue;
        }
        need(*words, {"gloss", "summary", "description", "produced", "notices", "tell", "escalate"}, problems);
        std::vector<std::string> causes, steps, headers;
        for (const auto& cause : r.causes) causes.push_back(cause.id);
        for (const auto& step : r.steps) steps.push_back(step.id);
        for (const auto& header : r.headers) headers.push_back(header.name);
        match_ids(*words, "cause", causes, *told.file, problems);
        match_ids(*words, "step", steps, *told.file, problems);
        match_ids(*words, "header", headers, *told.file, problems);
        static const std::vector<std::string> facts = {"methods", "dialog", "retry", "proxy", "failover"};
        for (const Words& each : words->words)
            if (each.key.starts_with("fact.") && !contains(facts, each.key.substr(5)))
                problems.add(
                    *each.file, each.value.place,
                    "there is no fact '" + each.key.substr(5) + "'" + source::suggestion(each.key.substr(5), facts));
    }
    for (const auto& [name, subject] : model.words.at("en"))
        if (name.starts_with("response/") && !model.response(name.substr(9)))
            problems.add(*subject.file, {},
                         "data/responses/" + name.substr(9) + ".toml is missing, which holds the facts for this");
}

void check_pair_words(const Model& model, Problems& problems) {
    for (const auto& told : model.pairs) {
        const std::string name = told.fact.ids[0] + "-" + told.fact.ids[1];
        const Subject* words = model.subject("en", "pair/" + name);
        if (!words) {
            problems.add(*told.file, {1, 1, 1},
                         "i18n/en/pairs/" + name + ".toml is missing, which holds the words for this pair");
            continue;
        }
        need(*words, {"summary", "when." + told.fact.ids[0], "when." + told.fact.ids[1]}, problems);
        std::set<std::string> differences;
        for (const Words& each : words->words)
            if (each.key.starts_with("difference.")) differences.insert(each.key.substr(0, each.key.rfind('.')));
        if (differences.empty()) problems.add(*words->file, {}, "a curated pair needs at least one [difference.…]");
        for (const std::string& difference : differences)
            need(*words,
                 {difference + ".aspect", difference + "." + told.fact.ids[0], difference + "." + told.fact.ids[1]},
                 problems);
        const std::vector<std::string> said = {"aspect", told.fact.ids[0], told.fact.ids[1]};
        for (const Words& each : words->words) {
            const std::string key = each.key.substr(each.key.rfind('.') + 1);
            if (each.key.starts_with("difference.") && !contains(said, key))
                problems.add(*each.file, each.value.place,
                             "a difference of this pair has no '" + key + "'" + source::suggestion(key, said));
        }
    }
    std::vector<std::string> pairs;
    for (const auto& told : model.pairs) pairs.push_back(told.fact.ids[0] + "-" + told.fact.ids[1]);
    for (const auto& [name, subject] : model.words.at("en"))
        if (name.starts_with("pair/") && !contains(pairs, name.substr(5)))
            problems.add(*subject.file, {},
                         "data/pairs/" + name.substr(5) + ".toml is missing, which holds the facts for this");
}

void check_other_words(const Model& model, Problems& problems) {
    for (const auto& told : model.terms) {
        const Subject* words = model.subject("en", "term/" + told.fact.id);
        if (!words)
            problems.add(*told.file, place_of(*told.file, "[" + told.fact.id + "]"),
                         "i18n/en/terms.toml lacks [" + told.fact.id + "]");
        else need(*words, {"name", "text"}, problems);
    }
    for (const auto& told : model.exchanges) {
        const Subject* words = model.subject("en", "exchange/" + told.fact.id);
        if (!words)
            problems.add(*told.file, {1, 1, 1},
                         "i18n/en/exchanges/" + told.fact.id + ".toml is missing, which tells its story");
        else if (told.fact.id != "common") need(*words, {"title", "story"}, problems);
    }
}

// A step is known by its id alone: one that is named like a common step lends its words to every message that only the
// common one fits.
void check_step_names(const Model& model, Problems& problems) {
    const Subject* common = model.subject("en", "exchange/common");
    if (!common) return;
    std::vector<std::string> taken;
    for (const Words& each : common->words) taken.push_back(each.key);
    for (const auto& [name, subject] : model.words.at("en")) {
        if (!name.starts_with("exchange/") || &subject == common) continue;
        for (const Words& each : subject.words)
            if (each.key.starts_with("step.") && each.key.ends_with(".what") && contains(taken, each.key))
                problems.add(*each.file, each.value.place,
                             "exchanges/common.toml has a step '" + each.key.substr(5, each.key.size() - 10) +
                                 "', too; give this one an id of its own");
    }
}

// A translation holds what English holds, or less.
void check_translations(const Model& model, Problems& problems) {
    for (const auto& [language, subjects] : model.words) {
        if (language == "en") continue;
        for (const auto& [name, subject] : subjects) {
            const Subject* english = model.subject("en", name);
            if (!english) {
                problems.add(*subject.file, {}, "there are no English words for " + name);
                continue;
            }
            std::vector<std::string> keys;
            for (const Words& each : english->words) keys.push_back(each.key);
            for (const Words& each : subject.words)
                if (!contains(keys, each.key))
                    problems.add(*each.file, each.value.place,
                                 "English has no text '" + each.key + "'" + source::suggestion(each.key, keys));
        }
    }
}

}  // namespace

void check(const Model& model, Problems& problems) {
    if (!model.words.contains("en")) {
        problems.add({"i18n/en", {}}, {}, "is missing; English is the source of every other language");
        return;
    }
    check_references(model, problems);
    check_sources(model, problems);
    check_markup(model, problems);
    check_response_words(model, problems);
    check_pair_words(model, problems);
    check_other_words(model, problems);
    check_step_names(model, problems);
    check_paths(model, problems);
    check_vocabulary(model, problems);
    check_speakers(model, problems);
    check_findings(model, problems);
    check_exchanges(model, problems);
    check_translations(model, problems);
}

}  // namespace sipdex::compile
