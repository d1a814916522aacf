#include "page/both_ladders.h"

#include <algorithm>

#include "page/lookup.h"
#include "page/pages.h"
#include "page/telling.h"

namespace sipdex::page {

namespace {

using document::Ladder;

// What each does in turn, the other's messages between: party by party beside each other, message by message by time.
Ladder beside(Ladder one, Ladder other) {
    const std::size_t columns = one.parties.size();
    if (columns == 0 || other.parties.empty()) return columns ? std::move(one) : std::move(other);
    other.parties.front().apart = true;
    std::ranges::move(other.parties, std::back_inserter(one.parties));
    for (document::Rung& rung : other.rungs) {
        rung.from += columns;
        rung.to += columns;
        one.rungs.push_back(std::move(rung));
    }
    std::ranges::stable_sort(one.rungs, {}, &document::Rung::at);
    return one;
}

// The exchange that shows a code best; another one than `taken`, if there is one.
std::optional<std::string> exchange_of(const Reader& reader, const std::string& code, const std::string& taken) {
    const auto best = exchange_for(reader, code);
    if (!best || *best != taken) return best;
    for (const std::string& id : reader.catalog.exchanges_showing(code))
        if (id != taken) return id;
    return best;
}

}  // namespace

void add_both_ladders(const Reader& reader, const std::vector<std::string>& codes, document::Document& page) {
    document::Section section{"ladders", reader.words.section_ladders(), {}, false, false, true};
    document::Columns titles;
    titles.rows.emplace_back();
    std::vector<document::Block> missing;
    Ladder both;
    std::string taken;
    for (const std::string& code : codes) {
        const std::string title = reader.catalog.title_of_response(code).value_or(code);
        const auto id = exchange_of(reader, code, taken);
        const auto told = id ? replay(reader, *id) : std::nullopt;
        if (!told) {
            missing.push_back(document::Callout{document::Callout::Kind::note,
                                                sentence(reader, &language::Words::no_exchange, title)});
            continue;
        }
        if (*id == taken) continue;
        taken = *id;
        titles.heads.push_back(document::link(title, document::ToResponse{code}));
        titles.rows.front().push_back({{}, document::link(told->title, document::ToExchange{*id})});
        both = beside(std::move(both), ladder_of(told->recording, told->roles));
    }
    if (!titles.heads.empty()) section.blocks.emplace_back(std::move(titles));
    std::ranges::move(missing, std::back_inserter(section.blocks));
    if (!both.rungs.empty()) {
        document::Paragraph legend = legend_of(reader, both);
        section.blocks.emplace_back(std::move(both));
        section.blocks.emplace_back(std::move(legend));
    }
    page.sections.push_back(std::move(section));
}

}  // namespace sipdex::page
