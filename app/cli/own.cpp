// sipdex own export team.toml, sipdex own import team.toml, and sipdex profile list|show|import|delete
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/output.h"
#include "language/characters.h"
#include "language/fold.h"
#include "page/desk.h"
#include "paint/json.h"
#include "source/problem.h"
#include "user/team_file.h"

namespace sipdex::cli {

namespace {

using user::Entry;
using user::Imported;

constexpr std::size_t largest_file = 64 << 20;

std::string content_of(const Session& session, const std::string& file) {
    const auto failed = [&](int code) {
        throw Failure{session.words.own_cannot_read(language::shown(file), std::generic_category().message(code))};
    };
    std::FILE* opened = std::fopen(file.c_str(), "rb");
    if (!opened) failed(errno);
    std::string text(4096, '\0');
    std::size_t size = 0;
    int error = 0;
    for (;;) {
        errno = 0;
        const std::size_t got = std::fread(text.data() + size, 1, text.size() - size, opened);
        size += got;
        if (got == 0) error = std::ferror(opened) ? errno : 0;
        if (got == 0 || size > largest_file) break;
        if (size == text.size()) text.resize(2 * size);
    }
    std::fclose(opened);
    if (error || size > largest_file) failed(error ? error : EFBIG);
    text.resize(size);
    return text;
}

const char* kind_of(const Entry& entry) {
    return std::holds_alternative<user::Note>(entry.is)      ? "note"
           : std::holds_alternative<user::Profile>(entry.is) ? "profile"
                                                             : "favourite";
}

std::string name_of(const Session& session, const Entry& entry) {
    if (const auto* note = entry.note()) return page::subject_of(session.reader(), *note);
    if (const auto* profile = entry.profile()) return language::shown(profile->name);
    return entry.favourite() ? entry.favourite()->page : std::string();
}

std::string told(const Session& session, const Entry& entry) {
    return entry.deleted ? session.words.own_deleted_entry(kind_of(entry))
                         : session.words.own_entry(kind_of(entry), name_of(session, entry));
}

void report(const Session& session, const Imported& done) {
    const std::pair<const char*, const std::vector<Entry>*> lists[] = {
        {"added", &done.added}, {"changed", &done.changed}, {"deleted", &done.deleted}, {"both", &done.both}};
    if (format_name(session) == "json") {
        nlohmann::ordered_json json;
        for (const auto& [name, entries] : lists) {
            json[name] = nlohmann::ordered_json::array();
            for (const Entry& entry : *entries)
                json[name].push_back({{"kind", kind_of(entry)}, {"id", entry.id}, {"name", name_of(session, entry)}});
        }
        json["kept"] = done.kept;
        return put_octets(session, paint::written(json));
    }
    std::string lines;
    for (const auto& [name, entries] : lists)
        for (const Entry& entry : *entries) lines += session.words.own_imported(name, told(session, entry)) + "\n";
    const auto count = [](std::size_t number) { return std::to_string(number); };
    lines += session.words.own_import_counts(count(done.added.size()), count(done.changed.size()),
                                             count(done.deleted.size()), count(done.both.size()), count(done.kept)) +
             "\n";
    put_octets(session, language::clean(lines));
}

int import(const Session& session, const std::string& file) {
    format_name(session);
    user::Desk& desk = desk_of(session);
    source::Problems problems;
    user::TeamFile read = user::read_team_file({language::shown(file), content_of(session, file)}, problems);
    if (read.newer) throw Failure{session.words.own_import_newer(language::shown(file))};
    if (!problems.empty()) {
        complain(session.words.own_import_refused(language::shown(file), static_cast<long>(problems.size())));
        std::fputs(language::clean(problems.printed()).c_str(), stderr);
        return 1;
    }
    const Imported done = desk.import(read.entries);
    keep(session);
    report(session, done);
    return 0;
}

int export_own(const Session& session, const std::string& file) {
    const user::Kept& kept = desk_of(session).kept();
    const std::string text = user::team_file(kept);
    if (file.empty() || file == "-") {
        put_octets(session, text);
        return 0;
    }
    write_file(session.words, file, text);
    put_on_standard_output(
        session.words, session.words.own_exported(language::shown(file), static_cast<long>(user::notes(kept).size()),
                                                  static_cast<long>(user::profiles(kept).size()),
                                                  static_cast<long>(user::favourites(kept).size())) +
                           "\n");
    return 0;
}

const Entry& profile_called(const Session& session, const std::string& name) {
    const std::string wanted = language::folded(name);
    for (const Entry* entry : user::profiles(desk_of(session).kept()))
        if (language::folded(entry->profile()->name) == wanted || entry->id == name) return *entry;
    throw Failure{session.words.profile_unknown(language::shown(name))};
}

int list_profiles(const Session& session) {
    const page::Reader reader = session.reader();
    const auto profiles = user::profiles(desk_of(session).kept());
    const std::string format = format_name(session);
    if (format == "json") {
        nlohmann::ordered_json json{{"profiles", nlohmann::ordered_json::array()}};
        for (const Entry* entry : profiles)
            json["profiles"].push_back({{"id", entry->id},
                                        {"name", entry->profile()->name},
                                        {"speaker", entry->profile()->speaker},
                                        {"author", entry->author},
                                        {"changed", entry->changed}});
        put_octets(session, paint::written(json));
        return 0;
    }
    if (profiles.empty() && format == "text") throw Failure{session.words.profiles_none()};
    document::Document page = page::blank(reader, document::Document::Kind::term, session.words.profiles_title());
    document::List list;
    std::string lines;
    for (const Entry* entry : profiles) {
        const catalog::Speaker* speaker = session.catalog.speaker(entry->profile()->speaker);
        const std::string by = page::who_and_when(reader, *entry),
                          more = (speaker ? speaker->name + "  ·  " : std::string()) + by;
        lines += language::clean(entry->profile()->name + "  ·  " + more) + "\n";
        list.items.push_back({document::plain(by), document::link(language::shown(entry->profile()->name),
                                                                  document::ToTerm{"profile/" + entry->id})});
    }
    if (format == "text") {
        put_octets(session, lines);
        return 0;
    }
    page.sections.push_back({"profiles", page.title, {std::move(list)}, false, false});
    put(session, page);
    return 0;
}

}  // namespace

void own_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("what", arguments.words, words.cli_argument_own())->required()->expected(1, 2);
}

