// What the reader's own desk says, clearly apart from what has a source: notes on a page, on a phrase, profiles.
//
//     Notes of your desk
//     Written at your desk; no source of Sipdex stands behind it.
//     - Ana, 7 July 2026: our 403 means unpaid
//
// Whatever a note says is shown as text. Everything here is empty for a reader who keeps nothing.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "page/reader.h"
#include "user/own_file.h"

namespace sipdex::page {

// Puts the notes on these pages, by name, into the section "desk-notes", behind what the page says at a glance; the
// labels name the page where there are several.
void add_desk_notes(const Reader& reader, const std::vector<std::string>& pages, document::Document& page);

// The same for notes on phrases that one of these texts fits: what was pasted, as on the wire.
void add_phrase_notes(const Reader& reader, const std::vector<std::string>& texts, document::Document& page);

// "Ana, 7 July 2026", or the date alone.
std::string who_and_when(const Reader& reader, const user::Entry& entry);

// What a note is on, to stand in a sentence: "403", "300 and 607", "“Account Suspended”".
std::string subject_of(const Reader& reader, const user::Note& note);

// The title of a page that is kept by name: "607 Unwanted", "300 and 607", "Asterisk"; empty where the catalog has none.
std::string title_of_page(const Reader& reader, std::string_view name);

// All notes with their pages ("index/notes"); one note; one profile by its id. An unknown id gives a notice.
document::Document notes_page(const Reader& reader);
document::Document note_page(const Reader& reader, const std::string& id);
document::Document profile_page(const Reader& reader, const std::string& id);

// The profiles that are built on a speaker, as links.
document::List profiles_of(const Reader& reader, const std::string& speaker);

// A note or a profile that says all the words that were typed, or begins like them.
struct OwnHit {
    std::string kind;  // "note", "profile"
    std::string id;
    std::string title;        // of what it is on
    std::string words;        // its own, after whose they are
    document::Target target;  // the page that shows it
    bool exact = false;       // its phrase or name is what was typed
};
std::vector<OwnHit> search_desk(const Reader& reader, std::string_view typed);

// What keeps the desk's file from being used, and the remedy, in one sentence.
std::string sentence_for(const language::Words& words, user::Trouble trouble, const std::filesystem::path& file);

}  // namespace sipdex::page
