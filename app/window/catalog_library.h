// The library that the program itself uses: the catalog, its pages and search. Trouble with the catalog's file ends here,
// as an answer and a sentence.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "catalog/catalog.h"
#include "language/words.h"
#include "page/reader.h"
#include "paint/options.h"
#include "simulator/what_if/what_if.h"
#include "user/desk.h"
#include "window/brought_files.h"
#include "window/kit/library.h"
#include "window/open_catalog.h"
#include "window/sharing.h"

namespace sipdex::window {

class CatalogLibrary : public Library {
public:
    // Writes a document as a sheet; an empty string, or one sentence in the words given: what failed and the remedy. On
    // any thread.
    using Save = std::function<std::string(const document::Document&, const Sheet&, const language::Words&)>;

    // The same as plain text, for the clipboard.
    using Write = std::function<std::string(const document::Document&, const language::Words&)>;

    // The page in the form that the sheet asks for, and how it is to be painted. The words are those of its language and
    // live as long as the options. On any thread.
    struct Arranged {
        document::Document document;
        paint::Options options;
    };
    using Arrange = std::function<Arranged(const document::Document&, const Sheet&, const language::Words&)>;

    // The catalog and the desk, where there is one, must outlive the library. `language` is one of
    // language::interface_languages(). `author` names who writes a note.
    CatalogLibrary(const catalog::Catalog& catalog, const std::string& language, Save save, Write write = {},
                   user::Desk* desk = nullptr, std::function<std::string()> author = {}, Arrange arrange = {});

    document::Document response(const std::string& id) override;
    document::Document comparison(const std::vector<std::string>& ids) override;
    document::Document term(const std::string& id) override;
    document::Document exchange(const std::string& id) override;
    Replay replay(const std::string& exchange) override;
    Replay replay_changed(const std::string& exchange, const std::vector<std::string>& changes) override;
    ToldChange told_change(const std::string& exchange, const std::vector<std::string>& earlier,
                           const std::string& change) override;
    Offer offer(const std::string& exchange, const std::vector<std::string>& earlier) override;
    Replay fork_lab(const std::vector<std::string>& phones) override;
    void bring(const std::vector<std::string>& files) override;
    void stop_bringing() override { brought_.stop(); }
    Evidence evidence() override;
    document::Document explained(Explained how) override;
    document::Document finding(std::size_t number) override;
    document::Document beside(const std::string& first, const std::string& second) override;
    std::optional<std::string> log_pasted(const std::string& text) override;
    Calls calls() override { return brought_.calls(); }
    page::CallLine call_line(const page::ListedCall& call) override;
    std::optional<Replay::FirstDifference> first_difference(const Replay& first, const Replay& second) override;
    RuleThresholds thresholds(const std::string& rule) override;
    void set_threshold(const std::string& name, long value) override { brought_.set_threshold(name, value); }
    std::string shared_name() override { return brought_.shared_name(); }
    void share(const std::string& path) override;
    void stop_sharing() override { sharing_.stop(); }
    SharedCopy shared() override { return sharing_.state(words_); }
    std::vector<Hit> search(const std::string& typed) override;
    void prepare_search() override;
    std::vector<ListedResponse> codes() override;
    std::vector<ListedExchange> exchanges() override;
    std::vector<Language> languages() override;
    std::string language() override;
    void set_language(const std::string& tag) override;
    document::Document page(const document::Target& target, const std::string& language) override;
    std::vector<Format> formats() override;
    SheetOffer sheet_offer(const document::Document& document) override;
    Saving save(const document::Document& document, const Sheet& sheet) override;
    std::string logo_trouble(const std::string& path) override;
    Preview preview(const document::Document& document, const Sheet& sheet) override;
    std::string ticket_note(const document::Document& page) override;
    document::Document pairs(const std::string& chosen) override;
    bool is_favourite(const document::Target& page) override;
    std::string set_favourite(const document::Target& page, bool on) override;
    std::vector<KeptPage> favourites() override;
    std::vector<KeptPage> recent() override;
    void visited(const document::Target& page) override;
    std::vector<KeptNote> notes(const document::Target& page) override;
    std::string set_note(const document::Target& page, const std::string& id, const std::string& text) override;
    unsigned kept_changes() override;
    std::string catalog_version() override;
    std::string trouble() override;
    bool unsettled() override { return catalog_.unsettled() || brought_.busy() || sharing_.writing(); }
    const Words& words() override { return words_; }

private:
    // Asks the catalog; what `otherwise` gives where it cannot answer.
    template <class Query, class Otherwise>
    auto ask(Query query, Otherwise otherwise) -> decltype(otherwise());
    template <class Query, class Otherwise>
    auto ask_in(const language::Words& words, Query query, Otherwise otherwise) -> decltype(otherwise());
    template <class Query>
    document::Document page_or_notice(Query query);
    template <class Query>
    document::Document page_or_notice_in(const language::Words& words, Query query);
    std::vector<simulator::Change> changes_from(const page::Reader& reader, const std::string& exchange,
                                                const std::vector<std::string>& texts) const;
    std::vector<Hit> found(const page::Reader& reader, const std::string& typed);
    const std::vector<ListedResponse>& listed_codes();
    void forget_lists_of_another();
    // Puts changes on the disk; why not, in one sentence, where they are not.
    std::string keep();
    std::vector<KeptPage> kept_pages(const std::vector<std::string>& names);

    OpenCatalog catalog_;
    BroughtFiles brought_;
    Sharing sharing_;
    language::Words words_;
    Save save_;
    Write write_;
    user::Desk* desk_;
    std::function<std::string()> author_;
    Arrange arrange_;
    // Asked for in many frames, and the same as long as the language and the catalog are.
    struct Lists {
        std::string language;
        unsigned opening = 0;
        std::optional<std::vector<ListedResponse>> codes;
        std::optional<std::vector<ListedExchange>> exchanges;
        std::optional<std::string> version;
    } lists_;
};

}  // namespace sipdex::window
