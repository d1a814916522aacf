#include "user/settings.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <unistd.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <system_error>

namespace sipdex::user {

namespace {

constexpr int schema_version = 1;
constexpr int busy_milliseconds = 200;      // a second window may be writing

// Reads all values; gives the schema version found, 0 for a file without any.
int read(SQLite::Database& database, std::map<std::string, std::string, std::less<>>& values) {
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version == schema_version)
        for (SQLite::Statement row(database, "SELECT key, value FROM settings"); row.executeStep();)
            values[row.getColumn(0).getString()] = row.getColumn(1).getString();
    return version;
}

}  // namespace

struct Settings::Store {
    explicit Store(const std::filesystem::path& file)
        : database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busy_milliseconds) {}
    SQLite::Database database;
};

std::filesystem::path default_file() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && data[0] == '/')
        return std::filesystem::path(data) / "sipdex" / "user.db";
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::filesystem::path(home) / ".local/share/sipdex/user.db";
    return {};
}

Settings::Settings(std::filesystem::path file) : file_(std::move(file)) {
    if (!file_.empty()) open();
}

Settings::~Settings() = default;

void Settings::open() {
    std::error_code ignored;
    std::filesystem::create_directories(file_.parent_path(), ignored);
    const bool existed = std::filesystem::exists(file_, ignored);
    // SQLite opens what it cannot write for reading only and says so at the first write.
    const bool writable = existed ? access(file_.c_str(), W_OK) == 0 : true;
    try {
        auto store = std::make_unique<Store>(file_);
        const int version = read(store->database, values_);
        if (version > schema_version) {
            trouble_ = Trouble::newer;
            return;
        }
        if (!writable) {
            trouble_ = Trouble::read_only;
            return;
        }
        if (version == 0)
            store->database.exec("BEGIN; CREATE TABLE IF NOT EXISTS settings(key TEXT PRIMARY KEY, value TEXT NOT NULL);"
                                 "PRAGMA user_version = 1; COMMIT");
        store_ = std::move(store);
    } catch (const std::exception&) {
        trouble_ = existed ? Trouble::unreadable : Trouble::read_only;
        values_.clear();
    }
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
    if (!store_) return;
    try {
        SQLite::Statement write(store_->database, "INSERT OR REPLACE INTO settings(key, value) VALUES(?, ?)");
        write.bind(1, std::string(key));
        write.bind(2, std::string(value));
        write.exec();
    } catch (const std::exception&) {
        trouble_ = Trouble::read_only;
        store_.reset();
    }
}

void Settings::set(std::string_view key, double value) {
    char digits[32];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    if (error == std::errc{}) set(key, std::string_view(digits, end));
}

}  // namespace sipdex::user
