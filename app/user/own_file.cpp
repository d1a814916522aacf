#include "user/own_file.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace sipdex::user {

namespace {

// What is smaller than the smallest page is no database, though SQLite takes some of that for an empty one.
constexpr std::int64_t smallest_file = 512;

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

// SQLite takes what is missing of a last page for zeros, so the size is looked at as well.
bool is_sound(SQLite::Database& database, std::int64_t size) {
    return size % database.execAndGet("PRAGMA page_size").getInt64() == 0 &&
           database.execAndGet("PRAGMA quick_check(1)").getString() == "ok";
}

// SQLite file format 1.3.7: the counter of commits, which tells apart two within one tick of the file system's clock.
constexpr int counter_at = 24;
using Counter = std::array<unsigned char, 4>;

std::uint32_t number_of(const Counter& octets) {
    return std::uint32_t(octets[0]) << 24 | std::uint32_t(octets[1]) << 16 | std::uint32_t(octets[2]) << 8 | octets[3];
}

// Only while no connection to the file is open: closing a file ends all locks that this process has on it.
std::uint32_t commits_of(const std::filesystem::path& file) {
    const int open_file = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (open_file < 0) return 0;
    Counter octets{};
    const bool read = pread(open_file, octets.data(), octets.size(), counter_at) == ssize_t(octets.size());
    close(open_file);
    return read ? number_of(octets) : 0;
}

// The same through an open connection that holds a lock.
std::uint32_t commits_of(SQLite::Database& database) {
    sqlite3_file* file = nullptr;
    Counter octets{};
    if (sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file)
        return 0;
    const bool read = file->pMethods->xRead(file, octets.data(), int(octets.size()), counter_at) == SQLITE_OK;
    return read ? number_of(octets) : 0;
}

std::int64_t size_of(const std::filesystem::path& file) {
    struct stat found {};
    return stat(file.c_str(), &found) == 0 ? found.st_size : -1;
}

}  // namespace

std::filesystem::path own_folder() {
    const auto folder = [](const char* name) {
        const char* value = std::getenv(name);
        return std::filesystem::path(value && value[0] == '/' ? value : "");  // relative ones count as none
    };
    if (const auto data = folder("XDG_DATA_HOME"); !data.empty()) return data / "sipdex";
    if (const auto home = folder("HOME"); !home.empty()) return home / ".local/share/sipdex";
    return {};
}

OwnFile::Stamp OwnFile::stamp_of(const std::filesystem::path& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino, found.st_size,
            found.st_mtim.tv_sec * std::int64_t(1'000'000'000) + found.st_mtim.tv_nsec,
            S_ISREG(found.st_mode) ? commits_of(file) : 0};
}

bool OwnFile::changed() const { return !file_.empty() && stamp_of(file_) != known_; }

bool OwnFile::can_be_ours(std::int64_t size) const {
    return size == 0 || (size >= smallest_file && size <= layout_.largest);
}

// Our tables as we make them and nothing else: a view or a trigger in their place could do anything.
bool OwnFile::has_our_tables(SQLite::Database& database) const {
    std::size_t ours = 0;
    SQLite::Statement each(database,
                           "SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    while (each.executeStep()) {
        const std::string name = each.getColumn(0).getString(), type = each.getColumn(1).getString(),
                          sql = each.getColumn(2).getString();
        bool known = false;
        for (const Layout::Table& table : layout_.tables)
            known = known || (name == table.name && type == "table" && sql == table.sql);
        if (!known) return false;
        ++ours;
    }
    return ours == layout_.tables.size();
}

Trouble OwnFile::exchange(const Work& work, int patience) {
    if (file_.empty()) return Trouble::no_home;
    try {
        std::error_code error;
        const auto status = std::filesystem::status(file_, error);
        if (status.type() == std::filesystem::file_type::none) return trouble_of_errno(error.value());
        if (status.type() == std::filesystem::file_type::not_found) {
            known_ = {};
            if (!work.write) {
                if (work.read) work.read(nullptr);
                return trouble_of_making(file_.parent_path());
            }
            std::filesystem::create_directories(file_.parent_path(), error);
            if (error && work.read) work.read(nullptr);
            return error ? trouble_of_errno(error.value()) : exchange_with_database(file_, work, patience);
        }
        if (!std::filesystem::is_regular_file(status) || !can_be_ours(size_of(file_))) return Trouble::unreadable;
        // A link may lead to a folder with other rights, where the journal then stands.
        return exchange_with_database(std::filesystem::canonical(file_), work, patience);
    } catch (const std::exception&) {  // no memory, say
        return Trouble::failing;
    }
}

// The file is opened for each exchange, so that a file put in its place, or taken away, is never missed.
Trouble OwnFile::exchange_with_database(const std::filesystem::path& file, const Work& work, int patience) {
    const bool exists = access(file.c_str(), F_OK) == 0, writing = bool(work.write);
    const bool writable =
        !exists || (access(file.c_str(), W_OK) == 0 && access(file.parent_path().c_str(), W_OK | X_OK) == 0);
    const Trouble unless_writable = writable ? Trouble::none : trouble_of_errno(errno);
    if (!writable && !work.read) return unless_writable;
    const Stamp before = stamp_of(file);
    const int mode = writable ? SQLite::OPEN_READWRITE | (writing ? SQLite::OPEN_CREATE : 0) : SQLite::OPEN_READONLY;
    std::optional<SQLite::Database> database;
    try {
        errno = 0;
        database.emplace(file.string(), mode, patience);
        database->exec(writing && writable ? "BEGIN IMMEDIATE" : "BEGIN");
        if (version_of(*database) > layout_.version) return Trouble::newer;
        const bool fresh = has_nothing(*database);
        if (!fresh && !(version_of(*database) == layout_.version && has_our_tables(*database)))
            return Trouble::unreadable;
        if (!fresh && before != sound_ && !is_sound(*database, size_of(file))) return Trouble::unreadable;
        if (work.read) work.read(fresh ? nullptr : &*database);
        if (!writable || !writing) {
            database.reset();
            // A commit of another program between the two looks makes the second one doubtful: the first one stands.
            known_ = before;
            return unless_writable;
        }
        if (fresh) {
            for (const Layout::Table& table : layout_.tables) database->exec(table.sql);
            database->exec("PRAGMA user_version = " + std::to_string(layout_.version));
        }
        const std::uint32_t commits = commits_of(*database);
        work.write(*database, fresh);
        database->exec("COMMIT");
        database.reset();
        sound_ = known_ = stamp_of(file);
        if (known_.commits != commits + 1) known_ = {};  // somebody has written already after us
        return Trouble::none;
    } catch (const SQLite::Exception& problem) {
        const int system = database ? sqlite3_system_errno(database->getHandle()) : errno;
        return trouble_of(problem.getErrorCode(), system);
    } catch (const std::runtime_error&) {
        return Trouble::unreadable;
    }
}

}  // namespace sipdex::user
