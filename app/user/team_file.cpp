#include "user/team_file.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

#include "source/table.h"
#include "user/page_name.h"

namespace sipdex::user {

namespace {

using source::Problems;
using source::Table;

constexpr std::size_t id_length = 32, version_length = 24;

// --- writing

// TOML 1.0, "String": what may not stand between quotes as it is.
std::string escaped(std::string_view text, bool lines) {
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        char code[8];
        if (c == '"' || c == '\\') (out += '\\') += c;
        else if (c == '\n' && lines) out += c;
        else if (c == '\n') out += "\\n";
        else if (c == '\t') out += c;
        else if (octet < 0x20 || octet == 0x7f) {
            std::snprintf(code, sizeof code, "\\u%04x", octet);
            out += code;
        } else out += c;
    }
    return out;
}

// A text of several lines stands below itself, as it is read.
std::string in_quotes(std::string_view text) {
    const bool lines = text.find('\n') != std::string_view::npos;
    const std::string marks = lines ? "\"\"\"" : "\"";
    return marks + (lines ? "\n" : "") + escaped(text, lines) + marks;
}

std::string instant(std::int64_t milliseconds) {
    const auto time = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(milliseconds));
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
                  int(clock.seconds().count()), int(clock.subseconds().count()));
    return text;
}

template <class Values, class Written>
std::string list(const Values& values, Written each) {
    std::string out = "[";
    for (const auto& value : values) out += (out.size() > 1 ? ", " : "") + each(value);
    return out + "]";
}

// Each on a line of its own: these are the tables that people read and edit.
template <class Values, class Written>
std::string rows(const Values& values, Written each) {
    std::string out = "[\n";
    for (const auto& value : values) out += "    {" + each(value) + "},\n";
    return out + "]";
}

class Lines {
public:
    explicit Lines(const char* kind) : out_(std::string("[[") + kind + "]]\n") {}
    void add(const char* key, const std::string& value) { out_ += std::string(key) + " = " + value + "\n"; }
    void text(const char* key, const std::string& value) {
        if (!value.empty()) add(key, in_quotes(value));
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

const char* kind_of(const Entry& entry) {
    return std::holds_alternative<Note>(entry.is)      ? "note"
           : std::holds_alternative<Profile>(entry.is) ? "profile"
                                                       : "favourite";
}

void add(Lines& lines, const Favourite& favourite) { lines.text("page", favourite.page); }

void add(Lines& lines, const Note& note) {
    lines.text("on", note.on);
    lines.text("phrase", note.phrase);
    lines.text("text", note.text);
}

void add(Lines& lines, const Profile& profile) {
    lines.text("name", profile.name);
    lines.text("speaker", profile.speaker);
    if (profile.fails_over)
        lines.add("fails_over", list(*profile.fails_over, [](int code) { return std::to_string(code); }));
    if (!profile.phrases.empty())
        lines.add("phrase", rows(profile.phrases, [](const Profile::Phrase& one) {
                      return "text = \"" + escaped(one.text, false) + "\"" +
                             (one.code ? ", code = " + std::to_string(one.code) : "") + ", meaning = \"" +
                             escaped(one.meaning, false) + "\"";
                  }));
    if (!profile.from_q850.empty())
        lines.add("from_q850", rows(profile.from_q850, [](const Profile::Mapping& one) {
                      return "cause = " + std::to_string(one.cause) + ", code = " + std::to_string(one.code);
                  }));
}

// --- reading

std::optional<std::int64_t> read_instant(const std::string& text) {
    int year = 0, hour = 0, minute = 0, second = 0, thousandth = 0, length = 0;
    unsigned month = 0, day = 0;
    if (text.size() != 24 ||
        std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ%n", &year, &month, &day, &hour, &minute, &second,
                    &thousandth, &length) != 7 ||
        length != 24)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || thousandth < 0)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t value = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + thousandth;
    return instant(value) == text ? std::optional(value) : std::nullopt;
}

