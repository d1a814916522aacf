// The library is what a window asks: documents, replays, search, and the words of the interface.
//
// The program implements it with the catalog; tests with a few lines. The window itself looks nothing up.
// Ids are those of the catalog. What is unknown comes back as a document of kind notice that says so.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "catalog/catalog.h"
#include "document/document.h"
#include "language/words.h"
#include "page/call_list.h"
#include "page/pages.h"
#include "window/kit/sheet.h"

namespace sipdex::window {

// What a page knows of a replay, and the catalog of its lists, is what a view shows.
using catalog::ListedExchange;
using catalog::ListedResponse;
using page::Narration;
using page::Offer;
using page::Question;
using page::Replay;
using page::ToldDecision;

struct Hit {
    enum class Kind { response, comparison, term, exchange };
    Kind kind = Kind::response;
    std::string title;    // "607 Unwanted"
    std::string snippet;  // the gloss, or the words that were found
    document::Target target;
    int code = 0;       // of a response
    bool weak = false;  // shares some words with what was typed, no more; then all hits do
};

struct Language {
    std::string tag;   // "fr"
    std::string name;  // in itself: "Français"
};

struct ToldChange {
    std::string change;    // as it is to be kept; empty where it cannot be made
    document::Text words;  // what it means
    std::string problem;   // one sentence: what is wrong and the remedy; empty when nothing is
};

// A page that the reader keeps, or has opened.
struct KeptPage {
    std::string title;  // "607 Unwanted"
    document::Target target;
};

struct KeptNote {
    std::string id;
    std::string text;
    std::string by;  // "Ana, 7 July 2026"
};

// Captures and logs that somebody brought, while they are read and after.
struct Evidence {
    enum class State { none, reading, read, failed };
    State state = State::none;
    std::string name;      // of the file that is being read
    double megabytes = 0;  // read of it so far
    std::string problem;   // one sentence, where nothing could be read
    unsigned version = 0;  // another one with every change of state, and when the calls were judged again
};

// The thresholds of a rule by which calls are judged.
struct RuleThresholds {
    std::string rule;   // "challenge-loop"
    std::string title;  // in the reader's language
    struct One {
        std::string name;  // "attempts"
        long value = 0, usual = 0;
        std::string called, usual_told;  // in the reader's language, with its unit: "time limit", "5 s"
    };
    std::vector<One> all;
};

// A copy of what was brought that can be shared, while it is written and after.
struct SharedCopy {
    enum class State { none, writing, written, failed };
    State state = State::none;
    std::string words;  // what was replaced, or why nothing was written; sentences
};

using language::Words;
using Sentence = std::string (Words::*)() const;  // one that takes no arguments

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
    virtual ToldChange told_change(const std::string& exchange, const std::vector<std::string>& earlier,
                                   const std::string& change) = 0;
    virtual Offer offer(const std::string& exchange, const std::vector<std::string>& earlier) = 0;
    // A proxy rings two to five phones, each as a person writes it: "486@3s", "180", "off".
    virtual Replay fork_lab(const std::vector<std::string>& phones) = 0;

    // Begins to read captures and logs beside the frames; what was brought before is forgotten. Their calls are then replayed
    // as exchanges by their ids (page/call_id.h).
    virtual void bring(const std::vector<std::string>& /*files*/) {}
    virtual void stop_bringing() {}  // what was read until then is shown
    virtual Evidence evidence() { return {}; }
    // What they show: to be read in the window, beside the list of calls or with it, or as a sheet, where nothing can be followed.
    enum class Explained { beside_list, with_list, sheet };
    virtual document::Document explained(Explained /*how*/) { return {}; }
    // One finding of that page as a page of its own, by its number there.
    virtual document::Document finding(std::size_t /*number*/) { return {}; }
    // Two exchanges or calls, by their ids, side by side.
    virtual document::Document beside(const std::string& /*first*/, const std::string& /*second*/) { return {}; }
    // A text of several calls is brought by the name that this gives; none for any other text.
    virtual std::optional<std::string> log_pasted(const std::string& /*text*/) { return std::nullopt; }
    // The calls, until others are brought or these are judged again; and one of them in words.
    using Calls = std::shared_ptr<const std::vector<page::ListedCall>>;
    virtual Calls calls() { return {}; }
    virtual page::CallLine call_line(const page::ListedCall&) { return {}; }
    // Where two replays first differ, of which one is a call that was brought.
    virtual std::optional<Replay::FirstDifference> first_difference(const Replay& /*first*/, const Replay& /*second*/) {
        return std::nullopt;
    }
    virtual RuleThresholds thresholds(const std::string& /*rule*/) { return {}; }
    // Judges the calls again, beside the frames: "challenge-loop.attempts".
    virtual void set_threshold(const std::string& /*name*/, long /*value*/) {}
    // Writes a copy of what was brought without what must not be shared, beside the frames.
    virtual std::string shared_name() { return {}; }  // where it could go
    virtual void share(const std::string& /*path*/) {}
    virtual void stop_sharing() {}  // nothing is written
    virtual SharedCopy shared() { return {}; }

