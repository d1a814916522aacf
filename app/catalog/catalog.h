// The catalog: one SQLite file, opened read-only, asked for facts and words.
//
// Subjects of words are named "response/607", "pair/300-607", "term/early-dialog", "exchange/607-unwanted",
// "exchange/common", "group/not-answered", "path/busy-at-once", "header/Via", "method/INVITE", "timer/B",
// "warning/399", "reason/STIR", "cause/21" and "finding/ack-lost".
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/facts.h"
#include "catalog/prose.h"
#include "document/span.h"

namespace sipdex::catalog {

// The layout that this program reads and writes (SQLite's user_version).
inline constexpr int layout = 7;

// Why a catalog cannot be used; whoever catches it words it for the reader.
struct CatalogError : std::runtime_error {
    enum class Why { missing, unreadable, foreign, truncated, older, newer, damaged };
    CatalogError(Why reason, std::filesystem::path file, const std::string& detail);
    Why why;
    std::filesystem::path path;
};

struct ListedResponse {
    std::string id;
    int code = 0;
    std::string phrase;
    std::string gloss;  // empty where nobody has written one
    std::string status;
    bool written = false;  // has words of its own in English at least
};

struct ListedExchange {
    std::string id;
    std::string title;       // markup
    std::vector<int> codes;  // that somebody receives in it, the main one first
};

struct Info {
    std::string version;
    int registered = 0;
    int unregistered = 0;
    int curated_pairs = 0;
    int terms = 0;
    int exchanges = 0;
    int symptom_paths = 0;
    int groups = 0;
    int entries = 0;                          // of the vocabulary, terms aside
    std::map<std::string, double> languages;  // tag → coverage of the English words, 0..1
};

// How much of one kind of words a language has.
struct Coverage {
    std::string language;
    std::string kind;  // "responses", "pairs", "terms", "exchanges", "interface"
    int present = 0;   // passages that are there and not outdated
    int outdated = 0;
    int of = 0;  // passages in English
};

struct Hit {
    enum class Kind { response, comparison, term, exchange, group, path, vocabulary, speaker };
    Kind kind = Kind::response;
    std::string id;     // "607"; "300-607" for a comparison
    std::string title;  // "607 Unwanted"
    std::string gloss;  // second line: the gloss of a response; may be empty
    document::Target target;
    bool exact = false;  // it is what was typed: its name or number
    bool weak = false;   // it shares some words with what was typed, no more; weak hits stand alone or not at all
};

// A page that search finds, and all the names it is found by.
struct Findable {
    struct Name {
        std::string folded;       // language/fold.h
        bool said_of_it = false;  // no name, but what customers say of it: "rings once then cut off"
    };
    std::string kind;  // "response", "header", "rfc" …
    std::string id;    // "607", "Retry-After"
    std::string title;
    std::string gloss;  // may be empty
    document::Target target;
    std::vector<Name> names;
};

class Catalog {
public:
    struct Impl;  // database.h; for this layer only

    // Throws CatalogError.
    explicit Catalog(const std::filesystem::path& file);
    ~Catalog();
    Catalog(Catalog&&) noexcept;
    Catalog& operator=(Catalog&&) noexcept;

    const std::filesystem::path& path() const;
    // Whether no octet of the file has changed since it was made. Reads all of it.
    bool as_it_was_made() const;
    Info info() const;
    std::vector<std::string> languages() const;  // English first
    std::vector<Coverage> coverage() const;

    std::vector<ListedResponse> responses(std::string_view language) const;  // by code
    std::optional<Response> response(std::string_view id) const;
    // The phrase with its code, "607 Unwanted"; nothing when there is no such response.
    std::optional<std::string> title_of_response(std::string_view id) const;

    std::optional<Pair> pair(std::string_view one, std::string_view other) const;  // in either order
    std::vector<Pair> pairs_with(std::string_view id) const;
    std::optional<Term> term(std::string_view id) const;
    std::vector<std::string> terms() const;
    std::optional<Group> group(std::string_view id) const;
    std::vector<std::string> groups() const;
    // Groups that a response belongs to.
    std::vector<std::string> groups_with(std::string_view response) const;
    std::optional<SymptomPath> path(std::string_view id) const;
    std::vector<std::string> paths() const;
    std::vector<std::string> paths_of(std::string_view experience) const;  // one of SymptomPath::experiences
    const std::vector<Situation>& situations() const;
    const Situation* situation(std::string_view id) const;  // nothing when there is none
    const std::vector<Speaker>& speakers() const;           // by name
    const Speaker* speaker(std::string_view id) const;
    const std::vector<FindingRule>& finding_rules() const;                           // in the order of their files
    std::optional<Entry> entry(std::string_view kind, std::string_view name) const;  // case does not matter
    const std::vector<std::string>& entries(std::string_view kind) const;  // names, in the order of their file
    bool has_entry(std::string_view kind, std::string_view name) const;    // as it is written
    std::optional<Exchange> exchange(std::string_view id) const;
    std::vector<Exchange> exchanges() const;
    std::vector<ListedExchange> listed_exchanges(std::string_view language) const;  // by id
    // Exchanges that show the response, those made for it first.
    std::vector<std::string> exchanges_showing(std::string_view response) const;

    Prose prose(std::string_view subject, std::string_view language) const;

    // What a reader may mean by what stands in the search box: a number or its beginning, two numbers, a
    // phrase, a symptom; in any language, the reader's first. Typos, accents and case are forgiven.
    // A code always stands above a match of words. At most `most` hits; none for an empty query.
    std::vector<Hit> search(std::string_view query, std::string_view language, std::size_t most = 30) const;
    // All that search finds, as it is called in a language; by kind, then by id. What only other languages call it is left
    // out: for whoever searches elsewhere, as a site does in its reader's browser.
    std::vector<Findable> findable(std::string_view language) const;
    // Lets another thread read what the first search needs, and does not wait for it. What fails there is read by that
    // search.
    void prepare_search() const;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace sipdex::catalog
