// The library is what a window asks: documents, replays, search, and the words of the interface.
//
// The program implements it with the catalog; tests with a few lines. The window itself looks nothing up.
// Ids are those of the catalog. What is unknown comes back as a document of kind notice that says so.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "document/document.h"
#include "simulator/recording.h"

namespace sipdex::window {

struct Hit {
    enum class Kind { response, comparison, term, exchange };
    Kind kind = Kind::response;
    std::string title;              // "607 Unwanted"
    std::string snippet;            // the gloss, or the words that were found
    document::Target target;
    int code = 0;                   // of a response
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

struct Replay {
    std::string title;
    simulator::Recording recording;
    std::vector<std::string> roles;         // of the actors, in the reader's language
    std::vector<Narration> narration;       // as many as the recording has messages
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

using Argument = std::pair<std::string_view, std::variant<std::int64_t, double, std::string>>;

class Library {
public:
    virtual ~Library() = default;

    virtual document::Document response(const std::string& id) = 0;
    virtual document::Document comparison(const std::vector<std::string>& ids) = 0;
    virtual document::Document term(const std::string& id) = 0;
    virtual document::Document exchange(const std::string& id) = 0;
    virtual Replay replay(const std::string& exchange) = 0;

    virtual std::vector<Hit> search(const std::string& typed) = 0;      // the best first
    virtual std::vector<ListedCode> codes() = 0;                        // by number
    virtual std::vector<ListedExchange> exchanges() = 0;

    virtual std::vector<Language> languages() = 0;
    virtual std::string language() = 0;                                 // the tag in use
    virtual void set_language(const std::string& tag) = 0;

    virtual std::vector<Format> formats() = 0;
    // Writes the sheet. Gives an empty string, or one sentence: what failed and the remedy.
    virtual std::string save(const document::Document& document, const Sheet& sheet) = 0;

    virtual std::string catalog_version() = 0;                          // "2026.1"

    // A message of the interface in the current language; keys stand in i18n/en/messages.toml.
    virtual std::string label(std::string_view key, const std::vector<Argument>& arguments = {}) = 0;
};

}  // namespace sipdex::window