bool is_hexadecimal(const std::string& text, std::size_t length) {
    return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

constexpr source::Range codes{100, 699}, causes{1, 127};

class Reader {
public:
    explicit Reader(Table& table) : table_(table) {}

    std::string words(const char* key, std::size_t most, bool required) {
        std::string text = required ? table_.text(key) : table_.text_or(key, {});
        if (required && table_.has(key) && text.empty()) table_.problem(key, std::string("'") + key + "' is empty");
        if (characters_in(text) > most)
            table_.problem(key, std::string("'") + key + "' has " + std::to_string(characters_in(text)) +
                                    " characters, but may have " + std::to_string(most) + " at most");
        return text;
    }

    Favourite favourite() {
        Favourite read{words("page", most_of_a_name, true)};
        read.page = page("page", read.page, "\"607\", \"300 607\" or \"speaker/asterisk\"");
        return read;
    }

    Note note() {
        Note read;
        read.on = words("on", most_of_a_name, false);
        read.phrase = words("phrase", most_of_a_name, false);
        read.text = words("text", most_of_a_text, true);
        if (read.on.empty() == read.phrase.empty())
            table_.problem(table_.place(), read.on.empty() ? "a note needs 'on' with a code, or 'phrase'"
                                                           : "a note has either 'on' or 'phrase', not both");
        if (!read.on.empty()) read.on = page("on", read.on, "\"403\" or \"300 607\"");
        return read;
    }

    Profile profile() {
        Profile read;
        read.name = words("name", most_of_a_name, true);
        read.speaker = words("speaker", most_of_a_name, false);
        if (table_.has("fails_over")) {
            read.fails_over.emplace();
            for (const long long code : table_.numbers("fails_over")) {
                if (code < codes.least || code > codes.most)
                    table_.problem("fails_over", "'fails_over' holds " + std::to_string(code) +
                                                     ", but a response code is from 100 to 699");
                read.fails_over->push_back(static_cast<int>(std::clamp(code, codes.least, codes.most)));
            }
        }
        for (Table& each : table_.tables("phrase")) {
            Reader below(each);
            Profile::Phrase phrase{below.words("text", most_of_a_name, true), {}, 0};
            phrase.code = static_cast<int>(each.has("code") ? each.number("code", codes) : 0);
            phrase.meaning = below.words("meaning", most_of_a_text, true);
            each.done();
            read.phrases.push_back(std::move(phrase));
        }
        for (Table& each : table_.tables("from_q850")) {
            Profile::Mapping mapping;
            mapping.cause = static_cast<int>(each.number("cause", causes));
            mapping.code = static_cast<int>(each.number("code", codes));
            each.done();
            read.from_q850.push_back(mapping);
        }
        return read;
    }

private:
    std::string page(const char* key, const std::string& name, const char* such_as) {
        std::string usual = name_of_page(page_named(name));
        if (!name.empty() && usual.empty()) table_.problem(key, "'" + name + "' names no page; write it as " + such_as);
        return usual;
    }

    Table& table_;
};

Entry read_entry(Table table, const char* kind) {
    Entry entry;
    Reader reader(table);
    const bool deleted = entry.deleted = table.flag_or("deleted", false);
    if (kind == std::string_view("favourite")) entry.is = deleted ? Favourite{} : reader.favourite();
    if (kind == std::string_view("note")) entry.is = deleted ? Note{} : reader.note();
    if (kind == std::string_view("profile")) entry.is = deleted ? Profile{} : reader.profile();
    entry.author = reader.words("author", most_of_a_name, false);
    if (table.has("changed")) {
        const std::string text = table.text("changed");
        const auto at = read_instant(text);
        if (!at && !text.empty())
            table.problem("changed",
                          "'" + text + "' is no time; write it as \"2026-07-07T09:30:12.345Z\", or leave it out");
        entry.changed = at.value_or(0);
    }
    entry.id = table.text_or("id", {});
    entry.beside = table.text_or("beside", {});
    for (const char* key : {"id", "beside"})
        if (const std::string id = table.text_or(key, {}); !id.empty() && !is_hexadecimal(id, id_length))
            table.problem(key, std::string("'") + key + "' must be 32 hexadecimal digits; leave it out of a new entry");
    if (deleted && entry.id.empty()) table.problem(table.place(), "what is deleted needs its 'id'");
    for (std::string& version : table.texts("follows")) {
        if (!is_hexadecimal(version, version_length))
            table.problem("follows",
                          "'follows' must hold versions of 24 hexadecimal digits; leave it out of a new entry");
        entry.follows.push_back(std::move(version));
    }
    std::ranges::sort(entry.follows);
    table.done();
    return entry;
}

}  // namespace

std::string written(const Entry& entry) {
    Lines lines(kind_of(entry));
    if (entry.deleted) lines.add("deleted", "true");
    else std::visit([&](const auto& content) { add(lines, content); }, entry.is);
    lines.text("author", entry.author);
    lines.add("changed", in_quotes(instant(entry.changed)));
    lines.text("id", entry.id);
    lines.text("beside", entry.beside);
    if (!entry.follows.empty())
        lines.add("follows", list(entry.follows, [](const std::string& v) { return in_quotes(v); }));
    return lines.take();
}

std::string team_file(const Kept& kept) {
    std::string out =
        "# What a desk keeps in Sipdex. To take it over: sipdex own import, and the name of this file.\n"
        "# A new entry by hand needs neither author nor changed, id or follows.\n\nsipdex = " +
        std::to_string(team_file_form) + "\n";
    const auto add = [&](const std::vector<const Entry*>& entries) {
        for (const Entry* entry : entries) out += "\n" + written(*entry);
    };
    add(notes(kept));
    add(profiles(kept));
    add(favourites(kept));
    for (const auto& [id, entry] : kept.entries)
        if (entry.deleted) out += "\n" + written(entry);
    return out;
}

TeamFile read_team_file(source::File file, Problems& problems) {
    TeamFile read;
    auto table = source::read_toml(std::move(file), problems);
    if (!table) return read;
    const long long form = table->number_or("sipdex", team_file_form, {1});
    read.newer = form > team_file_form;
    if (read.newer) return read;
    std::set<std::string> ids;
    for (const char* kind : {"note", "profile", "favourite"})
        for (Table& each : table->tables(kind)) {
            const source::Place place = each.place();
            read.entries.push_back(read_entry(each, kind));
            const std::string& id = read.entries.back().id;
            if (!id.empty() && !ids.insert(id).second)
                table->problem(place, "another entry has this id already; leave 'id' out of a new entry");
        }
    table->done();
    return read;
}

}  // namespace sipdex::user
