#include "user/settings.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <system_error>

namespace sipdex::user {

namespace {

using Trouble = Settings::Trouble;
using Values = std::map<std::string, std::string, std::less<>>;

constexpr int schema_version = 1;
constexpr const char* schema = "CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL)";

// Milliseconds to wait for another program: a frame has 50, and needs some of them for drawing.
constexpr int patience_of_a_frame = 20, patience_at_the_start = 300, patience_at_the_end = 1000;
constexpr double seconds_between_tries = 2;

// Nobody chose more than this: what is larger is no settings of ours, and is not read into memory.
// What is smaller than the smallest page is no database, though SQLite takes some of that for an empty one.
constexpr std::int64_t largest_file = 16 << 20, smallest_file = 512;

bool can_be_ours(std::int64_t size) { return size == 0 || (size >= smallest_file && size <= largest_file); }

constexpr const char* values_of_ours =
    "SELECT key, value FROM settings WHERE length(key) <= 64 AND length(value) <= 65536 LIMIT 1000";

Trouble trouble_of_errno(int code) {
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) return Trouble::no_room;
    if (code == EIO || code == ENODEV || code == ENXIO || code == ESTALE || code == ENOLCK || code == ETIMEDOUT)
        return Trouble::failing;
    return Trouble::read_only;
}

// `code` is SQLite's, `system` the errno behind it, 0 where none is known.
Trouble trouble_of(int code, int system) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Trouble::locked;
        case SQLITE_FULL: return Trouble::no_room;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH: return trouble_of_errno(system);
        case SQLITE_IOERR: return trouble_of_errno(system) == Trouble::no_room ? Trouble::no_room : Trouble::failing;
        case SQLITE_NOMEM:
        case SQLITE_INTERRUPT:
        case SQLITE_PROTOCOL: return Trouble::failing;
        default: return Trouble::unreadable;
    }
}

// Whether the file can be made: the nearest folder that exists may be written to.
Trouble trouble_of_making(std::filesystem::path folder) {
    while (access(folder.c_str(), F_OK) != 0 && folder.has_relative_path()) folder = folder.parent_path();
    return access(folder.c_str(), W_OK | X_OK) == 0 ? Trouble::none : trouble_of_errno(errno);
}

int version_of(SQLite::Database& database) { return database.execAndGet("PRAGMA user_version").getInt(); }

bool has_nothing(SQLite::Database& database) {
    return version_of(database) == 0 && database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

// Our one table as we make it and nothing else: a view or a trigger in its place could do anything.
bool has_our_schema(SQLite::Database& database) {
    SQLite::Statement others(
        database,
        "SELECT coalesce(sum(name = 'settings' AND type = 'table' AND sql = ?1), 0),"
        " coalesce(sum(name <> 'settings' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'), 0) FROM sqlite_schema");
    others.bind(1, schema);
    return others.executeStep() && others.getColumn(0).getInt() == 1 && others.getColumn(1).getInt() == 0;
}

// SQLite takes what is missing of a last page for zeros, so the size is looked at as well.
bool is_sound(SQLite::Database& database, std::int64_t size) {
    return size % database.execAndGet("PRAGMA page_size").getInt64() == 0 &&
           database.execAndGet("PRAGMA quick_check(1)").getString() == "ok";
}

Values read(SQLite::Database& database) {
    Values values;
    for (SQLite::Statement row(database, values_of_ours); row.executeStep();)
        values[row.getColumn(0).getString()] = row.getColumn(1).getString();
    return values;
}

void write(SQLite::Database& database, const std::string& key, const std::string& value) {
    SQLite::Statement statement(database, "INSERT OR REPLACE INTO settings(key, value) VALUES(?, ?)");
    statement.bind(1, key);
    statement.bind(2, value);
    statement.exec();
}

}  // namespace

std::filesystem::path default_file() {
    const auto folder = [](const char* name) {
        const char* value = std::getenv(name);
        return std::filesystem::path(value && value[0] == '/' ? value : "");  // relative ones count as none
    };
    if (const auto data = folder("XDG_DATA_HOME"); !data.empty()) return data / "sipdex" / "user.db";
    if (const auto home = folder("HOME"); !home.empty()) return home / ".local/share/sipdex/user.db";
    return {};
}

Settings::Settings(std::filesystem::path file) : file_(std::move(file)) {
    trouble_ = file_.empty() ? Trouble::no_home : exchange_with_file(patience_at_the_start);
    next_try_ = 0;
}

Settings::~Settings() {
    if (!finished_) finish();
}

