#include "page/desk.h"

#include <algorithm>

#include "evidence/pattern.h"
#include "language/characters.h"
#include "language/fold.h"
#include "language/locale.h"
#include "page/articles.h"
#include "page/fact_words.h"
#include "page/pages.h"
#include "user/page_name.h"

namespace sipdex::page {

namespace {

using document::Text;
using language::Words;
using user::Entry;
using user::Note;
using user::Profile;

constexpr const char* section_id = "desk-notes";

std::string shown(const std::string& text) { return language::shown(text, user::most_of_a_text); }

document::Item item_of(const Reader& reader, const Entry& entry, const std::string& about) {
    const std::string by = who_and_when(reader, entry);
    return {document::plain(about.empty() ? by : about + " · " + by), document::plain(shown(entry.note()->text))};
}

document::Section notes_section(const Reader& reader, std::string title, std::vector<document::Item> items) {
    return {
        section_id,
        std::move(title),
        {document::Paragraph{document::plain(reader.words.desk_notes_origin()), document::Paragraph::Role::secondary},
         document::List{false, std::move(items)}},
        false,
        false};
}

void add_items(const Reader& reader, std::vector<document::Item> items, document::Document& page) {
    if (items.empty()) return;
    auto& sections = page.sections;
    if (const auto there = std::ranges::find(sections, section_id, &document::Section::id); there != sections.end()) {
        auto& list = std::get<document::List>(there->blocks.back());
        list.items.insert(list.items.end(), items.begin(), items.end());
        return;
    }
    const auto glance = std::ranges::find(sections, "at-a-glance", &document::Section::id);
    sections.insert(glance == sections.end() ? sections.begin() : glance + 1,
                    notes_section(reader, reader.words.section_desk_notes(), std::move(items)));
}

document::Target page_of(const Entry& entry) {
    if (const Note* note = entry.note(); note && !note->on.empty()) return user::page_named(note->on);
    return document::ToTerm{(entry.note() ? "note/" : "profile/") + entry.id};
}

Text code_link(const Reader& reader, int code) {
    const std::string id = std::to_string(code);
    return reader.catalog.title_of_response(id) ? document::link(id, document::ToResponse{id}) : document::plain(id);
}

Text code_links(const Reader& reader, const std::vector<int>& codes) {
    Text text;
    for (const int code : codes) {
        if (!text.empty()) text.spans.push_back({", "});
        text.spans.push_back(code_link(reader, code).spans.front());
    }
    return text;
}

// Every word that was typed begins one of these.
bool says_all(const std::vector<std::string>& typed, const std::vector<std::string>& words) {
    return !typed.empty() && std::ranges::all_of(typed, [&](const std::string& one) {
        return std::ranges::any_of(words, [&](const std::string& word) { return word.starts_with(one); });
    });
}

const Entry* entry_of(const Reader& reader, const std::string& id) {
    if (!reader.kept) return nullptr;
    const auto found = reader.kept->entries.find(id);
    return found == reader.kept->entries.end() ? nullptr : &found->second;
}

class ProfileWriter {
public:
    ProfileWriter(const Reader& reader, const Entry& entry)
        : reader_(reader), words_(reader.words), entry_(entry), profile_(*entry.profile()) {}

    document::Document write() {
        page_ = blank(reader_, document::Document::Kind::term, shown(profile_.name));
        glance();
        phrases();
        mappings();
        failover();
        return std::move(page_);
    }

private:
    void add(std::string id, std::string title, document::FactTable table, bool at_a_glance = false) {
        if (!table.rows.empty())
            page_.sections.push_back({std::move(id), std::move(title), {std::move(table)}, at_a_glance, false});
    }

    void glance() {
        document::FactTable table;
        const auto row = [&](std::string label, Text cell) {
            table.rows.push_back({document::plain(std::move(label)), {std::move(cell)}, false});
        };
        row(words_.vocabulary_fact("kind"), document::plain(words_.profile_kind()));
        if (const catalog::Speaker* speaker = reader_.catalog.speaker(profile_.speaker))
            row(words_.profile_built_on(), document::link(speaker->name, document::ToTerm{"speaker/" + speaker->id}));
        row(words_.profile_changed(), document::plain(who_and_when(reader_, entry_)));
        add("at-a-glance", words_.section_at_a_glance(), std::move(table), true);
        if (user::is_set_aside(*reader_.kept, entry_))
            page_.sections.back().blocks.push_back(
                document::Callout{document::Callout::Kind::warning, document::plain(words_.profile_set_aside())});
    }

