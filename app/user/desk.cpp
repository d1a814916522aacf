#include "user/desk.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <stdexcept>

#include "language/characters.h"
#include "source/problem.h"
#include "user/merge.h"
#include "user/page_name.h"
#include "user/team_file.h"

namespace sipdex::user {

namespace {

OwnFile::Layout layout() {
    return {1,
            {{"entries", "CREATE TABLE entries(id TEXT PRIMARY KEY, entry TEXT NOT NULL)"},
             {"recent", "CREATE TABLE recent(page TEXT PRIMARY KEY, at INTEGER NOT NULL)"}},
            64 << 20};
}

std::string new_id() {
    std::random_device dice;
    std::string id;
    for (int i = 0; i < 4; ++i) {
        char digits[9];
        std::snprintf(digits, sizeof digits, "%08x", dice() & 0xffffffffU);
        id += digits;
    }
    return id;
}

// All rows as one file of a team: each is an entry of it.
std::vector<Entry> read_entries(SQLite::Database& database) {
    std::string all;
    for (SQLite::Statement row(database, "SELECT entry FROM entries ORDER BY id"); row.executeStep();)
        all += row.getColumn(0).getString();
    source::Problems problems;
    TeamFile read = read_team_file({"desk.db", std::move(all)}, problems);
    if (!problems.empty()) throw std::runtime_error(problems.printed());
    return std::move(read.entries);
}

std::vector<Visit> read_visits(SQLite::Database& database) {
    std::vector<Visit> visits;
    SQLite::Statement row(database, "SELECT page, at FROM recent WHERE length(page) <= 200 ORDER BY at DESC LIMIT 200");
    while (row.executeStep()) visits.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt64()});
    return visits;
}

void write(SQLite::Database& database, const Entry& entry) {
    SQLite::Statement statement(database, "INSERT OR REPLACE INTO entries(id, entry) VALUES(?, ?)");
    statement.bind(1, entry.id);
    statement.bind(2, written(entry));
    statement.exec();
}

void write(SQLite::Database& database, const std::vector<Visit>& visits) {
    database.exec("DELETE FROM recent");
    for (const Visit& visit : visits) {
        SQLite::Statement statement(database, "INSERT INTO recent(page, at) VALUES(?, ?)");
        statement.bind(1, visit.page);
        statement.bind(2, visit.at);
        statement.exec();
    }
}

// Fit for any file, whatever was typed.
void clean(std::string& text) { text = language::clean(text); }

void clean(std::variant<Favourite, Note, Profile>& is) {
    if (auto* note = std::get_if<Note>(&is)) {
        clean(note->phrase);
        clean(note->text);
    }
    if (auto* profile = std::get_if<Profile>(&is)) {
        clean(profile->name);
        for (Profile::Phrase& phrase : profile->phrases) {
            clean(phrase.text);
            clean(phrase.meaning);
        }
    }
}

// What could not be read again must not be written.
bool can_be_read(const Entry& entry) {
    source::Problems problems;
    const TeamFile read = read_team_file({"", written(entry)}, problems);
    return problems.empty() && read.entries.size() == 1 && read.entries.front() == entry;
}

}  // namespace

std::filesystem::path default_desk_file() {
    const auto folder = own_folder();
    return folder.empty() ? folder : folder / "desk.db";
}

std::int64_t Desk::now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Desk::Desk(Clock clock) : clock_(std::move(clock)) {}

Desk::Desk(std::filesystem::path file, Clock clock) : file_(std::move(file), layout()), clock_(std::move(clock)) {
    trouble_ = exchange_with_file(false, patience_at_the_start);
    changes_ = 0;
}

Desk::~Desk() {
    if (!finished_) finish();
}

