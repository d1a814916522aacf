#include "page/lookup.h"

#include <algorithm>

#include "language/fold.h"
#include "page/fact_words.h"
#include "page/pages.h"

namespace sipdex::page {

namespace {

document::Document page_of(const Reader& reader, const document::Target& target) {
    if (const auto* to = std::get_if<document::ToResponse>(&target)) return response(reader, to->id);
    if (const auto* to = std::get_if<document::ToTerm>(&target)) return term(reader, to->id);
    if (const auto* to = std::get_if<document::ToExchange>(&target)) return exchange(reader, to->id);
    return comparison(reader, std::get<document::ToComparison>(target).ids);
}

std::string titles_of(const std::vector<catalog::Hit>& hits) {
    constexpr std::size_t most = 3;
    std::vector<std::string> titles;
    for (const catalog::Hit& hit : hits)
        if (titles.size() < most) titles.push_back(hit.title);
    return listed(titles);
}

}  // namespace

Found look_up(const Reader& reader, std::string_view typed) {
    Found found;
    if (looks_pasted(reader, typed)) found.pasted = read_pasted(reader, typed);
    // A message holds too many words to search for; a line of a log is answered by the code that it names.
    if (found.pasted && (typed.find('\n') != std::string_view::npos || typed.find("SIP/2.0") != std::string_view::npos))
        return found;
    found.hits = reader.catalog.search(typed, reader.language());
    found.own = search_desk(reader, typed);
    if (!found.own.empty() && !found.hits.empty() && found.hits.front().weak) found.hits.clear();
    return found;
}

document::Document page_for(const Reader& reader, const std::string& asked) {
    document::Document page = response(reader, asked);
    if (page.kind != document::Document::Kind::notice) return page;
    if (const auto id = term_called(reader, asked)) return term(reader, *id);
    Found found = look_up(reader, asked);
    if (found.pasted) return std::move(found.pasted->page);
    if (!found.hits.empty() && found.hits.front().exact) return page_of(reader, found.hits.front().target);
    if (!found.own.empty() && found.own.front().exact) return page_of(reader, found.own.front().target);
    // A number is told what a receiver makes of it; words are offered what is near.
    const bool number = asked.find_first_not_of("0123456789") == std::string::npos && asked.size() == 3;
    if (number || found.hits.empty() || found.hits.front().weak) return page;
    return notice(reader, sentence(reader, &language::Words::unknown_page, asked, titles_of(found.hits)));
}

std::optional<std::string> exchange_for(const Reader& reader, const std::string& asked) {
    if (reader.catalog.exchange(asked) && asked != "common") return asked;
    if (const auto showing = reader.catalog.exchanges_showing(asked); !showing.empty()) {
        // The exchange named after the code tells its story; others only pass by it.
        const auto own =
            std::ranges::find_if(showing, [&](const std::string& id) { return id.starts_with(asked + "-"); });
        return own != showing.end() ? *own : showing.front();
    }
    for (const catalog::Hit& hit : reader.catalog.search(asked, reader.language()))
        if (hit.kind == catalog::Hit::Kind::exchange && hit.exact) return hit.id;
    return std::nullopt;
}

std::vector<std::string> exchanges_near(const Reader& reader, const std::string& asked) {
    constexpr std::size_t most = 3;
    std::vector<std::pair<int, std::string>> near;
    for (const catalog::Exchange& one : reader.catalog.exchanges()) {
        const int typos = language::typos_between(language::folded(asked), one.id, 4);
        if (typos <= 4 || one.id.find(asked) != std::string::npos) near.emplace_back(std::min(typos, 5), one.id);
    }
    std::ranges::sort(near);
    std::vector<std::string> names;
    for (const auto& [typos, id] : near)
        if (names.size() < most) names.push_back(id);
    // Words of a title are looked for; a name has hyphens.
    if (asked.find(' ') == std::string::npos) return names;
    for (const catalog::Hit& hit : reader.catalog.search(asked, reader.language()))
        if (names.size() < most && !hit.weak && hit.kind == catalog::Hit::Kind::exchange &&
            std::ranges::find(names, hit.id) == names.end())
            names.push_back(hit.id);
    return names;
}

}  // namespace sipdex::page
