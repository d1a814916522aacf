// Speakers and situations: every code, situation and speaker that is named exists, and each has its words.
#include <algorithm>
#include <set>

#include "compile/check.h"

namespace sipdex::compile {

namespace {

using catalog::Speaker;
using source::Problems;

std::vector<std::string> ids_of(const auto& told) {
    std::vector<std::string> ids;
    for (const auto& each : told) ids.push_back(each.fact.id);
    return ids;
}

std::vector<std::string> ids_of_parts(const auto& parts) {
    std::vector<std::string> ids;
    for (const auto& part : parts) ids.push_back(part.id);
    return ids;
}

void check_known(const std::string& id, const std::vector<std::string>& known, const char* what,
                 const source::File& file, Problems& problems) {
    if (!id.empty() && std::find(known.begin(), known.end(), id) == known.end())
        problems.add(file, place_of(file, "\"" + id + "\""),
                     std::string("no ") + what + " is called '" + id + "'" + source::suggestion(id, known));
}

void check_codes(const Model& model, const std::vector<std::string>& codes, const source::File& file,
                 Problems& problems) {
    for (const std::string& code : codes)
        if (!model.response(code))
            problems.add(file, place_of(file, "\"" + code + "\""), "no response is called '" + code + "'");
}

void check_once(const auto& parts, const source::File& file, Problems& problems) {
    std::set<std::string> seen;
    for (const auto& part : parts)
        if (!seen.insert(part.id).second)
            problems.add(file, place_of(file, "id = \"" + part.id + "\""), "'" + part.id + "' is there twice");
}

void check_speaker(const Model& model, const Told<Speaker>& told, const std::vector<std::string>& speakers,
                   const std::vector<std::string>& situations, Problems& problems) {
    const Speaker& speaker = told.fact;
    const source::File& file = *told.file;
    check_known(speaker.runs_on, speakers, "speaker", file, problems);
    check_once(speaker.signs, file, problems);
    check_once(speaker.phrases, file, problems);
    for (const Speaker::Phrase& phrase : speaker.phrases) {
        check_codes(model, phrase.codes, file, problems);
        check_known(phrase.situation, situations, "situation", file, problems);
    }
    for (const auto* mappings : {&speaker.from_q850, &speaker.to_q850})
        for (const Speaker::Mapping& mapping : *mappings) check_codes(model, {mapping.response}, file, problems);
    for (const Speaker::Failover& row : speaker.failover) check_codes(model, row.responses, file, problems);
    const Subject* words = model.subject("en", "speaker/" + speaker.id);
    if (!words)
        return problems.add(file, {1, 1, 1},
                            "i18n/en/speakers/" + speaker.id + ".toml is missing, which holds its words");
    need(*words, {"summary"}, problems);
    match_ids(*words, "sign", ids_of_parts(speaker.signs), file, problems);
    match_ids(*words, "phrase", ids_of_parts(speaker.phrases), file, problems);
}

}  // namespace

void check_speakers(const Model& model, Problems& problems) {
    const std::vector<std::string> speakers = ids_of(model.speakers), situations = ids_of(model.situations);
    for (const auto& told : model.situations) {
        for (const catalog::Situation::Case& one : told.fact.cases)
            check_codes(model, one.responses, *told.file, problems);
        const Subject* words = model.subject("en", "situation/" + told.fact.id);
        if (!words)
            problems.add(*told.file, place_of(*told.file, "[" + told.fact.id + "]"),
                         "i18n/en/situations.toml lacks [" + told.fact.id + "]");
        else need(*words, {"name", "check", "tell"}, problems);
    }
    for (const auto& told : model.speakers) check_speaker(model, told, speakers, situations, problems);
    for (const auto& [name, subject] : model.words.at("en")) {
        if (name.starts_with("speaker/") &&
            std::find(speakers.begin(), speakers.end(), name.substr(8)) == speakers.end())
            problems.add(*subject.file, {},
                         "data/speakers/" + name.substr(8) + ".toml is missing, which holds the facts for this");
        if (name.starts_with("situation/") &&
            std::find(situations.begin(), situations.end(), name.substr(10)) == situations.end())
            problems.add(*subject.file, place_of(*subject.file, "[" + name.substr(10) + "]"),
                         "data/situations.toml lacks [" + name.substr(10) + "]");
    }
}

}  // namespace sipdex::compile
