// Writes a catalog: facts, words and their index. The same calls in the same order give the same octets.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/facts.h"

namespace sipdex::catalog {

// The weight of a name that nobody gave a thing: words in which customers tell of it.
constexpr int said_of_it = 2;

// One entry of the search index. `phrases` are what people say; they weigh more than the text.
struct Indexed {
    std::string kind;  // "response", "term", "exchange", "group", "path", "header", "method" …
    std::string id;
    std::string language;
    std::string title;
    std::string phrases;
    std::string text;
};

class Writer {
public:
    // Makes `file` anew; `schema` is the content of data/schema.sql. Nothing stands under that name until finish().
    Writer(std::filesystem::path file, const std::string& schema);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void version(const std::string& version);
    void language(const std::string& tag);
    void coverage(const Coverage& line);
    void response(const Response& facts);
    void pair(const Pair& facts);
    void term(const Term& facts);
    void group(const Group& facts);
    void path(const SymptomPath& facts);
    void situation(const Situation& facts);
    void speaker(const Speaker& facts);
    void finding_rule(const FindingRule& facts, int position);
    void entry(const Entry& facts, int position);
    void exchange(const Exchange& facts);
    void passage(const std::string& subject, const std::string& key, int position, const Passage& words);
    void index(const Indexed& entry);
    // `language` is empty for a name that every language has. Names are folded here; the heavier one goes before.
    void name(const std::string& name, const std::string& language, const std::string& kind, const std::string& id,
              int weight);
    void hit(const std::string& kind, const std::string& id, const std::string& language, const std::string& title,
             const std::string& gloss);
    void finish();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sipdex::catalog
