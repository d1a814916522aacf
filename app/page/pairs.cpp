// Where nothing is compared yet: what others confuse.
#include <algorithm>

#include "page/fact_words.h"
#include "page/pages.h"

namespace sipdex::page {

namespace {

document::Item item_of(const Reader& reader, const catalog::Pair& pair) {
    const auto one = reader.catalog.title_of_response(pair.ids[0]),
               other = reader.catalog.title_of_response(pair.ids[1]);
    document::Text link = document::link(reader.words.comparison_title(one.value_or(""), other.value_or("")),
                                         document::ToComparison{{pair.ids[0], pair.ids[1]}});
    return {{}, with_summary(reader, std::move(link), pair)};
}

// The codes that one is confused with: those of its curated pairs, then the others that its page names.
document::List confused_with(const Reader& reader, const catalog::Response& chosen) {
    std::vector<std::string> others;
    for (const catalog::Pair& pair : reader.catalog.pairs_with(chosen.id))
        others.push_back(pair.ids[0] == chosen.id ? pair.ids[1] : pair.ids[0]);
    for (const std::string& id : chosen.related)
        if (std::ranges::find(others, id) == others.end()) others.push_back(id);
    document::List list;
    for (const std::string& id : others)
        if (const auto title = reader.catalog.title_of_response(id))
            list.items.push_back({{},
                                  with_summary(reader, document::link(*title, document::ToComparison{{chosen.id, id}}),
                                               reader.catalog.pair(chosen.id, id))});
    return list;
}

}  // namespace

document::Document pairs(const Reader& reader, const std::string& chosen) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.compare_start_pairs());
    const auto response = reader.catalog.response(chosen);
    page.summary = document::plain(response ? reader.words.window_compare_one() : reader.words.window_compare_empty());
    if (response)
        if (document::List own = confused_with(reader, *response); !own.items.empty())
            page.sections.push_back(
                {"pairs-own", reader.words.compare_start_one(title_of(*response)), {std::move(own)}, false, false});
    for (int digit = 1; digit <= 6; ++digit) {
        document::List list;
        for (const catalog::ListedResponse& listed : reader.catalog.responses(reader.language())) {
            if (listed.code / 100 != digit) continue;
            for (const catalog::Pair& pair : reader.catalog.pairs_with(listed.id))
                if (pair.ids[0] == listed.id && std::ranges::find(pair.ids, chosen) == pair.ids.end())
                    list.items.push_back(item_of(reader, pair));
        }
        if (list.items.empty()) continue;
        const std::string name = std::to_string(digit) + "xx";
        page.sections.push_back(
            {"pairs-" + name, reader.words.class_name(std::to_string(digit)), {std::move(list)}, false, false});
    }
    return page;
}

}  // namespace sipdex::page
