// Where nothing is compared yet: what others confuse.
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

}  // namespace

document::Document pairs(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.compare_start_pairs());
    page.summary = document::plain(reader.words.window_compare_empty());
    for (int digit = 1; digit <= 6; ++digit) {
        document::List list;
        for (const catalog::ListedResponse& listed : reader.catalog.responses(reader.language())) {
            if (listed.code / 100 != digit) continue;
            for (const catalog::Pair& pair : reader.catalog.pairs_with(listed.id))
                if (pair.ids[0] == listed.id) list.items.push_back(item_of(reader, pair));
        }
        if (list.items.empty()) continue;
        const std::string name = std::to_string(digit) + "xx";
        page.sections.push_back(
            {"pairs-" + name, reader.words.class_name(std::to_string(digit)), {std::move(list)}, false, false});
    }
    return page;
}

}  // namespace sipdex::page