    void phrases() {
        document::FactTable table;
        for (const Profile::Phrase& phrase : profile_.phrases) {
            Text label;
            if (phrase.code) {
                label = code_link(reader_, phrase.code);
                label.spans.push_back({" "});
            }
            label.spans.push_back({shown(phrase.text), document::Span::Style::wire, {}});
            table.rows.push_back({std::move(label), {document::plain(shown(phrase.meaning))}, false});
        }
        add("phrases", words_.section_speaker_phrases(), std::move(table));
    }

    void mappings() {
        document::FactTable table;
        for (const Profile::Mapping& mapping : profile_.from_q850) {
            const std::string cause = std::to_string(mapping.cause);
            const auto entry = reader_.catalog.entry("cause", cause);
            const std::string name =
                words_.q850_cause(cause, entry ? name_of_cause(reader_, entry->name, entry->title) : std::string());
            table.rows.push_back(
                {entry ? document::link(name, document::ToTerm{"cause/" + cause}) : document::plain(name),
                 {code_link(reader_, mapping.code)},
                 false});
        }
        if (!table.rows.empty()) table.heads = {document::plain(words_.speaker_from_q850())};
        add("mapping", words_.section_speaker_mapping(), std::move(table));
    }

    void failover() {
        if (!profile_.fails_over) return;
        document::FactTable table;
        if (!profile_.fails_over->empty())
            table.rows.push_back(
                {document::plain(words_.speaker_failover("next")), {code_links(reader_, *profile_.fails_over)}, false});
        table.rows.push_back({document::plain(words_.speaker_failover("stays")),
                              {document::plain(words_.speaker_every_other())},
                              false});
        add("failover", words_.section_speaker_failover(), std::move(table));
    }

    const Reader& reader_;
    const Words& words_;
    const Entry& entry_;
    const Profile& profile_;
    document::Document page_;
};

}  // namespace

std::string who_and_when(const Reader& reader, const Entry& entry) {
    const std::string date = language::date_for_reader(entry.changed, reader.language());
    return entry.author.empty() ? date : reader.words.note_by(language::shown(entry.author), date);
}

std::string subject_of(const Reader& reader, const Note& note) {
    if (note.on.empty()) return reader.words.phrase_quoted(language::shown(note.phrase));
    const std::size_t space = note.on.find(' ');
    return space == std::string::npos ? note.on
                                      : reader.words.compare_link(note.on.substr(0, space), note.on.substr(space + 1));
}

void add_desk_notes(const Reader& reader, const std::vector<std::string>& pages, document::Document& page) {
    if (!reader.kept) return;
    std::vector<document::Item> items;
    for (const std::string& name : pages)
        for (const Entry* entry : user::notes_on(*reader.kept, name))
            items.push_back(
                item_of(reader, *entry, pages.size() > 1 ? subject_of(reader, *entry->note()) : std::string()));
    add_items(reader, std::move(items), page);
}

void add_phrase_notes(const Reader& reader, const std::vector<std::string>& texts, document::Document& page) {
    if (!reader.kept) return;
    std::vector<document::Item> items;
    for (const Entry* entry : user::notes(*reader.kept)) {
        const Note& note = *entry->note();
        const auto fits = [&](const std::string& text) { return evidence::fits(note.phrase, text); };
        if (!note.phrase.empty() && std::ranges::any_of(texts, fits))
            items.push_back(item_of(reader, *entry, subject_of(reader, note)));
    }
    add_items(reader, std::move(items), page);
}

std::string title_of_page(const Reader& reader, std::string_view name) {
    const document::Target target = user::page_named(name);
    if (const auto* to = std::get_if<document::ToResponse>(&target))
        return reader.catalog.title_of_response(to->id).value_or("");
    if (const auto* to = std::get_if<document::ToComparison>(&target)) {
        const document::Document page = comparison(reader, to->ids);
        return page.kind == document::Document::Kind::comparison ? page.title : std::string();
    }
    if (const auto* to = std::get_if<document::ToExchange>(&target)) {
        const catalog::Prose prose = reader.catalog.prose("exchange/" + to->id, reader.language());
        return document::words_of(text_of(reader, prose.find("title")));
    }
    if (const auto* to = std::get_if<document::ToTerm>(&target)) {
        const document::Document page = term(reader, to->id);
        return page.kind == document::Document::Kind::notice ? std::string() : page.title;
    }
    return {};
}

document::Document notes_page(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.section_desk_notes());
    document::List list;
    if (reader.kept)
        for (const Entry* entry : user::notes(*reader.kept)) {
            Text text = document::link(subject_of(reader, *entry->note()), page_of(*entry));
            text.spans.push_back({" · " + shown(entry->note()->text)});
            list.items.push_back({document::plain(who_and_when(reader, *entry)), std::move(text)});
        }
    page.sections.push_back({section_id, page.title, {std::move(list)}, false, false});
    return page;
}

