// The library is what a window asks: documents, replays, search, and the words of the interface.
//
// The program implements it with the catalog; tests with a few lines. The window itself looks nothing up.
// Ids are those of the catalog. What is unknown comes back as a document of kind notice that says so.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "document/document.h"
#include "language/words.h"
#include "recording/recording.h"
#include "simulator/what_if/changeable.h"

namespace sipdex::window {

struct Hit {
    enum class Kind { response, comparison, term, exchange };
    Kind kind = Kind::response;
    std::string title;              // "607 Unwanted"
    std::string snippet;            // the gloss, or the words that were found
    document::Target target;
    int code = 0;                   // of a response
    bool weak = false;              // shares some words with what was typed, no more; then all hits do
};

struct ListedCode {
    std::string id;                 // "607"
    int code = 0;
    std::string phrase;             // as on the wire
    std::string gloss;              // in the reader's language
    bool curated = false;           // its text is written
    bool registered = true;
};

struct ListedExchange {
    std::string id;
    std::string title;
    std::vector<int> codes;         // the final answers that somebody receives in it
};

struct Language {
    std::string tag;                // "fr"
    std::string name;               // in itself: "Français"
};

struct Narration {                  // of one transmission
    document::Text what, why;
    document::Text rule;            // usually one link to a section
};

struct ToldDecision {               // a choice that a party took by a rule
    std::size_t before = 0;         // the message before which it was taken
    std::size_t actor = 0;
    document::Text words, rule;
};

struct OfferedChoice {
    document::Text words;
    std::string change;             // to be made to the exchange, as a person writes it
};

struct Question {                   // where an exchange stops to ask a trainee
    std::size_t message = 0;        // the response that asks
    document::Text words, rule;
    std::vector<OfferedChoice> choices;
};

struct FirstDifference {            // of an exchange and the same with changes
    document::Text words;           // one sentence
    std::size_t as_it_is = 0, changed = 0;      // a message of each; the number of messages where it has ended by then
};

struct Replay {
    std::string title;
    recording::Recording recording;
    std::vector<std::string> roles;         // of the actors, in the reader's language
    std::vector<Narration> narration;       // as many as the recording has messages
    std::vector<ToldDecision> decisions = {};
    std::vector<Question> questions = {};
    std::optional<std::size_t> departs = {};    // with changes: the message at which the course becomes another
    std::optional<FirstDifference> difference = {};
    document::Text outcome = {}, outcome_why = {};      // of a fork lab: what the caller gets; why, with the rule
};

struct Offer {                      // what could be changed in an exchange
    std::vector<simulator::Changeable> parties;
    bool loses_messages = false;
};

struct ToldChange {
    std::string change;             // as it is to be kept; empty where it cannot be made
    document::Text words;           // what it means
    std::string problem;            // one sentence: what is wrong and the remedy; empty when nothing is
};

// How a document leaves the program.
struct Format {
    std::string id;                 // "pdf"
    std::string name;               // "PDF"
    std::string extension;          // ".pdf"
    bool on_paper = false;          // paper size and monochrome mean something
};

struct Sheet {
    std::string format;
    std::string paper = "a4";       // or "letter"
    bool monochrome = false;
    std::string path;
};

using language::Words;
using Sentence = std::string (Words::*)() const;      // one that takes no arguments

class Library {
public:
    virtual ~Library() = default;

    virtual document::Document response(const std::string& id) = 0;
    virtual document::Document comparison(const std::vector<std::string>& ids) = 0;
    virtual document::Document term(const std::string& id) = 0;
    virtual document::Document exchange(const std::string& id) = 0;
    virtual Replay replay(const std::string& exchange) = 0;
    // What if: the exchange with changes such as "bob answers 603 after 2s", one made after the other; what cannot be
    // made is left out.
    virtual Replay replay_changed(const std::string& exchange, const std::vector<std::string>& changes) = 0;
    // What a change means, or what keeps it from being made; `earlier` ones are made before it.
    virtual ToldChange told_change(const std::string& exchange, const std::vector<std::string>& earlier, const std::string& change) = 0;
    virtual Offer offer(const std::string& exchange, const std::vector<std::string>& earlier) = 0;
    // A proxy rings two to five phones, each as a person writes it: "486@3s", "180", "off".
    virtual Replay fork_lab(const std::vector<std::string>& phones) = 0;

    virtual std::vector<Hit> search(const std::string& typed) = 0;      // the best first
    // Reads what the first search would read: for a moment when nobody waits.
    virtual void prepare_search() {}
    virtual std::vector<ListedCode> codes() = 0;                        // by number
    virtual std::vector<ListedExchange> exchanges() = 0;

    virtual std::vector<Language> languages() = 0;
    virtual std::string language() = 0;                                 // the tag in use
    virtual void set_language(const std::string& tag) = 0;

    virtual std::vector<Format> formats() = 0;
    // Writes the sheet. Gives an empty string, or one sentence: what failed and the remedy.
    virtual std::string save(const document::Document& document, const Sheet& sheet) = 0;

    virtual std::string catalog_version() = 0;                          // "2026.1"

    // One sentence: what keeps the library from answering, and the remedy; empty while nothing does. Until then what it
    // cannot answer is empty, and a page a notice that says the same.
    virtual std::string trouble() { return {}; }

    // A message of the interface in the current language; keys stand in i18n/en/messages.toml.
    virtual const Words& words() = 0;
};

}  // namespace sipdex::window
