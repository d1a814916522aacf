#include "page/pasted_profile.h"

#include <algorithm>

#include "page/fact_words.h"
#include "sip/reason.h"

namespace sipdex::page {

using document::Text;
using language::Words;

std::vector<Text> told_by_profile(const Reader& reader, const Recognised& who, const evidence::FoundMessage* message) {
    std::vector<Text> told;
    if (!who.profile) return told;
    const std::string& name = who.profile->name;
    told.push_back(sentence(reader, &Words::pasted_profile, name));
    if (!who.own_meaning.empty())
        told.push_back(sentence(reader, &Words::pasted_profile_means, name, who.own_phrase, who.own_meaning));
    if (!message) return told;
    for (const sip::Reason& reason : sip::reasons_of(message->message)) {
        const std::string code =
            reason.is("Q.850") && reason.cause ? own_response_of_cause(reader, who, *reason.cause) : "";
        if (!code.empty())
            told.push_back(sentence(reader, &Words::pasted_profile_cause, name, std::to_string(*reason.cause),
                                    Markup{"[" + code + "]"}));
    }
    return told;
}

std::string own_response_of_cause(const Reader& reader, const Recognised& who, int cause) {
    if (!who.profile) return {};
    for (const user::Profile::Mapping& mapping : who.profile->from_q850)
        if (mapping.cause == cause && reader.catalog.response(std::to_string(mapping.code)))
            return std::to_string(mapping.code);
    return {};
}

void add_verdict_of_profile(const Reader& reader, const Recognised& who, const std::vector<std::string>& codes,
                            document::Document& page) {
    if (!who.profile) return;
    const Words& words = reader.words;
    std::vector<document::FactTable::Row> rows;
    if (!who.own_meaning.empty())
        rows.push_back({document::plain(words.pasted_behind_it()),
                        {sentence(reader, &Words::profile_behind_it, who.own_meaning, who.profile->name)},
                        false});
    if (who.profile->fails_over && !codes.empty()) {
        const bool next =
            std::ranges::find(*who.profile->fails_over, std::stoi(codes.front())) != who.profile->fails_over->end();
        rows.push_back({document::plain(words.glance_next_route()),
                        {sentence(reader, &Words::profile_fails_over, next ? "yes" : "no", who.profile->name)},
                        false});
    }
    if (rows.empty()) return;
    auto& sections = page.sections;
    auto glance = std::ranges::find(sections, "at-a-glance", &document::Section::id);
    if (glance == sections.end())
        glance = sections.insert(sections.begin(),
                                 {"at-a-glance", words.section_at_a_glance(), {document::FactTable{}}, true, false});
    if (auto* table = std::get_if<document::FactTable>(&glance->blocks.front()))
        table->rows.insert(table->rows.begin(), rows.begin(), rows.end());
}

}  // namespace sipdex::page
