// sipdex note 403 "our 403 means unpaid", sipdex note 403, sipdex note --phrase "Account Suspended" "…", sipdex note
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/output.h"
#include "language/characters.h"
#include "page/desk.h"
#include "paint/json.h"
#include "user/page_name.h"
#include "user/settings.h"

namespace sipdex::cli {

namespace {

using user::Entry;
using user::Note;

// What a note is to be on, and its text; an empty text only shows.
Note note_of(const Session& session, const Arguments& arguments) {
    Note note;
    note.phrase = language::clean(arguments.phrase);
    std::vector<std::string> codes;
    std::size_t word = 0;
    if (note.phrase.empty())
        while (word < arguments.words.size() && codes.size() < 2 && session.catalog.response(arguments.words[word]))
            codes.push_back(arguments.words[word++]);
    if (codes.empty() && note.phrase.empty())
        throw UsageError{session.words.note_needs_subject(language::shown(arguments.words.at(0)))};
    if (codes.size() == 1) note.on = codes.front();
    if (codes.size() == 2) {
        refuse_comparison(session.words, codes);
        note.on = user::name_of_page(document::ToComparison{codes});
    }
    for (; word < arguments.words.size(); ++word) note.text += (note.text.empty() ? "" : " ") + arguments.words[word];
    note.text = language::clean(note.text);
    return note;
}

std::vector<const Entry*> notes_like(const user::Kept& kept, const Note& note) {
    if (!note.on.empty()) return user::notes_on(kept, note.on);
    std::vector<const Entry*> found;
    for (const Entry* entry : user::notes(kept))
        if (entry->note()->phrase == note.phrase) found.push_back(entry);
    return found;
}

// The one that is meant: by its number, as they are listed, or the only one there is.
const Entry* chosen(const Session& session, const Arguments& arguments, const std::vector<const Entry*>& notes,
                    const std::string& subject) {
    const long count = static_cast<long>(notes.size());
    if (!arguments.number.empty()) {
        for (std::size_t i = 0; i < notes.size(); ++i)
            if (std::to_string(i + 1) == arguments.number) return notes[i];
        throw UsageError{session.words.note_no_such_number(language::shown(arguments.number), subject, count)};
    }
    if (notes.size() > 1) throw UsageError{session.words.note_which(std::to_string(count), subject)};
    return notes.empty() ? nullptr : notes.front();
}

void put_notes(const Session& session, const std::vector<const Entry*>& notes, bool name_subjects) {
    const page::Reader reader = session.reader();
    const std::string format = format_name(session);
    if (format == "json") {
        nlohmann::ordered_json json{{"notes", nlohmann::ordered_json::array()}};
        for (const Entry* entry : notes)
            json["notes"].push_back({{"id", entry->id},
                                     {"on", entry->note()->on},
                                     {"phrase", entry->note()->phrase},
                                     {"text", entry->note()->text},
                                     {"author", entry->author},
                                     {"changed", entry->changed}});
        return put_octets(session, paint::written(json));
    }
    if (format != "text") {
        document::Document page =
            page::blank(reader, document::Document::Kind::term, session.words.section_desk_notes());
        document::List list;
        for (const Entry* entry : notes)
            list.items.push_back(
                {document::plain(page::subject_of(reader, *entry->note()) + " · " + page::who_and_when(reader, *entry)),
                 document::plain(language::shown(entry->note()->text, user::most_of_a_text))});
        page.sections.push_back({"desk-notes", page.title, {std::move(list)}, false, false});
        return put(session, page);
    }
    std::string lines;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const Entry& entry = *notes[i];
        const std::string label = name_subjects      ? page::subject_of(reader, *entry.note()) + "  ·  "
                                  : notes.size() > 1 ? std::to_string(i + 1) + "  ·  "
                                                     : std::string();
        lines += label + language::clean(entry.note()->text) + "  ·  " + page::who_and_when(reader, entry) + "\n";
    }
    put_octets(session, lines);
}

// Given once, a name is remembered; an empty one is forgotten.
std::string author(const Arguments& arguments) {
    user::Settings settings(user::default_file());
    if (arguments.author) settings.set("author", language::shown(*arguments.author, user::most_of_a_name));
    return settings.text("author");
}

void say(const Session& session, const std::string& sentence) { put_octets(session, language::clean(sentence) + "\n"); }

void write(const Session& session, const Arguments& arguments, const Note& note, const std::string& subject) {
    if (const auto count = user::characters_in(note.text); count > user::most_of_a_text)
        throw UsageError{session.words.note_too_long(std::to_string(user::most_of_a_text), std::to_string(count))};
    user::Desk& desk = desk_of(session);
    const Entry* there = chosen(session, arguments, notes_like(desk.kept(), note), subject);
    const std::string before = there ? there->note()->text : std::string();
    if (there && before == note.text) return say(session, session.words.note_unchanged(subject));
    if (there) desk.change(there->id, note, author(arguments));
    else if (desk.add(note, author(arguments)).empty()) throw UsageError{session.words.note_needs_text()};
    keep(session);
    say(session, there ? session.words.note_replaced(subject, before) : session.words.note_kept(subject));
}

}  // namespace

void note_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("words", arguments.words, words.cli_argument_note());
    app.add_option("--phrase", arguments.phrase, words.cli_option_phrase());
    app.add_flag("--delete", arguments.remove, words.cli_option_delete());
    app.add_option("--number", arguments.number, words.cli_option_number());
    app.add_option("--author", arguments.author, words.cli_option_author());
}

int note(const Session& session, const Arguments& arguments) {
    const std::string format = format_name(session);
    user::Desk& desk = desk_of(session);
    if (arguments.words.empty() && arguments.phrase.empty()) {
        const auto all = user::notes(desk.kept());
        if (all.empty() && format == "text") throw Failure{session.words.notes_none()};
        put_notes(session, all, true);
        return 0;
    }
    const Note asked = note_of(session, arguments);
    const std::string subject = page::subject_of(session.reader(), asked);
    if (!asked.text.empty() && !arguments.remove) {
        write(session, arguments, asked, subject);
        return 0;
    }
    const auto there = notes_like(desk.kept(), asked);
    const std::string example = asked.on.empty() ? "--phrase \"" + language::shown(asked.phrase) + "\"" : asked.on;
    if (there.empty() && (arguments.remove || format == "text"))
        throw Failure{session.words.note_none(subject, example)};
    if (!arguments.remove) {
        put_notes(session, there, false);
        return 0;
    }
    const Entry* one = chosen(session, arguments, there, subject);
    const std::string text = one->note()->text;
    desk.remove(one->id, author(arguments));
    keep(session);
    say(session, session.words.note_deleted(subject, text));
    return 0;
}

}  // namespace sipdex::cli