Settings::Stamp Settings::stamp_of(const std::filesystem::path& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino, found.st_size,
            found.st_mtim.tv_sec * std::int64_t(1'000'000'000) + found.st_mtim.tv_nsec};
}

// Reads what is not known yet and writes what is unsaved.
Settings::Trouble Settings::exchange_with_file(int patience) {
    try {
        std::error_code error;
        const auto status = std::filesystem::status(file_, error);
        if (status.type() == std::filesystem::file_type::none) return trouble_of_errno(error.value());
        if (status.type() == std::filesystem::file_type::not_found) {
            known_ = true;
            if (unsaved_.empty()) return trouble_of_making(file_.parent_path());
            std::filesystem::create_directories(file_.parent_path(), error);
            return error ? trouble_of_errno(error.value()) : exchange_with_database(file_, patience);
        }
        if (!std::filesystem::is_regular_file(status) || !can_be_ours(stamp_of(file_).size)) return Trouble::unreadable;
        // A link may lead to a folder with other rights, where the journal then stands.
        return exchange_with_database(std::filesystem::canonical(file_), patience);
    } catch (const std::exception&) {  // no memory, say
        return Trouble::failing;
    }
}

// The file is opened for each exchange, so that a file put in its place, or taken away, is never missed.
Settings::Trouble Settings::exchange_with_database(const std::filesystem::path& file, int patience) {
    const bool exists = access(file.c_str(), F_OK) == 0, writing = !unsaved_.empty();
    const bool writable =
        !exists || (access(file.c_str(), W_OK) == 0 && access(file.parent_path().c_str(), W_OK | X_OK) == 0);
    const Trouble unless_writable = writable ? Trouble::none : trouble_of_errno(errno);
    if (!writable && known_) return unless_writable;
    const bool unchanged = stamp_of(file) == sound_;
    const int mode = writable ? SQLite::OPEN_READWRITE | (writing ? SQLite::OPEN_CREATE : 0) : SQLite::OPEN_READONLY;
    std::optional<SQLite::Database> database;
    try {
        errno = 0;
        database.emplace(file.string(), mode, patience);
        database->exec(writing && writable ? "BEGIN IMMEDIATE" : "BEGIN");
        if (version_of(*database) > schema_version) return Trouble::newer;
        const bool fresh = has_nothing(*database);
        if (!fresh && !(version_of(*database) == schema_version && has_our_schema(*database)))
            return Trouble::unreadable;
        if (!fresh && !unchanged && !is_sound(*database, stamp_of(file).size)) return Trouble::unreadable;
        if (!known_) take(fresh ? Values() : read(*database));
        if (!writable || !writing) return unless_writable;
        if (fresh) database->exec(std::string(schema) + "; PRAGMA user_version = " + std::to_string(schema_version));
        for (const auto& [key, value] : values_)
            if (fresh || unsaved_.contains(key)) write(*database, key, value);
        database->exec("COMMIT");
        unsaved_.clear();
        database.reset();
        sound_ = stamp_of(file);
        return Trouble::none;
    } catch (const SQLite::Exception& problem) {
        const int system = database ? sqlite3_system_errno(database->getHandle()) : errno;
        return trouble_of(problem.getErrorCode(), system);
    }
}

// What the reader has set meanwhile stays.
void Settings::take(Values read) {
    known_ = true;
    bool any = false;
    for (auto& [key, value] : read)
        if (!unsaved_.contains(key)) any = values_.insert_or_assign(key, std::move(value)).second || any;
    if (any) ++arrivals_;
}

std::string Settings::text(std::string_view key, std::string_view fallback) const {
    const auto found = values_.find(key);
    return found == values_.end() ? std::string(fallback) : found->second;
}

double Settings::number(std::string_view key, double fallback) const {
    const auto found = values_.find(key);
    if (found == values_.end()) return fallback;
    double value = 0;
    const char* end = found->second.data() + found->second.size();
    const auto [stopped, error] = std::from_chars(found->second.data(), end, value);
    return error == std::errc{} && stopped == end && std::isfinite(value) ? value : fallback;
}

void Settings::set(std::string_view key, std::string_view value) {
    if (const auto found = values_.find(key); found != values_.end() && found->second == value) return;
    values_[std::string(key)] = value;
    unsaved_.emplace(key);
    changed_ = true;
    finished_ = false;
}

void Settings::set(std::string_view key, double value) {
    char digits[32];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    if (error == std::errc{}) set(key, std::string_view(digits, end));
}

void Settings::save(double seconds) {
    if (file_.empty()) return;
    const bool due = changed_ || seconds >= next_try_;
    if (!due || (unsaved_.empty() && trouble_ == Trouble::none)) return;
    changed_ = false;
    trouble_ = exchange_with_file(patience_of_a_frame);
    next_try_ = seconds + seconds_between_tries;
}

std::optional<double> Settings::wait(double seconds) const {
    // What a lock kept from being read is waited for as well; anything else that keeps the file away has to be mended first.
    const bool unread = !known_ && trouble_ == Trouble::locked;
    if (file_.empty() || (unsaved_.empty() && !unread)) return std::nullopt;
    return changed_ ? 0 : std::max(0.0, next_try_ - seconds);
}

void Settings::finish() {
    finished_ = true;
    if (file_.empty()) return;
    if (stamp_of(file_) == Stamp{})
        for (const auto& [key, value] : values_) unsaved_.insert(key);
    if (!unsaved_.empty()) trouble_ = exchange_with_file(patience_at_the_end);
}

}  // namespace sipdex::user
