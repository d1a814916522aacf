// The decisions of parties in words: each one whole message, decision_<id>, in i18n/<tag>/messages.toml.
//
// A message may name {actor}; the details in their order as {first}, {second}, {third}; {rest}, all but the first;
// {all}; and {count}, how many there are. An actor among the details goes by its name.
#include <algorithm>

#include "page/telling.h"

namespace sipdex::page {

namespace {

std::string name_of(const recording::Recording& recording, const std::string& detail) {
    for (const recording::Actor& actor : recording.actors)
        if (actor.id == detail) return actor.name;
    return detail;
}

}  // namespace

document::Text decision_words(const Reader& reader, const recording::Recording& recording,
                              const recording::Decision& decision) {
    std::string key = "decision_" + decision.id;
    std::replace(key.begin(), key.end(), '-', '_');
    if (!reader.words.has(key)) return {};
    std::vector<std::string> details;
    for (const std::string& detail : decision.details) details.push_back(name_of(recording, detail));
    const auto detail = [&](std::size_t i) { return i < details.size() ? details[i] : std::string(); };
    const std::vector<std::string> rest(details.begin() + (details.empty() ? 0 : 1), details.end());
    return sentence(reader, key,
                    {{"actor", recording.actors[decision.actor].name},
                     {"first", detail(0)},
                     {"second", detail(1)},
                     {"third", detail(2)},
                     {"rest", listed(rest)},
                     {"all", listed(details)},
                     {"count", static_cast<long>(details.size())}});
}

}  // namespace sipdex::page