int own(const Session& session, const Arguments& arguments) {
    const std::string& what = arguments.words.at(0);
    const std::string file = arguments.words.size() > 1 ? arguments.words[1] : std::string();
    if (what == "export") return export_own(session, file);
    if (what == "import" && file.empty()) throw UsageError{session.words.usage_needs("own")};
    if (what == "import") return import(session, file);
    throw UsageError{session.words.usage_not_among(language::shown(what), "export, import")};
}

void profile_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("what", arguments.words, words.cli_argument_profile())->required()->expected(1, 100);
}

int profile(const Session& session, const Arguments& arguments) {
    const std::string& what = arguments.words.at(0);
    std::string name;
    for (std::size_t i = 1; i < arguments.words.size(); ++i) name += (name.empty() ? "" : " ") + arguments.words[i];
    if (what == "list") return list_profiles(session);
    if (what != "show" && what != "import" && what != "delete")
        throw UsageError{session.words.usage_not_among(language::shown(what), "list, show, import, delete")};
    if (name.empty()) throw UsageError{session.words.usage_needs("profile")};
    if (what == "import") return import(session, name);  // whatever else it holds is not left out in silence
    const Entry& entry = profile_called(session, name);
    if (what == "show") {
        put(session, page::profile_page(session.reader(), entry.id));
        return 0;
    }
    const std::string deleted = language::shown(entry.profile()->name);
    desk_of(session).remove(entry.id);
    keep(session);
    put_octets(session, session.words.profile_deleted(deleted) + "\n");
    return 0;
}

}  // namespace sipdex::cli