// What others wrote is merged first, then all that differs from the file is written.
Trouble Desk::exchange_with_file(bool writing, int patience) {
    OwnFile::Work work;
    work.read = [&](SQLite::Database* database) {
        if (database) read(read_entries(*database), read_visits(*database));
    };
    if (writing)
        work.write = [&](SQLite::Database& database, bool fresh) {
            for (const auto& [id, entry] : kept_.entries)
                if (fresh || unsaved_.contains(id)) write(database, entry);
            if (fresh || !unsaved_visits_.empty()) write(database, kept_.recent);
        };
    const Trouble trouble = file_.exchange(work, patience);
    if (writing && trouble == Trouble::none) {
        unsaved_.clear();
        unsaved_visits_.clear();
    }
    return trouble;
}

void Desk::read(const std::vector<Entry>& entries, const std::vector<Visit>& visits) {
    bool different = false;
    for (const Entry& entry : entries) different = merge(entry, true).different || different;
    const std::vector<Visit> recent = merged(kept_.recent, visits);
    different = different || recent != kept_.recent;
    kept_.recent = recent;
    if (different) ++changes_;
}

// An entry as somebody else has it, in our file or in a team's. What becomes of it is unsaved where the file differs.
Desk::Outcome Desk::merge(const Entry& entry, bool in_file) {
    const auto [mine, is_new] = kept_.entries.try_emplace(entry.id, entry);
    if (is_new && !in_file) unsaved_.insert(entry.id);
    if (is_new) return {!entry.deleted, {}};
    if (in_file && !unsaved_.contains(entry.id)) {  // nobody has changed it here: the file knows best
        const bool different = version_of(mine->second) != version_of(entry);
        mine->second = entry;
        return {different, {}};
    }
    Merged both = merged(mine->second, entry);
    Outcome outcome{version_of(both.entry) != version_of(mine->second), {}};
    if (in_file && both.entry == entry) unsaved_.erase(entry.id);
    else if (both.entry != (in_file ? entry : mine->second)) unsaved_.insert(entry.id);
    mine->second = std::move(both.entry);
    if (both.beside && merge(*both.beside, false).different) {
        outcome.different = true;
        outcome.beside = both.beside->id;
    }
    return outcome;
}

void Desk::put(Entry entry) {
    unsaved_.insert(entry.id);
    kept_.entries.insert_or_assign(entry.id, std::move(entry));
    changed_ = true;
    finished_ = false;
    ++changes_;
}

std::string Desk::add(std::variant<Favourite, Note, Profile> is, const std::string& author) {
    return add(std::move(is), author, new_id());
}

std::string Desk::add(std::variant<Favourite, Note, Profile> is, const std::string& author, const std::string& id) {
    clean(is);
    Entry entry{id, std::move(is), false, language::clean(author), clock_(), {}, {}};
    if (!can_be_read(entry)) return {};
    put(std::move(entry));
    return id;
}

void Desk::change(std::string_view id, std::variant<Favourite, Note, Profile> is, const std::string& author) {
    clean(is);
    const auto entry = kept_.entries.find(id);
    if (entry == kept_.entries.end() || (!entry->second.deleted && entry->second.is == is)) return;
    Entry after = successor(entry->second, std::move(is), language::clean(author), clock_());
    if (can_be_read(after)) put(std::move(after));
}

void Desk::remove(std::string_view id, const std::string& author) {
    const auto entry = kept_.entries.find(id);
    if (entry == kept_.entries.end() || entry->second.deleted) return;
    put(tombstone(entry->second, language::clean(author), clock_()));
}

bool Desk::is_favourite(std::string_view page) const {
    return std::ranges::any_of(kept_.entries, [&](const auto& each) {
        return each.second.favourite() && each.second.favourite()->page == page;
    });
}

// Of a team, several may have made the same page a favourite: it is one, and goes as one.
void Desk::set_favourite(std::string_view page, bool on) {
    if (page.empty() || is_favourite(page) == on) return;
    if (on) {
        const std::string id = id_of_favourite(page);
        if (kept_.entries.contains(id)) change(id, Favourite{std::string(page)});
        else add(Favourite{std::string(page)}, {}, id);
        return;
    }
    for (const Entry* entry : favourites(kept_))
        if (entry->favourite()->page == page) remove(entry->id);
}

