#include "site/search_script.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "document/walk.h"
#include "language/characters.h"
#include "language/fold.h"

namespace sipdex::site {

namespace {

using document::Document;
using nlohmann::json;

std::string base36(std::size_t number) {
    std::string digits;
    do digits.insert(digits.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
    while ((number /= 36) > 0);
    return digits;
}

// What tells nothing of the page itself, or is told by others.
bool is_read(const document::Section& section) {
    static const std::set<std::string> left_out = {"sources", "exchanges", "related", "messages",
                                                   "back",    "so-far",    "see-also"};
    return !left_out.contains(section.id);
}

std::set<std::string> words_in(Document page, const std::string& tag) {
    std::erase_if(page.sections, [](const document::Section& section) { return !is_read(section); });
    std::string all = page.title;
    document::each_text(page, [&](document::Text& text) { all += "\n" + document::words_of(text); });
    std::set<std::string> words;
    for (std::string& word : language::folded_words(all, tag))
        if (word.size() > 1 && word.size() <= 40) words.insert(std::move(word));
    return words;
}

struct Entry {
    std::string kind, title, gloss;
    std::vector<std::string> names, sayings;
    std::set<std::string> words;
};

// A curated pair is found by the words of its page, and by both its numbers, which the script sees to.
std::map<std::string, Entry> entries_of(const LanguageFolder& language, const Addresses& addresses,
                                        const std::vector<Page>& pages, const std::vector<Document>& written) {
    std::map<std::string, Entry> entries;
    for (const catalog::Findable& each : language.reader.catalog.findable(language.tag)) {
        Entry& entry = entries[addresses.of(each.target)];
        entry.kind = each.kind, entry.title = each.title, entry.gloss = each.gloss;
        for (const auto& name : each.names)
            if (!name.said_of_it && name.folded != language::folded(each.title)) entry.names.push_back(name.folded);
        for (const auto& name : each.names)
            if (name.said_of_it) entry.sayings.push_back(name.folded);
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (pages[i].found_as.empty()) continue;
        Entry& entry = entries[pages[i].found_as];
        if (entry.kind.empty()) entry.kind = "comparison", entry.title = written[i].title;
        entry.words.merge(words_in(written[i], language.tag));
    }
    return entries;
}

}  // namespace

std::string search_script(const LanguageFolder& language, const Addresses& addresses, const std::vector<Page>& pages,
                          const std::vector<Document>& written) {
    json listed = json::array(), kinds = json::object(), words = json::object();
    std::map<std::string, std::vector<std::size_t>> places;
    for (const auto& [address, entry] : entries_of(language, addresses, pages, written)) {
        for (const std::string& word : entry.words) places[word].push_back(listed.size());
        listed.push_back({address, entry.kind, entry.title, entry.gloss, entry.names, entry.sayings});
        kinds[entry.kind] = language.words.site_hit(entry.kind);
    }
    for (const auto& [word, at] : places) {
        if (at.size() * 4 > listed.size()) continue;  // what a quarter of all pages say tells none of them apart
        std::string distances;
        std::size_t before = 0;
        for (const std::size_t place : at) {
            distances += (distances.empty() ? "" : " ") + base36(place - before);
            before = place;
        }
        words[word] = distances;
    }
    const json index = {{"pages", listed}, {"kinds", kinds}, {"words", words}};
    return "window.sipdexIndex = " +
           language::escaped_json(index.dump(-1, ' ', false, json::error_handler_t::replace)) + ";\n";
}

}  // namespace sipdex::site
