// A library with a few real pages, so that the window can be drawn and tested without a catalog.
#pragma once
#include <algorithm>
#include <functional>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "window/kit/library.h"

namespace sipdex::test {

class SampleLibrary : public window::Library {
public:
    document::Document response(const std::string& id) override;
    document::Document comparison(const std::vector<std::string>& ids) override;
    document::Document term(const std::string& id) override;
    document::Document exchange(const std::string& id) override;
    window::Replay replay(const std::string& exchange) override;
    // Whatever is changed, everything comes half a second later and the first difference is the second message.
    window::Replay replay_changed(const std::string& exchange, const std::vector<std::string>& changes) override;
    // Understands what is lost, who answers with a code, and two choices.
    window::ToldChange told_change(const std::string& exchange, const std::vector<std::string>& earlier,
                                   const std::string& change) override;
    window::Offer offer(const std::string& exchange, const std::vector<std::string>& earlier) override;
    window::Replay fork_lab(const std::vector<std::string>& phones) override;
    // Everything is read at once, but what is called "slow" or "empty".
    void bring(const std::vector<std::string>& files) override;
    void stop_bringing() override;
    window::Evidence evidence() override;
    document::Document explained(Explained how) override;
    document::Document finding(std::size_t number) override;
    document::Document beside(const std::string& first, const std::string& second) override;
    // What is called so.
    std::string logo_trouble(const std::string& path) override {
        return path.ends_with("no-picture.png") ? "no-picture.png cannot be read" : std::string();
    }
    // A text with two INVITEs is a log.
    std::optional<std::string> log_pasted(const std::string& text) override;
    Calls calls() override;
    page::CallLine call_line(const page::ListedCall& call) override;
    // The second message.
    std::optional<window::Replay::FirstDifference> first_difference(const window::Replay& first,
                                                                    const window::Replay& second) override;
    window::RuleThresholds thresholds(const std::string& rule) override;
    void set_threshold(const std::string& name, long value) override;
    std::string shared_name() override { return shared_name_; }
    void share(const std::string& path) override { shared_to.push_back(path); }
    window::SharedCopy shared() override;
    std::vector<window::Hit> search(const std::string& typed) override;
    std::vector<window::ListedResponse> codes() override;
    std::vector<window::ListedExchange> exchanges() override;
    std::vector<window::Language> languages() override;
    std::string language() override {
        heard("language");
        return language_;
    }
    void set_language(const std::string& tag) override;
    document::Document page(const document::Target& target, const std::string& language) override;
    std::vector<window::Format> formats() override;
    window::SheetOffer sheet_offer(const document::Document& document) override;
    // Three pages of the whole, one of each other form; of a format without pages one line that says what was asked for.
    Preview preview(const document::Document& document, const window::Sheet& sheet) override;
    Saving save(const document::Document& document, const window::Sheet& sheet) override;
    document::Document pairs(const std::string& chosen) override;
    std::string ticket_note(const document::Document& page) override { return page.title; }
    std::string catalog_version() override {
        heard("catalog_version");
        return "2026.1";
    }
    std::string trouble() override {
        heard("trouble");
        return trouble_words;
    }
    const window::Words& words() override { return words_; }
    bool is_favourite(const document::Target& page) override {
        return std::ranges::any_of(kept_favourites, [&](const auto& one) { return one.target == page; });
    }
    std::string set_favourite(const document::Target& page, bool on) override;
    std::vector<window::KeptPage> favourites() override { return kept_favourites; }
    std::vector<window::KeptPage> recent() override { return opened; }
    void visited(const document::Target& page) override;
    std::vector<window::KeptNote> notes(const document::Target& page) override;
    std::string set_note(const document::Target& page, const std::string& id, const std::string& text) override;
    unsigned kept_changes() override { return changes_; }

    // Called with the name of each question before it is answered; what it throws, the question throws.
    std::function<void(const std::string&)> listener;

    // Speaks English with every message 40 % longer, or in letters of Arabic, mirrored: what a translation may do to a
    // window. Its pages stay as they are.
    void speak_pseudo(bool right_to_left);

    bool with_arabic = false;  // a third language, to see the window mirrored
    std::vector<window::Sheet> saved, previewed;
    std::vector<document::Document> saved_pages;
    std::string preview_trouble;         // what making a preview throws
    std::vector<std::string> searched;   // what was searched for
    std::string trouble_words;           // what keeps it from answering
    std::string refusal;                 // what `save` answers
    std::shared_future<void> slow_disk;  // and when; at once without
    std::vector<window::KeptPage> kept_favourites, opened;
    std::vector<std::pair<document::Target, window::KeptNote>> kept_notes;
    std::string not_kept;                // what keeping anything answers
    std::vector<std::string> shared_to;  // copies without names
    std::string shared_name_ = "/nowhere/office-shared.pcapng";
    long attempts = 3;           // the threshold
    std::size_t more_calls = 0;  // behind the two

private:
    void heard(const std::string& question) const {
        if (listener) listener(question);
    }
    const char* pick(const char* english, const char* french, const char* arabic = nullptr) const;
    std::string language_ = "en";
    language::Words words_{"en"};
    unsigned changes_ = 0;
    window::Evidence evidence_;
    Calls calls_;
};

// Its replays go on and on, the same call after the same call.
class LongLibrary : public SampleLibrary {
public:
    window::Replay replay(const std::string& exchange) override;
    std::size_t messages = 10'000;  // at least; no more than one call has: one call
};

}  // namespace sipdex::test
