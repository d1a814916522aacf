#include "cli/completions.h"

#include "cli/values.h"
#include "language/characters.h"
#include "page/reader.h"

namespace sipdex::cli {

Offers offers(const Session& session) {
    const page::Reader reader = session.reader();
    const catalog::Catalog& catalog = session.catalog;
    Offers all;
    for (const catalog::ListedResponse& response : catalog.responses(session.words.tag()))
        all[value::code].push_back({response.id, response.phrase});
    all[value::phone] = all[value::name] = all[value::exchange] = all[value::code];
    std::vector<Offer>& names = all[value::name];
    for (const char* kind : {"header", "method"})
        for (const std::string& name : catalog.entries(kind))
            names.push_back({name, session.words.vocabulary_kind(kind)});
    for (const std::string& id : catalog.terms()) names.push_back({id, session.words.vocabulary_kind("term")});
    for (const catalog::Speaker& speaker : catalog.speakers()) names.push_back({"speaker/" + speaker.id, speaker.name});
    for (const catalog::ListedExchange& exchange : catalog.listed_exchanges(session.words.tag()))
        all[value::exchange].push_back({exchange.id, document::words_of(page::marked(reader, {exchange.title}))});
    for (const std::string& id : catalog.paths()) {
        const catalog::Prose prose = catalog.prose("path/" + id, session.words.tag());
        all[value::path].push_back({id, document::words_of(page::text_of(reader, prose.find("says")))});
    }
    for (auto& [kind, offered] : all)
        for (Offer& one : offered) one.says = language::clean(one.says);  // a line break would end the offer
    return all;
}

const std::vector<Offer>& offered_for(const OutlinedOption& option, const Offers& offers) {
    static const std::vector<Offer> none;
    if (!option.choices.empty()) return option.choices;
    const auto found = offers.find(option.value);
    return found == offers.end() ? none : found->second;
}

}  // namespace sipdex::cli