void Desk::visit(std::string_view page) {
    if (page.size() > most_of_a_name || name_of_page(page_named(page)) != page || page.empty()) return;
    std::erase_if(kept_.recent, [&](const Visit& visit) { return visit.page == page; });
    const std::int64_t last = kept_.recent.empty() ? 0 : kept_.recent.front().at;
    kept_.recent.insert(kept_.recent.begin(), {std::string(page), std::max(clock_(), last + 1)});
    if (kept_.recent.size() > most_recent) kept_.recent.resize(most_recent);
    unsaved_visits_.emplace(page);
    changed_ = true;
    finished_ = false;
    ++changes_;
}

Imported Desk::import(const std::vector<Entry>& entries) {
    Imported done;
    const auto same = [&](const Entry& given) -> const Entry* {
        for (const auto& [id, entry] : kept_.entries) {
            if (entry.deleted) continue;
            if (entry.is == given.is) return &entry;
            const Profile *mine = entry.profile(), *theirs = given.profile();
            if (mine && theirs && mine->name == theirs->name && !is_set_aside(kept_, entry)) return &entry;
        }
        return nullptr;
    };
    for (Entry given : entries) {
        const Entry* before = nullptr;
        if (given.id.empty()) {
            before = same(given);
            if (before) {
                const std::string author = given.author.empty() ? before->author : given.author;
                given = before->is == given.is ? *before : successor(*before, given.is, author, clock_());
            } else given.id = new_id();
        } else if (const auto mine = kept_.entries.find(given.id); mine != kept_.entries.end()) {
            before = &mine->second;
            // The words differ, their time does not: they were changed in the file, after that time.
            const bool by_hand = !given.deleted && !before->deleted && given.changed == before->changed &&
                                 given.author == before->author && given.is != before->is;
            if (by_hand) given = successor(*before, given.is, given.author, clock_());
        }
        if (given.changed == 0) given.changed = clock_();
        const bool was_there = before && !before->deleted;
        const std::string version = before ? version_of(*before) : std::string();
        const Outcome outcome = merge(given, false);
        const Entry& now = kept_.entries.at(given.id);
        if (outcome.beside) done.both.push_back(kept_.entries.at(*outcome.beside));
        else if (version_of(now) == version || (now.deleted && !was_there)) ++done.kept;
        else (now.deleted ? done.deleted : was_there ? done.changed : done.added).push_back(now);
    }
    changed_ = true;
    finished_ = false;
    if (done.added.size() + done.changed.size() + done.deleted.size() + done.both.size() > 0) ++changes_;
    return done;
}

bool Desk::look() {
    if (!file_.changed()) return false;
    const unsigned before = changes_;
    const Trouble trouble = exchange_with_file(false, patience_of_a_frame);
    // What keeps changes from being written is not over because the file could be read.
    if (!unsaved() || trouble != Trouble::none) trouble_ = trouble;
    if (unsaved()) changed_ = true;
    return changes_ != before;
}

void Desk::save(double seconds) {
    if (file_.path().empty()) return;
    const bool due = changed_ || seconds >= next_try_;
    if (!due || (!unsaved() && trouble_ == Trouble::none)) return;
    changed_ = false;
    trouble_ = exchange_with_file(unsaved(), patience_of_a_frame);
    next_try_ = seconds + seconds_between_tries;
}

std::optional<double> Desk::wait(double seconds) const {
    if (file_.path().empty() || (!unsaved() && trouble_ != Trouble::locked)) return std::nullopt;
    return changed_ ? 0 : std::max(0.0, next_try_ - seconds);
}

void Desk::finish() {
    finished_ = true;
    if (file_.path().empty()) return;
    const bool gone = !file_.exists() && !(kept_.entries.empty() && kept_.recent.empty());
    if (unsaved() || gone) trouble_ = exchange_with_file(true, patience_at_the_end);
}

}  // namespace sipdex::user
