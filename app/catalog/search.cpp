// Search: first what the numbers say, then phrases, then words anywhere.
#include <algorithm>
#include <cctype>
#include <set>

#include "catalog/database.h"
#include "document/markup.h"
#include "language/fold.h"

namespace sipdex::catalog {

namespace {

bool is_number(const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

// The hits so far, each thing once.
class Hits {
public:
    explicit Hits(std::size_t most) : most_(most) {}

    void add(Hit hit) {
        if (!full() && seen_.insert({hit.kind, hit.id}).second) hits_.push_back(std::move(hit));
    }
    bool full() const { return hits_.size() >= most_; }
    std::vector<Hit> take() { return std::move(hits_); }

private:
    std::size_t most_;
    std::set<std::pair<Hit::Kind, std::string>> seen_;
    std::vector<Hit> hits_;
};

Hit hit_of(const ListedResponse& response) {
    return {Hit::Kind::response, response.id, std::to_string(response.code) + " " + response.phrase, response.gloss, document::ToResponse{response.id}};
}

// "607", "60" or "6": that code, or the codes that begin so; registered ones first.
void add_codes(Hits& hits, const std::vector<ListedResponse>& all, const std::string& digits, bool whole_only) {
    for (const bool registered : {true, false})
        for (const ListedResponse& response : all) {
            const std::string code = std::to_string(response.code);
            const bool fits = whole_only ? code == digits : code.starts_with(digits);
            if (fits && (response.status == "registered") == registered) hits.add(hit_of(response));
        }
}

// Responses whose phrase or gloss is what was typed, then those that begin with it.
void add_phrases(Hits& hits, const std::vector<ListedResponse>& all, const std::string& typed) {
    if (typed.size() < 2) return;
    for (const bool whole : {true, false})
        for (const ListedResponse& response : all)
            for (const std::string& words : {language::folded(response.phrase), language::folded(response.gloss)})
                if (whole ? words == typed : words.starts_with(typed)) hits.add(hit_of(response));
}

std::string quoted(const std::string& word) {
    std::string out = "\"";
    for (const char c : word) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"*";
}

// The word itself when something in the catalog begins with it, otherwise the known words nearest to it.
std::vector<std::string> known_spellings(const Catalog::Impl& impl, const std::string& word) {
    bool known = false;
    each_row(impl, "SELECT 1 FROM vocabulary WHERE term >= ?1 AND term < ?1 || char(0x10ffff) LIMIT 1", {word},
             [&](auto&) { known = true; });
    const int most = word.size() >= 8 ? 2 : word.size() >= 4 ? 1 : 0;
    if (known || most == 0) return {word};
    std::vector<std::pair<int, std::string>> near;
    each_row(impl, "SELECT term FROM vocabulary", {}, [&](auto& row) {
        const std::string term = text(row, 0);
        if (const int typos = language::typos_between(word, term, most); typos <= most) near.emplace_back(typos, term);
    });
    std::sort(near.begin(), near.end());
    if (near.size() > 6) near.resize(6);
    std::vector<std::string> spellings;
    for (auto& [typos, term] : near) spellings.push_back(std::move(term));
    if (spellings.empty()) spellings.push_back(word);
    return spellings;
}

std::string match_of(const Catalog::Impl& impl, const std::vector<std::string>& words, const char* between) {
    std::string match;
    for (const std::string& word : words) {
        std::string any;
        for (const std::string& spelling : known_spellings(impl, word)) any += (any.empty() ? "" : " OR ") + quoted(spelling);
        match += (match.empty() ? "(" : std::string(" ") + between + " (") + any + ")";
    }
    return match;
}

std::optional<Hit> hit_of_row(const Catalog& catalog, const std::string& kind, const std::string& id, std::string_view language) {
    const auto named = [&](std::string_view subject, const char* key) -> std::string {
        const Prose prose = catalog.prose(subject, language);
        const Passage* passage = prose.find(key);
        if (!passage) return {};
        // A hit is one plain line: what is linked or stressed in it shows as words only.
        return document::words_of(document::text_of_markup(passage->markup, [](const document::Target& target) -> std::optional<std::string> {
            if (const auto* response = std::get_if<document::ToResponse>(&target)) return response->id;
            return std::nullopt;
        }));
    };
    if (kind == "response") {
        const auto title = catalog.title_of_response(id);
        if (!title) return std::nullopt;
        return Hit{Hit::Kind::response, id, *title, named("response/" + id, "gloss"), document::ToResponse{id}};
    }
    if (kind == "term") return Hit{Hit::Kind::term, id, named("term/" + id, "name"), {}, document::ToTerm{id}};
    if (kind == "exchange") return Hit{Hit::Kind::exchange, id, named("exchange/" + id, "title"), {}, document::ToExchange{id}};
    if (kind == "group") return Hit{Hit::Kind::group, id, named("group/" + id, "title"), named("group/" + id, "summary"), document::ToTerm{"group/" + id}};
    if (kind == "path") return Hit{Hit::Kind::path, id, named("path/" + id, "says"), {}, document::ToTerm{"path/" + id}};
    if (const auto entry = catalog.entry(kind, id)) {
        const std::string title = entry->title.empty() ? entry->name : entry->name + " " + entry->title;
        return Hit{Hit::Kind::vocabulary, kind + "/" + entry->name, title, named(kind + "/" + entry->name, "text"), document::ToTerm{kind + "/" + entry->name}};
    }
    return std::nullopt;
}

void add_words(Hits& hits, const Catalog& catalog, const Catalog::Impl& impl, const std::string& match, std::string_view language) {
    std::vector<std::pair<std::string, std::string>> found;
    // Responses and the reader's own language count for more; bm25 is the better the lower.
    each_row(impl, R"(SELECT kind, id FROM words WHERE words MATCH ?1
                      ORDER BY bm25(words, 8.0, 6.0, 1.0) * (CASE language WHEN ?2 THEN 1.5 ELSE 1.0 END)
                               * (CASE kind WHEN 'response' THEN 2.0 WHEN 'path' THEN 2.0 WHEN 'exchange' THEN 1.0 ELSE 0.8 END), id LIMIT 120)",
             {match, std::string(language)}, [&](auto& row) { found.emplace_back(text(row, 0), text(row, 1)); });
    for (const auto& [kind, id] : found) {
        if (hits.full()) return;
        if (auto hit = hit_of_row(catalog, kind, id, language)) hits.add(std::move(*hit));
    }
}

}  // namespace

std::vector<Hit> Catalog::search(std::string_view query, std::string_view language, std::size_t most) const {
    std::vector<std::string> words = language::folded_words(query.substr(0, 500), language);
    if (words.empty()) return {};
    Hits hits(most);
    const std::vector<ListedResponse> all = responses(language);

    std::vector<std::string> codes;
    for (const std::string& word : words)
        if (is_number(word) && word.size() == 3 && title_of_response(word)) codes.push_back(word);
    if (codes.size() >= 2 && codes[0] != codes[1]) {
        const std::string title = *title_of_response(codes[0]) + " ↔ " + *title_of_response(codes[1]);
        hits.add({Hit::Kind::comparison, codes[0] + "-" + codes[1], title, {}, document::ToComparison{{codes[0], codes[1]}}});
    }
    for (const std::string& code : codes) add_codes(hits, all, code, true);
    if (words.size() == 1 && is_number(words[0])) {
        add_codes(hits, all, words[0], false);
        return hits.take();     // text that happens to hold the number would only be in the way
    }

    std::string typed;
    for (const std::string& word : words) typed += (typed.empty() ? "" : " ") + word;
    add_phrases(hits, all, typed);
    std::erase_if(words, is_number);
    if (words.empty()) return hits.take();
    if (words.size() > 12) words.resize(12);
    add_words(hits, *this, *impl_, match_of(*impl_, words, "AND"), language);
    if (words.size() > 1) add_words(hits, *this, *impl_, match_of(*impl_, words, "OR"), language);
    return hits.take();
}

}  // namespace sipdex::catalog
