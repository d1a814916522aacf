#include "window/catalog_library.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "language/characters.h"
#include "language/locale.h"
#include "page/beside.h"
#include "page/catalog_trouble.h"
#include "page/desk.h"
#include "page/forms.h"
#include "page/handout.h"
#include "page/lookup.h"
#include "page/pages.h"
#include "paint/formats.h"
#include "paint/logo.h"
#include "paint/picture.h"
#include "user/page_name.h"
#include "window/painted_preview.h"

namespace sipdex::window {

namespace {

constexpr std::size_t longest_sentence = 400;  // characters: the file's name may be any

}  // namespace

CatalogLibrary::CatalogLibrary(const catalog::Catalog& catalog, const std::string& language, Save save, Write write,
                               user::Desk* desk, std::function<std::string()> author, Arrange arrange)
    : catalog_(catalog),
      words_(language),
      save_(std::move(save)),
      write_(std::move(write)),
      desk_(desk),
      author_(std::move(author)),
      arrange_(std::move(arrange)) {}

std::string CatalogLibrary::ticket_note(const document::Document& page) {
    return write_ ? write_(page::ticket_note(page), words_) : std::string();
}

document::Document CatalogLibrary::pairs(const std::string& chosen) {
    return page_or_notice([&](const page::Reader& reader) { return page::pairs(reader, chosen); });
}

template <class Query, class Otherwise>
auto CatalogLibrary::ask(Query query, Otherwise otherwise) -> decltype(otherwise()) {
    return ask_in(words_, query, otherwise);
}

template <class Query, class Otherwise>
auto CatalogLibrary::ask_in(const language::Words& words, Query query, Otherwise otherwise) -> decltype(otherwise()) {
    const catalog::Catalog* catalog = catalog_.now();
    if (!catalog) return otherwise();
    try {
        return query(page::Reader{*catalog, words, desk_ ? &desk_->kept() : nullptr});
    } catch (const catalog::CatalogError& error) {
        catalog_.failed(error);
        return otherwise();
    }
}

template <class Query>
document::Document CatalogLibrary::page_or_notice(Query query) {
    return page_or_notice_in(words_, query);
}

template <class Query>
document::Document CatalogLibrary::page_or_notice_in(const language::Words& words, Query query) {
    return ask_in(words, query, [this] {
        document::Document notice;
        notice.title = words_.window_mishap_title();
        notice.language = words_.tag();
        notice.summary = document::plain(trouble());
        return notice;
    });
}

std::string CatalogLibrary::trouble() {
    catalog_.now();
    const auto& trouble = catalog_.trouble();
    return trouble ? language::shown(page::sentence_for(words_, *trouble), longest_sentence) : std::string();
}

document::Document CatalogLibrary::response(const std::string& id) {
    return page_or_notice([&](const page::Reader& reader) { return page::response(reader, id); });
}

document::Document CatalogLibrary::comparison(const std::vector<std::string>& ids) {
    return page_or_notice([&](const page::Reader& reader) { return page::comparison(reader, ids); });
}

document::Document CatalogLibrary::term(const std::string& id) {
    return page_or_notice([&](const page::Reader& reader) { return page::term(reader, id); });
}

document::Document CatalogLibrary::exchange(const std::string& id) {
    const auto story = brought_.story_of(id);
    return page_or_notice([&](const page::Reader& reader) {
        return story ? page::explained(reader, *brought_.read(), {{*story}, true, true}) : page::exchange(reader, id);
    });
}

void CatalogLibrary::bring(const std::vector<std::string>& files) {
    if (files.empty()) return;
    ask(
        [&](const page::Reader& reader) {
            brought_.begin(page::means_of(reader), files);
            return true;
        },
        [] { return false; });
}

Evidence CatalogLibrary::evidence() {
    return ask([&](const page::Reader& reader) { return brought_.state(reader); }, [] { return Evidence{}; });
}

document::Document CatalogLibrary::explained(Explained how) {
    return page_or_notice([&](const page::Reader& reader) {
        const page::Brought* brought = brought_.read();
        return brought ? page::explained(reader, *brought,
                                         {{}, how != Explained::sheet, false, how != Explained::beside_list})
                       : document::Document{};
    });
}

document::Document CatalogLibrary::finding(std::size_t number) {
    return page_or_notice([&](const page::Reader& reader) {
        const page::Brought* brought = brought_.read();
        return (brought ? page::finding_page(reader, *brought, number) : std::nullopt).value_or(document::Document{});
    });
}

document::Document CatalogLibrary::beside(const std::string& first, const std::string& second) {
    const Replay one = replay(first), other = replay(second);
    return page_or_notice([&](const page::Reader& reader) { return page::beside(reader, one, other); });
}

std::optional<std::string> CatalogLibrary::log_pasted(const std::string& text) {
    return ask(
        [&](const page::Reader& reader) {
            return page::is_log_of_calls(page::means_of(reader), text) ? std::optional(brought_.keep(text))
                                                                       : std::nullopt;
        },
        [] { return std::optional<std::string>(); });
}

page::CallLine CatalogLibrary::call_line(const page::ListedCall& call) {
    const page::Brought* brought = brought_.read();
    if (!brought || call.story >= brought->calls.stories.size()) return {};
    return ask([&](const page::Reader& reader) { return page::line_of(reader, *brought, call); },
               [] { return page::CallLine{}; });
}

std::optional<Replay::FirstDifference> CatalogLibrary::first_difference(const Replay& first, const Replay& second) {
    return ask([&](const page::Reader& reader) { return page::first_difference(reader, first, second); },
               [] { return std::optional<Replay::FirstDifference>(); });
}

RuleThresholds CatalogLibrary::thresholds(const std::string& rule) {
    RuleThresholds found{rule, {}, {}};
    const page::Brought* brought = brought_.read();
    if (!brought) return found;
    for (const catalog::FindingRule& one : *brought->rules) {
        if (one.id != rule) continue;
        return ask(
            [&](const page::Reader& reader) {
                found.title = page::title_of_rule(reader, one);
                for (const catalog::FindingRule::Threshold& threshold : one.thresholds)
                    found.all.push_back({threshold.name, page::threshold_of(*brought, one, threshold), threshold.value,
                                         page::threshold_name(reader, threshold.name),
                                         page::threshold_value(reader, threshold.name, threshold.value)});
                return found;
            },
            [&] { return found; });
    }
    return found;
}

void CatalogLibrary::share(const std::string& path) {
    ask(
        [&](const page::Reader& reader) {
            sharing_.begin(page::means_to_share(reader), brought_.sources(), path);
            return true;
        },
        [] { return false; });
}

std::vector<simulator::Change> CatalogLibrary::changes_from(const page::Reader& reader, const std::string& exchange,
                                                            const std::vector<std::string>& texts) const {
    std::vector<simulator::Change> changes;
    for (const std::string& text : texts)
        if (auto asked = page::change_from(reader, exchange, text, changes); asked.change)
            changes.push_back(std::move(*asked.change));
    return changes;
}

Replay CatalogLibrary::replay(const std::string& exchange) { return replay_changed(exchange, {}); }

Replay CatalogLibrary::replay_changed(const std::string& exchange, const std::vector<std::string>& texts) {
    return ask(
        [&](const page::Reader& reader) {
            if (const auto story = brought_.story_of(exchange))
                return page::call_replay(reader, *brought_.read(), {*story});
            return page::replay(reader, exchange, changes_from(reader, exchange, texts)).value_or(Replay{});
        },
        [] { return Replay{}; });
}

ToldChange CatalogLibrary::told_change(const std::string& exchange, const std::vector<std::string>& earlier,
                                       const std::string& change) {
    return ask(
        [&](const page::Reader& reader) {
            page::AskedChange asked =
                page::change_from(reader, exchange, change, changes_from(reader, exchange, earlier));
            return ToldChange{asked.change ? simulator::to_text(*asked.change) : std::string(), std::move(asked.words),
                              std::move(asked.problem)};
        },
        [this] {
            return ToldChange{{}, {}, trouble()};
        });
}

Offer CatalogLibrary::offer(const std::string& exchange, const std::vector<std::string>& earlier) {
    return ask(
        [&](const page::Reader& reader) {
            return page::offer_of(reader, exchange, changes_from(reader, exchange, earlier));
        },
        [] { return Offer{}; });
}

Replay CatalogLibrary::fork_lab(const std::vector<std::string>& texts) {
    return ask(
        [&](const page::Reader& reader) {
            std::vector<simulator::ForkPhone> phones;
            for (const std::string& text : texts)
                if (const auto asked = page::phone_from(reader, text); asked.phone) phones.push_back(*asked.phone);
            if (phones.size() < simulator::fewest_fork_phones || phones.size() > simulator::most_fork_phones)
                return Replay{};
            return page::fork_replay(reader, phones);
        },
        [] { return Replay{}; });
}

std::vector<Hit> CatalogLibrary::search(const std::string& typed) {
    return ask([&](const page::Reader& reader) { return found(reader, typed); }, [] { return std::vector<Hit>{}; });
}

std::vector<Hit> CatalogLibrary::found(const page::Reader& reader, const std::string& typed) {
    std::vector<Hit> hits;
    const std::vector<ListedResponse>& known = listed_codes();
    page::Found looked = page::look_up(reader, typed);
    if (looked.pasted) {
        const auto response = reader.catalog.response(looked.pasted->response);
        Hit hit{Hit::Kind::response, looked.pasted->page.title, words_.pasted_title(),
                document::ToTerm{"pasted/" + typed}, response ? response->code : 0};
        if (!response) hit.kind = Hit::Kind::term;
        hits.push_back(std::move(hit));
    }
    const auto own = [&] {
        for (page::OwnHit& one : looked.own)
            hits.push_back({Hit::Kind::term, std::move(one.title), std::move(one.words), std::move(one.target), 0});
        looked.own.clear();
    };
    for (catalog::Hit& hit : looked.hits) {
        if (!hit.exact) own();  // behind what is meant exactly
        Hit shown;
        switch (hit.kind) {
            case catalog::Hit::Kind::response: shown.kind = Hit::Kind::response; break;
            case catalog::Hit::Kind::comparison: shown.kind = Hit::Kind::comparison; break;
            case catalog::Hit::Kind::group:
            case catalog::Hit::Kind::speaker:
            case catalog::Hit::Kind::path:
            case catalog::Hit::Kind::vocabulary:
            case catalog::Hit::Kind::term: shown.kind = Hit::Kind::term; break;
            case catalog::Hit::Kind::exchange: shown.kind = Hit::Kind::exchange; break;
        }
        if (const auto listed = std::ranges::find(known, hit.id, &ListedResponse::id);
            shown.kind == Hit::Kind::response && listed != known.end())
            shown.code = listed->code;
        shown.title = std::move(hit.title);
        shown.snippet = std::move(hit.gloss);
        shown.target = std::move(hit.target);
        shown.weak = hit.weak;
        hits.push_back(std::move(shown));
    }
    own();
    return hits;
}

void CatalogLibrary::prepare_search() {
    if (const catalog::Catalog* catalog = catalog_.now()) catalog->prepare_search();
}

void CatalogLibrary::forget_lists_of_another() {
    catalog_.now();
    if (lists_.language == words_.tag() && lists_.opening == catalog_.openings()) return;
    lists_ = {words_.tag(), catalog_.openings(), {}, {}, {}};
}

std::vector<ListedResponse> CatalogLibrary::codes() { return listed_codes(); }

const std::vector<ListedResponse>& CatalogLibrary::listed_codes() {
    forget_lists_of_another();
    if (!lists_.codes)
        lists_.codes = ask([](const page::Reader& reader) { return reader.catalog.responses(reader.language()); },
                           [] { return std::vector<ListedResponse>{}; });
    return *lists_.codes;
}

std::vector<ListedExchange> CatalogLibrary::exchanges() {
    forget_lists_of_another();
    if (!lists_.exchanges)
        lists_.exchanges =
            ask([](const page::Reader& reader) { return reader.catalog.listed_exchanges(reader.language()); },
                [] { return std::vector<ListedExchange>{}; });
    return *lists_.exchanges;
}

std::vector<Language> CatalogLibrary::languages() {
    std::vector<Language> list;
    for (const std::string& tag : language::interface_languages()) list.push_back({tag, language::own_name(tag)});
    return list;
}

std::string CatalogLibrary::language() { return words_.tag(); }

void CatalogLibrary::set_language(const std::string& tag) { words_ = language::Words(tag); }

document::Document CatalogLibrary::page(const document::Target& target, const std::string& language) {
    const language::Words words(language);
    return page_or_notice_in(words, [&](const page::Reader& reader) {
        if (const auto* response = std::get_if<document::ToResponse>(&target))
            return page::response(reader, response->id);
        if (const auto* comparison = std::get_if<document::ToComparison>(&target))
            return page::comparison(reader, comparison->ids);
        if (const auto* exchange = std::get_if<document::ToExchange>(&target))
            return page::exchange(reader, exchange->id);
        const auto* term = std::get_if<document::ToTerm>(&target);
        return page::term(reader, term ? term->id : std::string());
    });
}

std::vector<Format> CatalogLibrary::formats() {
    std::vector<Format> list;
    for (const paint::Format& format : paint::formats()) {
        const std::string name(format.name);
        list.push_back({name, words_.format_name(name), "." + std::string(format.extension), is_on_paper(format)});
    }
    return list;
}

SheetOffer CatalogLibrary::sheet_offer(const document::Document& document) {
    SheetOffer offer;
    if (page::has_forms(document))
        for (const page::FormName& form : page::forms()) offer.forms.emplace_back(form.name);
    for (const paint::PaperKind& paper : paint::papers()) offer.papers.emplace_back(paper.name);
    offer.handout = page::has_answers_to_hide(document);
    offer.upright = page::fits_upright(document);
    return offer;
}

Library::Saving CatalogLibrary::save(const document::Document& document, const Sheet& sheet) {
    // Words are no matter of two threads: who saves has its own.
    return [document, sheet, tag = language(), save = save_] { return save(document, sheet, language::Words(tag)); };
}

std::string CatalogLibrary::logo_trouble(const std::string& path) {
    try {
        paint::logo_in(path);
        return {};
    } catch (const paint::NotAPicture&) {
        return words_.logo_unreadable(language::shown(std::filesystem::path(path).filename().string()));
    } catch (const std::exception& error) {
        return language::shown(error.what(), longest_sentence);
    }
}

Library::Preview CatalogLibrary::preview(const document::Document& document, const Sheet& sheet) {
    const paint::Format* format = paint::format_named(sheet.format);
    if (!arrange_ || !format) return {};
    // Words are no matter of two threads: the preview has its own.
    return [document, sheet, format, arrange = arrange_]() -> std::unique_ptr<SheetPreview> {
        const language::Words words(document.language);
        const Arranged arranged = arrange(document, sheet, words);
        return std::make_unique<PaintedPreview>(*format, arranged.document, arranged.options);
    };
}

bool CatalogLibrary::is_favourite(const document::Target& page) {
    return desk_ && desk_->is_favourite(user::name_of_page(page));
}

std::string CatalogLibrary::set_favourite(const document::Target& page, bool on) {
    if (desk_) desk_->set_favourite(user::name_of_page(page), on);
    return keep();
}

std::vector<KeptPage> CatalogLibrary::kept_pages(const std::vector<std::string>& names) {
    return ask(
        [&](const page::Reader& reader) {
            std::vector<KeptPage> pages;
            for (const std::string& name : names)
                if (std::string title = page::title_of_page(reader, name); !title.empty())
                    pages.push_back({std::move(title), user::page_named(name)});
            return pages;
        },
        [] { return std::vector<KeptPage>{}; });
}

std::vector<KeptPage> CatalogLibrary::favourites() {
    std::vector<std::string> names;
    if (desk_)
        for (const user::Entry* entry : user::favourites(desk_->kept()))
            if (std::ranges::find(names, entry->favourite()->page) == names.end())
                names.push_back(entry->favourite()->page);
    return kept_pages(names);
}

std::vector<KeptPage> CatalogLibrary::recent() {
    std::vector<std::string> names;
    if (desk_)
        for (const user::Visit& visit : desk_->kept().recent) names.push_back(visit.page);
    return kept_pages(names);
}

void CatalogLibrary::visited(const document::Target& page) {
    if (!desk_) return;
    desk_->visit(user::name_of_page(page));
    keep();
}

std::vector<KeptNote> CatalogLibrary::notes(const document::Target& page) {
    return ask(
        [&](const page::Reader& reader) {
            std::vector<KeptNote> notes;
            const std::string name = user::name_of_page(page);
            if (reader.kept && !name.empty())
                for (const user::Entry* entry : user::notes_on(*reader.kept, name))
                    notes.push_back({entry->id, entry->note()->text, page::who_and_when(reader, *entry)});
            return notes;
        },
        [] { return std::vector<KeptNote>{}; });
}

std::string CatalogLibrary::set_note(const document::Target& page, const std::string& id, const std::string& text) {
    if (!desk_) return {};
    const std::string author = author_ ? author_() : std::string();
    if (const auto count = user::characters_in(text); count > user::most_of_a_text)
        return words_.note_too_long(std::to_string(user::most_of_a_text), std::to_string(count));
    const user::Note note{user::name_of_page(page), {}, text};
    if (text.empty()) desk_->remove(id, author);
    else if (id.empty()) desk_->add(note, author);
    else desk_->change(id, note, author);
    return keep();
}

std::string CatalogLibrary::keep() {
    if (!desk_) return {};
    using namespace std::chrono;
    desk_->save(duration<double>(steady_clock::now().time_since_epoch()).count());
    return desk_->unsaved() ? page::sentence_for(words_, desk_->trouble(), desk_->file()) : std::string();
}

unsigned CatalogLibrary::kept_changes() {
    if (!desk_) return 0;
    if (desk_->unsaved()) keep();
    desk_->look();
    return desk_->changes();
}

std::string CatalogLibrary::catalog_version() {
    forget_lists_of_another();
    if (!lists_.version)
        lists_.version =
            ask([](const page::Reader& reader) { return reader.catalog.info().version; }, [] { return std::string(); });
    return *lists_.version;
}

}  // namespace sipdex::window
