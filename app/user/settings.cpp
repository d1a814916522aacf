#include "user/settings.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace sipdex::user {

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

OwnFile::Layout layout() {
    return {1, {{"settings", "CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL)"}}, 16 << 20};
}

// Nobody chose more than this.
constexpr const char* values_of_ours =
    "SELECT key, value FROM settings WHERE length(key) <= 64 AND length(value) <= 65536 LIMIT 1000";

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
    const auto folder = own_folder();
    return folder.empty() ? folder : folder / "user.db";
}

Settings::Settings(std::filesystem::path file) : file_(std::move(file), layout()) {
    trouble_ = exchange_with_file(patience_at_the_start);
    next_try_ = 0;
}

Settings::~Settings() {
    if (!finished_) finish();
}

// Reads what is not known yet and writes what is unsaved.
Settings::Trouble Settings::exchange_with_file(int patience) {
    OwnFile::Work work;
    if (!known_) work.read = [&](SQLite::Database* database) { take(database ? read(*database) : Values()); };
    if (!unsaved_.empty())
        work.write = [&](SQLite::Database& database, bool fresh) {
            for (const auto& [key, value] : values_)
                if (fresh || unsaved_.contains(key)) write(database, key, value);
        };
    const Trouble trouble = file_.exchange(work, patience);
    if (trouble == Trouble::none) unsaved_.clear();
    return trouble;
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
    if (file_.path().empty()) return;
    const bool due = changed_ || seconds >= next_try_;
    if (!due || (unsaved_.empty() && trouble_ == Trouble::none)) return;
    changed_ = false;
    trouble_ = exchange_with_file(patience_of_a_frame);
    next_try_ = seconds + seconds_between_tries;
}

std::optional<double> Settings::wait(double seconds) const {
    // What a lock kept from being read is waited for as well; anything else that keeps the file away has to be mended first.
    const bool unread = !known_ && trouble_ == Trouble::locked;
    if (file_.path().empty() || (unsaved_.empty() && !unread)) return std::nullopt;
    return changed_ ? 0 : std::max(0.0, next_try_ - seconds);
}

void Settings::finish() {
    finished_ = true;
    if (file_.path().empty()) return;
    if (!file_.exists())
        for (const auto& [key, value] : values_) unsaved_.insert(key);
    if (!unsaved_.empty()) trouble_ = exchange_with_file(patience_at_the_end);
}

}  // namespace sipdex::user
