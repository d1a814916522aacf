// A small database of the reader's own: opened for each exchange with it, looked at before it is believed, and never
// written to when it is damaged, not ours or newer than this program.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace sipdex::user {

// What keeps a file from being used; each passes when its cause does.
enum class Trouble {
    none,
    no_home,     // there is no folder to keep it in
    locked,      // another program is using the file
    no_room,     // the disk is full, or the reader's share of it
    read_only,   // the file or its folder may not be read or written
    failing,     // the disk reports errors
    unreadable,  // damaged, or not ours: the file is left as it is
    newer,       // written by a later Sipdex: the file is left as it is
};

// Milliseconds to wait for another program: a frame has 50, and needs some of them for drawing.
inline constexpr int patience_of_a_frame = 20, patience_at_the_start = 300, patience_at_the_end = 1000;
inline constexpr double seconds_between_tries = 2;

// $XDG_DATA_HOME/sipdex, or ~/.local/share/sipdex; nothing where there is no home folder.
std::filesystem::path own_folder();

class OwnFile {
public:
    // The tables as they are made, name by name; a file that holds others, or these made otherwise, is not ours.
    struct Layout {
        int version = 1;  // SQLite's user_version
        struct Table {
            const char* name;
            const char* sql;
        };
        std::vector<Table> tables;
        std::int64_t largest = 0;  // octets; nobody keeps more: such a file is not read into memory
    };

    OwnFile() = default;
    // An empty path says that there is no home folder.
    OwnFile(std::filesystem::path file, Layout layout) : file_(std::move(file)), layout_(std::move(layout)) {}

    const std::filesystem::path& path() const { return file_; }
    bool exists() const { return stamp_of(file_) != Stamp{}; }
    // Whether something stands there that was not there at the last exchange that went well. Asks for a few octets of
    // the file, and for no lock.
    bool changed() const;

    // What happens in one transaction. `read` is handed the database, or null where there is no file or nothing in it;
    // `write` follows it, in a file that is made where it is gone, and is told whether it is fresh. Either may be empty.
    // They may throw std::runtime_error for what cannot be ours: then nothing is written.
    struct Work {
        std::function<void(SQLite::Database*)> read;
        std::function<void(SQLite::Database&, bool fresh)> write;
    };
    // Never throws. Without trouble, what was written is on the disk.
    Trouble exchange(const Work& work, int patience);

private:
    // A file's content is known as long as these stay as they were. `commits` is the change counter of SQLite's format.
    struct Stamp {
        std::uint64_t device = 0, file = 0;
        std::int64_t size = -1, changed = 0;  // nanoseconds
        std::uint32_t commits = 0;
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stamp_of(const std::filesystem::path& file);
    Trouble exchange_with_database(const std::filesystem::path& file, const Work& work, int patience);
    bool can_be_ours(std::int64_t size) const;
    bool has_our_tables(SQLite::Database& database) const;

    std::filesystem::path file_;
    Layout layout_;
    Stamp sound_;  // the file when it was last found to be so
    Stamp known_;  // and when it was last read or written
};

}  // namespace sipdex::user
