#include "site/plan.h"

#include <map>
#include <set>

#include "page/articles.h"
#include "page/fact_words.h"
#include "page/pages.h"

namespace sipdex::site {

namespace {

using document::Document;
using document::Target;
using document::ToComparison;
using document::ToExchange;
using document::ToResponse;
using document::ToTerm;
using page::Reader;

// Every code by its class, with what it means.
Document all_responses(const Reader& reader) {
    Document page = blank(reader, Document::Kind::term, reader.words.site_responses());
    page.summary = document::plain(reader.words.site_responses_lead());
    std::map<int, document::FactTable> classes;
    for (const catalog::ListedResponse& listed : reader.catalog.responses(reader.language()))
        classes[listed.code / 100].rows.push_back(
            {document::link(std::to_string(listed.code) + " " + listed.phrase, ToResponse{listed.id}),
             {document::plain(listed.gloss)},
             false});
    for (auto& [digit, table] : classes)
        page.sections.push_back({"class-" + std::to_string(digit),
                                 reader.words.class_name(std::to_string(digit)),
                                 {std::move(table)},
                                 false,
                                 false});
    return page;
}

// Every exchange by the class of the code that it is about.
Document all_exchanges(const Reader& reader) {
    Document page = blank(reader, Document::Kind::term, reader.words.site_exchanges());
    page.summary = document::plain(reader.words.site_exchanges_lead());
    std::map<int, document::List> classes;
    for (const catalog::ListedExchange& listed : reader.catalog.listed_exchanges(reader.language()))
        classes[listed.codes.empty() ? 0 : listed.codes.front() / 100].items.push_back(
            {{}, document::link(document::words_of(marked(reader, {listed.title})), ToExchange{listed.id})});
    for (auto& [digit, list] : classes)
        page.sections.push_back({"class-" + std::to_string(digit),
                                 reader.words.class_name(std::to_string(digit)),
                                 {std::move(list)},
                                 false,
                                 false});
    return page;
}

Document compare_page(const Reader& reader) {
    Document page = page::pairs(reader);
    page.title = reader.words.site_compare();
    page.summary = document::plain(reader.words.site_compare_lead());
    return page;
}

Document start_page(const Reader& reader) {
    Document page = blank(reader, Document::Kind::term, reader.words.window_start_title());
    page.summary = document::plain(reader.words.window_start_lead());
    Document paths = page::path_index(reader);
    for (document::Section& section : paths.sections) page.sections.push_back(std::move(section));
    return page;
}

Document search_page(const Reader& reader) {
    Document page = page::index_of_indexes(reader);
    page.title = reader.words.window_key_search();
    return page;
}

std::function<Document(const Reader&)> term(const std::string& id) {
    return [id](const Reader& reader) { return page::term(reader, id); };
}

class Planner {
public:
    Planner(const catalog::Catalog& catalog, const Addresses& addresses) : catalog_(catalog), addresses_(addresses) {}

    std::vector<Page> plan() {
        pages_.push_back({"", {}, Page::Role::start, start_page});
        pages_.push_back({"responses/", {}, Page::Role::plain, all_responses});
        pages_.push_back({"compare/", {}, Page::Role::compare, compare_page});
        pages_.push_back({"exchanges/", {}, Page::Role::plain, all_exchanges});
        pages_.push_back({"search/", {}, Page::Role::search, search_page});
        pages_.push_back({"vocabulary/", {}, Page::Role::plain, term("index/")});
        for (const catalog::Findable& each : catalog_.findable("en")) found(each);
        pairs();
        for (const std::string& id : catalog_.paths()) nodes(id);
        return std::move(pages_);
    }

private:
    // Where there is a thing of a kind, there is the list of its kind: "header" → "headers/".
    void shelf(const std::string& kind, const std::vector<std::string>& above) {
        if (shelves_.insert(kind).second)
            pages_.push_back({kind + "s/", above, Page::Role::plain, term("index/" + kind + "s")});
    }

    void found(const catalog::Findable& each) {
        Page page{addresses_.of(each.target), {}, Page::Role::plain, {}, addresses_.of(each.target)};
        if (each.kind == "response") {
            page.above = {"responses/"};
            page.role = Page::Role::response;
            page.id = each.id;
            page.write = [id = each.id](const Reader& reader) { return page::response(reader, id); };
        } else if (each.kind == "exchange") {
            page.above = {"exchanges/"};
            page.write = [id = each.id](const Reader& reader) { return page::exchange(reader, id); };
        } else {
            // What the customer says and who speaks have their place in the main menu, the rest is vocabulary.
            const bool main = each.kind == "path" || each.kind == "speaker";
            const std::vector<std::string> over =
                main ? std::vector<std::string>{} : std::vector<std::string>{"vocabulary/"};
            shelf(each.kind, over);
            page.above = over;
            page.above.push_back(each.kind + "s/");
            if (!main) page.kind = each.kind;
            page.write = term(std::get<ToTerm>(each.target).id);
        }
        pages_.push_back(std::move(page));
    }

    void pairs() {
        for (const catalog::ListedResponse& listed : catalog_.responses("en"))
            for (const catalog::Pair& pair : catalog_.pairs_with(listed.id)) {
                if (pair.ids[0] != listed.id) continue;
                const std::string address = addresses_.of(ToComparison{pair.ids});
                pages_.push_back({address,
                                  {"compare/"},
                                  Page::Role::plain,
                                  [ids = pair.ids](const Reader& reader) { return page::comparison(reader, ids); },
                                  address});
            }
    }

    // The first question stands at the path's own address.
    void nodes(const std::string& id) {
        const auto path = catalog_.path(id);
        if (!path || path->questions.empty()) return;
        std::vector<std::string> names;
        for (std::size_t i = 1; i < path->questions.size(); ++i) names.push_back(path->questions[i].id);
        for (const auto& outcome : path->outcomes) names.push_back(outcome.id);
        names.emplace_back("tree");
        const std::string whole = addresses_.of(ToTerm{"path/" + id});
        for (const std::string& name : names) {
            const std::string node = "path/" + id + "/" + name;
            pages_.push_back({addresses_.of(ToTerm{node}), {"paths/", whole}, Page::Role::plain, term(node), whole});
        }
    }

    const catalog::Catalog& catalog_;
    const Addresses& addresses_;
    std::vector<Page> pages_;
    std::set<std::string> shelves_;
};

}  // namespace

const std::vector<std::string>& main_pages() {
    static const std::vector<std::string> all = {"responses/", "compare/",    "exchanges/",
                                                 "paths/",     "vocabulary/", "speakers/"};
    return all;
}

std::vector<Page> plan(const catalog::Catalog& catalog, const Addresses& addresses) {
    return Planner(catalog, addresses).plan();
}

}  // namespace sipdex::site