    virtual std::vector<Hit> search(const std::string& typed) = 0;  // the best first
    // Has what the first search needs read, without waiting for it.
    virtual void prepare_search() {}
    virtual std::vector<ListedResponse> codes() = 0;  // by number
    virtual std::vector<ListedExchange> exchanges() = 0;

    virtual std::vector<Language> languages() = 0;
    virtual std::string language() = 0;  // the tag in use
    virtual void set_language(const std::string& tag) = 0;

    // A page anew, in a language of its own; the reader's stays what it is.
    virtual document::Document page(const document::Target& target, const std::string& language) = 0;
    virtual std::vector<Format> formats() = 0;
    virtual SheetOffer sheet_offer(const document::Document& document) = 0;
    // Writes the sheet, on whatever thread it is called. Gives an empty string, or one sentence: what failed and the
    // remedy. Must have ended before the library ends.
    using Saving = std::function<std::string()>;
    virtual Saving save(const document::Document& document, const Sheet& sheet) = 0;
    // Why a file cannot be the logo of a sheet, in one sentence; empty where it can.
    virtual std::string logo_trouble(const std::string& /*path*/) { return {}; }
    // Makes a preview of it, on whatever thread it is called, and needs the library no more.
    using Preview = std::function<std::unique_ptr<SheetPreview>()>;
    virtual Preview preview(const document::Document& document, const Sheet& sheet) = 0;

    // A note for a ticket about what the page shows, as plain text in the reader's language.
    virtual std::string ticket_note(const document::Document&) { return {}; }
    // Where nothing is compared yet: the pairs that are often confused, as a page of links.
    virtual document::Document pairs(const std::string& /*chosen*/) { return {}; }
    // What the reader keeps, pages by their targets. What cannot be kept says why: one sentence with its remedy, empty when
    // it is on the disk. A library that keeps nothing has no favourites and no notes.
    virtual bool is_favourite(const document::Target&) { return false; }
    virtual std::string set_favourite(const document::Target&, bool /*on*/) { return {}; }
    virtual std::vector<KeptPage> favourites() { return {}; }
    virtual std::vector<KeptPage> recent() { return {}; }  // the newest first, at most fifty
    virtual void visited(const document::Target&) {}       // the reader has opened this page
    // The reader's notes on a response or a pair; an empty id adds a note, an empty text deletes one.
    virtual std::vector<KeptNote> notes(const document::Target&) { return {}; }
    virtual std::string set_note(const document::Target&, const std::string& /*id*/, const std::string& /*text*/) {
        return {};
    }
    // Reads what another running copy has kept, and grows when anything is different: pages are to be asked for again.
    virtual unsigned kept_changes() { return 0; }

    virtual std::string catalog_version() = 0;  // "2026.1"

    // One sentence: what keeps the library from answering, and the remedy; empty while nothing does. Until then what it
    // cannot answer is empty, and a page a notice that says the same.
    virtual std::string trouble() { return {}; }
    // The trouble may be over in a moment, without anything happening in the window.
    virtual bool unsettled() { return false; }

    // The sentences of the interface in the current language; good until another is set.
    virtual const Words& words() = 0;
};

}  // namespace sipdex::window