document::Document note_page(const Reader& reader, const std::string& id) {
    const Entry* entry = entry_of(reader, id);
    if (!entry || !entry->note()) return notice(reader, sentence(reader, &Words::unknown_term, "note/" + id));
    const Note& note = *entry->note();
    document::Document page =
        blank(reader, document::Document::Kind::term,
              note.on.empty() ? reader.words.note_page_title(language::shown(note.phrase)) : subject_of(reader, note));
    page.sections.push_back(notes_section(reader, reader.words.section_note_text(), {item_of(reader, *entry, {})}));
    return page;
}

document::Document profile_page(const Reader& reader, const std::string& id) {
    const Entry* entry = entry_of(reader, id);
    if (!entry || !entry->profile()) return notice(reader, sentence(reader, &Words::unknown_term, "profile/" + id));
    return ProfileWriter(reader, *entry).write();
}

document::List profiles_of(const Reader& reader, const std::string& speaker) {
    document::List list;
    if (!reader.kept) return list;
    for (const Entry* entry : user::profiles(*reader.kept))
        if (entry->profile()->speaker == speaker)
            list.items.push_back({document::plain(who_and_when(reader, *entry)),
                                  document::link(shown(entry->profile()->name), page_of(*entry))});
    return list;
}

std::vector<OwnHit> search_desk(const Reader& reader, std::string_view typed) {
    constexpr std::size_t most = 10;
    std::vector<OwnHit> hits;
    if (!reader.kept) return hits;
    const std::vector<std::string> wanted = language::folded_words(typed, reader.language());
    const std::string whole = language::folded(typed);
    const auto take = [&](const Entry& entry, const char* kind, const std::string& all, const std::string& name,
                          const std::string& title, const std::string& words) {
        const bool exact = !name.empty() && language::folded(name) == whole;
        if (hits.size() == most || !(exact || says_all(wanted, language::folded_words(all, reader.language())))) return;
        hits.push_back({kind, entry.id, title, reader.words.search_own(kind, shown(words)), page_of(entry), exact});
    };
    for (const Entry* entry : user::notes(*reader.kept)) {
        const Note& note = *entry->note();
        const std::string title = note.on.empty() ? std::string() : title_of_page(reader, note.on);
        take(*entry, "note", note.text + " " + note.phrase + " " + entry->author, note.phrase,
             title.empty() ? subject_of(reader, note) : title, note.text);
    }
    for (const Entry* entry : user::profiles(*reader.kept)) {
        const Profile& profile = *entry->profile();
        std::string all = profile.name, means;
        for (const Profile::Phrase& phrase : profile.phrases) {
            all += " " + phrase.text + " " + phrase.meaning;
            means += (means.empty() ? "" : "; ") + phrase.meaning;
        }
        take(*entry, "profile", all, profile.name, shown(profile.name), means.empty() ? profile.name : means);
    }
    std::stable_partition(hits.begin(), hits.end(), [](const OwnHit& hit) { return hit.exact; });
    return hits;
}

std::string sentence_for(const language::Words& words, user::Trouble trouble, const std::filesystem::path& file) {
    const auto branch = [&] {
        switch (trouble) {
            case user::Trouble::newer: return "newer";
            case user::Trouble::unreadable: return "unreadable";
            case user::Trouble::locked: return "locked";
            case user::Trouble::no_room: return "no_room";
            case user::Trouble::read_only: return "read_only";
            case user::Trouble::failing: return "failing";
            case user::Trouble::no_home:
            case user::Trouble::none: break;
        }
        return "no_home";
    };
    return words.own_trouble(branch(), language::shown(file.string()));
}

}  // namespace sipdex::page
