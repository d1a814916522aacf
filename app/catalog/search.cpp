// Search: first what the numbers say, then names, exact ones before beginnings, then words.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <system_error>
#include <tuple>

#include "catalog/database.h"
#include "catalog/search_index.h"
#include "catalog/writer.h"
#include "language/fold.h"

namespace sipdex::catalog {

namespace {

bool is_number(const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

Hit::Kind kind_of(const std::string& kind) {
    if (kind == "response") return Hit::Kind::response;
    if (kind == "term") return Hit::Kind::term;
    if (kind == "exchange") return Hit::Kind::exchange;
    if (kind == "group") return Hit::Kind::group;
    if (kind == "path") return Hit::Kind::path;
    return kind == "speaker" ? Hit::Kind::speaker : Hit::Kind::vocabulary;
}

document::Target target_of(const std::string& kind, const std::string& id) {
    if (kind == "response") return document::ToResponse{id};
    if (kind == "exchange") return document::ToExchange{id};
    return document::ToTerm{kind == "term" ? id : kind + "/" + id};
}

// Things as they are shown, once each.
class Hits {
public:
    Hits(const SearchIndex& index, std::string_view language, std::size_t most)
        : index_(index), language_(language), most_(most) {}

    bool full() const { return hits_.size() >= most_; }
    bool empty() const { return hits_.empty(); }
    std::vector<Hit> take() { return std::move(hits_); }

    void add(Hit hit) {
        if (!full() && seen_.insert({hit.kind, hit.id}).second) hits_.push_back(std::move(hit));
    }

    bool has_exact() const { return std::ranges::any_of(hits_, &Hit::exact); }

    enum class How { exact, found, weak };
    void add(const std::string& kind, const std::string& id, How how = How::found) {
        if (full()) return;
        const bool plain = kind == "response" || kind == "exchange" || kind == "term" || kind == "group" ||
                           kind == "path" || kind == "speaker";
        const auto shown = index_.shown.find(std::tie(kind, id, language_));
        if (shown == index_.shown.end()) return;
        const auto& [title, gloss, folded] = shown->second;
        Hit hit{kind_of(kind),   plain ? id : kind + "/" + id, title, gloss, target_of(kind, id), how == How::exact,
                how == How::weak};
        if (seen_.contains({hit.kind, hit.id})) return;
        // A thing that two shelves hold under one name is shown once, as the first of them has it.
        const bool may_be_told_twice = hit.kind == Hit::Kind::term || hit.kind == Hit::Kind::vocabulary;
        if (may_be_told_twice && !titles_.insert(folded).second) return;
        add(std::move(hit));
    }

private:
    const SearchIndex& index_;
    std::string language_;
    std::size_t most_;
    std::set<std::pair<Hit::Kind, std::string>> seen_;
    std::set<std::string> titles_;
    std::vector<Hit> hits_;
};

// "607", "60" or "6": that code, or the codes that begin so; registered ones first.
void add_codes(Hits& hits, const SearchIndex& index, const std::string& digits) {
    const std::string number = digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
    for (const SearchIndex::Code& code : index.codes)
        if (code.digits.starts_with(digits) || code.digits == number)
            hits.add("response", code.id, code.id == digits ? Hits::How::exact : Hits::How::found);
}

using Names = std::vector<const SearchIndex::Name*>;

bool speaks_another(const SearchIndex::Name& name, const std::string& language) {
    return !name.language.empty() && name.language != language;
}

// It is no name but what customers say, as "répondeur direct" of 480.
bool is_said(const SearchIndex::Name& name) { return name.weight == said_of_it; }

// The things of which customers say just what was typed; they stand above what only holds its words.
class Sayings {
public:
    void add(const SearchIndex::Name& name) { things_.emplace(name.kind, name.id); }
    bool empty() const { return things_.empty(); }
    bool of(const SearchIndex::Subject& subject) const {
        return !things_.empty() && things_.contains({subject.kind, subject.id});
    }

private:
    std::set<std::pair<std::string_view, std::string_view>> things_;  // kind and id
};

// The names that are just so.
Names named(const SearchIndex& index, std::string_view folded) {
    Names names;
    auto at = std::ranges::lower_bound(index.names, folded, {},
                                       [](const SearchIndex::Name& name) { return std::string_view(name.folded); });
    for (; at != index.names.end() && at->folded == folded; ++at) names.push_back(&*at);
    return names;
}

// The names that begin so and go on.
Names longer_names(const SearchIndex& index, const std::string& folded) {
    Names names;
    for (auto name = std::ranges::upper_bound(index.names, folded, {}, &SearchIndex::Name::folded);
         name != index.names.end() && name->folded.starts_with(folded); ++name)
        names.push_back(&*name);
    return names;
}

void sort_by(Names& names, const auto& rank) {
    std::ranges::stable_sort(names, {}, [&](const SearchIndex::Name* name) { return rank(*name); });
}

void add_names(Hits& hits, Sayings& sayings, const SearchIndex& index, const std::string& typed,
               const std::string& language) {
    using Name = SearchIndex::Name;
    constexpr std::size_t most_longer = 12;
    // The reader's own names go before those of other languages, which are known as well.
    // "busy" is what some products call cause 17, and 486 as well: whoever looks that up means the response. "User busy" is
    // the cause's own name.
    const auto weight_of = [&](const Name& name) {
        constexpr int of_a_nickname = 6;
        const auto shown = index.shown.find(std::tie(name.kind, name.id, language));
        const bool nickname = name.kind == "cause" && (shown == index.shown.end() || shown->second.folded != typed);
        return nickname ? std::min(name.weight, of_a_nickname) : name.weight;
    };
    Names exact = named(index, typed);
    sort_by(exact, [&](const Name& name) {
        return std::tuple(-weight_of(name), speaks_another(name, language), name.kind != "response",
                          name.kind != "header", std::string_view(name.id));
    });
    for (const Name* name : exact)
        is_said(*name) ? sayings.add(*name) : hits.add(name->kind, name->id, Hits::How::exact);
    if (typed.size() < 2) return;
    Names longer = longer_names(index, typed);
    std::erase_if(longer, [](const Name* name) { return is_said(*name); });
    sort_by(longer, [&](const Name& name) {
        return std::tuple(speaks_another(name, language) * 4 - name.weight, name.length, name.kind != "response",
                          std::string_view(name.folded));
    });
    if (longer.size() > most_longer) longer.resize(most_longer);
    for (const Name* name : longer) hits.add(name->kind, name->id);
}

// The word itself when something in the catalog begins with it, otherwise the known words nearest to it.
std::vector<std::string> known_spellings(const SearchIndex& index, const std::string& word) {
    std::vector<std::string> known = index.spellings.nearest(word, word.size() >= 8 ? 2 : word.size() >= 4 ? 1 : 0);
    const auto begins_alike = [&](const std::string& spelling) { return spelling.front() == word.front(); };
    if (std::ranges::any_of(known, begins_alike)) std::erase_if(known, std::not_fn(begins_alike));
    return known;
}

// Without what ends a plural, and the feminine of a French participle: "appels occupés" and "lignes occupées" begin as
// "appel" and "occupe" do.
std::string singular(std::string word) {
    constexpr std::size_t shortest = 5;
    if (word.size() >= shortest && word.ends_with("s") && !word.ends_with("ss")) word.pop_back();
    if (word.size() > shortest && word.ends_with("ee")) word.pop_back();
    return word;
}

// One or many, as texts may have it: a text with the very form that was typed holds both.
std::vector<std::string> spellings_of(const SearchIndex& index, const std::string& word) {
    const std::string one = singular(word);
    std::vector<std::string> spellings = known_spellings(index, word);
    if (one == word) return spellings;
    if (spellings.front() != word) return known_spellings(index, one);
    spellings.push_back(one);
    return spellings;
}

struct Score {
    double relevance = 0;      // the higher the better
    double told = 0;           // how much of what was typed is in it, by the rarity of its words
    double told_up_front = 0;  // the same, but what only the body tells counts by half
    int words = 0;
};

// Names with a typo in them: each word as it is known, as long as there are few ways to read them all.
void add_misspelt_names(Hits& hits, Sayings& sayings, const SearchIndex& index, const std::vector<std::string>& words,
                        const std::string& language) {
    constexpr std::size_t most_words = 4, most_readings = 3;
    if (words.size() > most_words) return;
    std::vector<std::string> readings = {""};
    bool misspelt = false;
    for (const std::string& word : words) {
        std::vector<std::string> known = known_spellings(index, word);
        misspelt = misspelt || known.front() != word;
        if (known.size() > most_readings) known.resize(most_readings);
        std::vector<std::string> longer;
        for (const std::string& reading : readings)
            for (const std::string& spelling : known)
                longer.push_back(reading + (reading.empty() ? "" : " ") + spelling);
        readings = std::move(longer);
    }
    if (!misspelt) return;
    for (const std::string& reading : readings) {
        Names names = named(index, reading);
        sort_by(names, [&](const SearchIndex::Name& name) {
            return std::tuple(-name.weight, speaks_another(name, language), name.kind != "response",
                              std::string_view(name.id));
        });
        for (const SearchIndex::Name* name : names)
            is_said(*name) ? sayings.add(*name) : hits.add(name->kind, name->id);
    }
}

// Scores every row that holds one of the words. A word that nearly everything holds tells next to nothing.
class Scores {
public:
    Scores(const SearchIndex& index, std::string_view language)
        : index_(index), language_(language), scores_(index.subjects.size()) {}

    void add_word(const std::string& word) {
        const std::vector<WordIndex::Found> found = index_.words.beginning(spellings_of(index_, word));
        const double all = static_cast<double>(scores_.size()), holding = static_cast<double>(found.size());
        const double rarity = std::max(0.02, std::log((all - holding + 0.5) / (holding + 0.5)));
        whole_ += rarity;
        for (const auto& [row, up_front, relevance] : found) {
            scores_[row].relevance += relevance;
            scores_[row].told += rarity;
            scores_[row].told_up_front += rarity * (up_front ? 1.0 : 0.5);
            ++scores_[row].words;
        }
    }

    // Words that stand together as they were typed count once more.
    void add_phrase(const std::string& typed) {
        for (const auto& [row, up_front, relevance] : index_.words.together(typed))
            scores_[row].relevance += 2 * relevance + 4;
    }

    // The best first: those that hold most of what was typed; where nothing does, a few that hold some of it, as weak ones.
    void into(Hits& hits, const Sayings& sayings, std::size_t typed, bool whole_only) {
        std::vector<std::pair<double, std::size_t>> order;
        double best = 0, most_told = 0;
        for (std::size_t row = 1; row < scores_.size(); ++row) {
            if (scores_[row].words == 0) continue;
            order.emplace_back(value_of(row), row);
            best = std::max(best, order.back().first);
            most_told = std::max(most_told, share(row));
        }
        const bool weak = typed > 1 && most_told < enough_told;
        const double least = best * (weak ? 0.6 : 0.2);
        std::erase_if(order, [&](const auto& entry) {
            return entry.first < least && !sayings.of(index_.subjects[entry.second]);
        });
        std::ranges::sort(order, {}, [](const auto& entry) { return std::pair(-entry.first, entry.second); });
        for (const auto& [value, row] : order)
            if (sayings.of(index_.subjects[row])) hits.add(index_.subjects[row].kind, index_.subjects[row].id);
        if (whole_only && typed > 1 && most_told < all_told) return;
        std::size_t added = 0;
        for (const auto& [value, row] : order) {
            if (value < least || (weak && (!hits.empty() || added == 5))) break;
            if (!weak && share(row) < (whole_only ? all_told : most_told * 0.6)) continue;
            hits.add(index_.subjects[row].kind, index_.subjects[row].id, weak ? Hits::How::weak : Hits::How::found);
            ++added;
        }
    }

private:
    static constexpr double enough_told = 0.5, all_told = 0.99;

    double value_of(std::size_t row) const {
        const double share_up_front = whole_ > 0 ? scores_[row].told_up_front / whole_ : 0;
        return scores_[row].relevance * weight_of(index_.subjects[row]) * (share_up_front * share_up_front);
    }

    double share(std::size_t row) const { return whole_ > 0 ? scores_[row].told / whole_ : 0; }

    // Responses and what customers say count for more, and so does the reader's own language.
    double weight_of(const SearchIndex::Subject& row) const {
        const double kind = row.kind == "response" || row.kind == "path" ? 2.0 : row.kind == "exchange" ? 1.0 : 0.8;
        return kind * (row.language == language_ ? 1.5 : 1.0);
    }

    const SearchIndex& index_;
    std::string language_;
    std::vector<Score> scores_;
    double whole_ = 0;
};

bool is_code_or_cause(const SearchIndex::Name& name) {
    return !is_said(name) && (name.kind == "response" || name.kind == "cause");
}

// What is known by words within a longer text, the longest such words first: "P-Registrar-Error: Too many registered
// contacts" holds a phrase of 503, "usager occupé cause 17" a cause, and most of "bonjour, le téléphone est connecté mais ne
// sonne pas" is what customers say of a registered phone.
void add_names_within(Hits& hits, Sayings& sayings, const SearchIndex& index, const std::vector<std::string>& words) {
    constexpr int least_weight = 7;
    const std::string text = joined(words);
    std::vector<std::size_t> begins = {0};
    for (const std::string& word : words) begins.push_back(begins.back() + word.size() + 1);
    for (std::size_t length = words.size() - 1; length >= 2; --length) {
        bool any = false;
        for (std::size_t first = 0; first + length <= words.size(); ++first) {
            Names names =
                named(index, std::string_view(text).substr(begins[first], begins[first + length] - begins[first] - 1));
            std::erase_if(names, [&](const SearchIndex::Name* name) {
                if (is_code_or_cause(*name)) return name->weight < least_weight;
                return length < 3 || length * 2 < words.size();
            });
            sort_by(names, [](const SearchIndex::Name& name) {
                return std::tuple(name.kind != "response", -name.weight, std::string_view(name.id));
            });
            for (const SearchIndex::Name* name : names)
                is_code_or_cause(*name) ? hits.add(name->kind, name->id) : sayings.add(*name);
            any = any || !names.empty();
        }
        if (any) return;
    }
}

// A number that is the value of a header field is no code: "Retry-After: 300".
bool is_value_of_field(const Catalog& catalog, std::string_view query, std::size_t digits) {
    std::size_t colon = digits;
    while (colon > 0 && query[colon - 1] == ' ') --colon;
    if (colon == 0 || query[colon - 1] != ':') return false;
    std::size_t begin = --colon;
    while (begin > 0 && (std::isalnum(static_cast<unsigned char>(query[begin - 1])) != 0 || query[begin - 1] == '-'))
        --begin;
    return begin < colon && catalog.entry("header", query.substr(begin, colon - begin)).has_value();
}

// Without "(477/TM)": proxies put numbers of their own in brackets behind a phrase.
std::string without_internal_numbers(std::string text) {
    for (std::size_t open = text.find('('); open != std::string::npos; open = text.find('(', open + 1)) {
        const std::size_t close = text.find(')', open), slash = text.find('/', open);
        const bool internal = close != std::string::npos && slash < close && slash > open + 1 &&
                              std::all_of(text.begin() + static_cast<std::ptrdiff_t>(open) + 1,
                                          text.begin() + static_cast<std::ptrdiff_t>(slash),
                                          [](unsigned char c) { return std::isdigit(c) != 0; });
        if (internal) text.erase(open, close + 1 - open);
    }
    return text;
}

// "300,607" and "300/607" are two numbers, not one with a comma.
std::string apart(std::string_view query) {
    std::string text = without_internal_numbers(std::string(query));
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        if ((text[i] == ',' || text[i] == '/') && digit(i - 1) && digit(i + 1)) text[i] = ' ';
    return text;
}

// Several names may stand in one query, "Timer B 408"; the codes among them are found by their numbers.
std::vector<std::string> codes_among(const Catalog& catalog, const SearchIndex& index, std::string_view query,
                                     const std::vector<std::string>& words) {
    std::vector<std::string> codes;
    for (const std::string& word : words)
        if (is_number(word) && word.size() == 3 && index.code(word) &&
            !is_value_of_field(catalog, query, std::min(query.find(word), query.size())))
            codes.push_back(word);
    return codes;
}

}  // namespace

// Its own connection reads it, for one connection serves one thread.
void Catalog::prepare_search() const {
    if (impl_->search || impl_->search_to_come.valid()) return;
    try {
        impl_->search_to_come = std::async(std::launch::async, [path = impl_->path] {
            const Catalog own(path);
            return read_search_index(*own.impl_);
        });
    } catch (const std::system_error&) {  // no thread can be had: the first search reads it
    }
}

const SearchIndex& Catalog::Impl::search_index() const {
    if (search) return *search;
    try {
        if (search_to_come.valid()) search = search_to_come.get();
    } catch (const CatalogError&) {  // the file may be gone from its place, and open here still
    }
    if (!search) search = read_search_index(*this);
    return *search;
}

std::vector<Findable> Catalog::findable(std::string_view language) const {
    const SearchIndex& index = impl_->search_index();
    std::vector<Findable> all;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;  // by kind and id
    for (const auto& [key, shown] : index.shown) {
        const auto& [kind, id, tag] = key;
        if (tag != language) continue;
        places.emplace(std::pair<std::string_view, std::string_view>(kind, id), all.size());
        all.push_back({kind, id, shown.title, shown.gloss, target_of(kind, id), {}});
    }
    for (const SearchIndex::Name& name : index.names) {
        if (speaks_another(name, std::string(language))) continue;
        if (const auto at = places.find({name.kind, name.id}); at != places.end())
            all[at->second].names.push_back({name.folded, is_said(name)});
    }
    return all;
}

std::vector<Hit> Catalog::search(std::string_view query, std::string_view language, std::size_t most) const {
    // A word longer than any is in no text, and to look for words near to it would take long.
    constexpr std::size_t longest_query = 500, longest_word = 60, most_words = 12;
    query = query.substr(0, longest_query);
    std::vector<std::string> words = language::folded_words(apart(query), language);
    std::erase_if(words, [](const std::string& word) { return word.size() > longest_word; });
    if (words.empty()) return {};
    const SearchIndex& index = impl_->search_index();
    Hits hits(index, language, most);
    Sayings sayings;
    const std::string typed = joined(words);

    const std::vector<std::string> codes = codes_among(*this, index, query, words);
    if (codes.size() >= 2 && codes[0] != codes[1]) {
        const std::string title = index.code(codes[0])->title + " ↔ " + index.code(codes[1])->title;
        hits.add({Hit::Kind::comparison,
                  codes[0] + "-" + codes[1],
                  title,
                  {},
                  document::ToComparison{{codes[0], codes[1]}}});
    }
    if (words.size() == 1 && is_number(words[0])) {
        add_codes(hits, index, words[0]);
        add_names(hits, sayings, index, typed, std::string(language));
        return hits.take();  // text that happens to hold the number would only be in the way
    }
    // With the number in a bracket a phrase names its product's own code, "Unresolvable destination (478/TM)".
    if (query.find('(') != std::string_view::npos)
        add_names(hits, sayings, index,
                  joined(language::folded_words(query.substr(0, query.find('/', query.find('('))), language)),
                  std::string(language));
    add_names(hits, sayings, index, typed, std::string(language));
    if (hits.empty() && sayings.empty()) add_misspelt_names(hits, sayings, index, words, std::string(language));
    for (const std::string& code : codes) hits.add("response", code);
    // A word that is said again asks for nothing more.
    std::set<std::string> said;
    std::erase_if(words, [&](const std::string& word) { return !said.insert(word).second; });
    if (words.size() > most_words) words.resize(most_words);
    if (words.size() > 2) add_names_within(hits, sayings, index, words);
    // What was called by its name needs no more than what holds all of that name.
    const bool exact = hits.has_exact();
    if (!exact) std::erase_if(words, is_number);
    if (words.empty()) return hits.take();
    // One letter begins too many words to say anything.
    if (words.size() == 1 && words[0].size() == 1 && static_cast<unsigned char>(words[0][0]) < 0x80) return hits.take();

    Scores scores(index, language);
    for (const std::string& word : words) scores.add_word(word);
    if (words.size() > 1) scores.add_phrase(joined(words));
    scores.into(hits, sayings, words.size(), exact);
    return hits.take();
}

}  // namespace sipdex::catalog
