// The desk is where what is theirs is kept: a store of their own, apart from the settings, with every entry in the form
// of a team's file.
//
// Changes hold at once and are written by the next `save`: when that leaves nothing unsaved, they are on the disk and no
// kill can take them away. Each time, what another running copy has written is read and merged (merge.h), so that
// neither loses anything. As with the settings, nothing fails: what cannot be written waits, `trouble` says why, and a
// file that is damaged, not ours or newer than this program is never written to.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "user/kept.h"
#include "user/own_file.h"

namespace sipdex::user {

// desk.db in the reader's own folder; nothing where there is no home folder.
std::filesystem::path default_desk_file();

// What an import did, entry by entry; each stands in one of these.
struct Imported {
    std::vector<Entry> added, changed, deleted;
    std::vector<Entry> both;  // changed independently: the older version, which stands beside the newer one now
    std::size_t kept = 0;     // as they were
};

class Desk {
public:
    using Clock = std::function<std::int64_t()>;  // milliseconds since 1970, UTC
    static std::int64_t now();

    explicit Desk(Clock clock = now);  // in memory, for as long as the program runs
    // Reads the file, where there is one; an empty path says that there is no home folder.
    explicit Desk(std::filesystem::path file, Clock clock = now);
    ~Desk();  // finishes
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    const Kept& kept() const { return kept_; }
    const std::filesystem::path& file() const { return file_.path(); }

    // Gives the id of the new entry; nothing is kept, and the id is empty, where a team's file could not say it: a note
    // without text, say, or a text that is too long.
    std::string add(std::variant<Favourite, Note, Profile> is, const std::string& author = {});
    // What the entry says from now on. An id that there is not, and words that it says already, change nothing.
    void change(std::string_view id, std::variant<Favourite, Note, Profile> is, const std::string& author = {});
    void remove(std::string_view id, const std::string& author = {});

    bool is_favourite(std::string_view page) const;
    void set_favourite(std::string_view page, bool on);
    // Somebody opened a page: it is the first of the recent ones now.
    void visit(std::string_view page);

    // Takes over the entries of a team's file. Those without an id are new, unless one says the same or, of profiles, has
    // the same name: that one is changed then. Words that were changed in the file by hand are a change made now.
    Imported import(const std::vector<Entry>& entries);

    // Reads what another running copy has written since; gives whether anything is different now.
    bool look();
    // Writes all that is unsaved in one transaction. `seconds` is any clock: what failed is tried again with the next
    // change, otherwise some seconds later. Takes no longer than a frame may, whoever has the file locked.
    void save(double seconds);
    // How long to sleep until `save` should be called again; nothing while everything is saved.
    std::optional<double> wait(double seconds) const;
    // The same with more patience, and at the end.
    void finish();

    bool unsaved() const { return !unsaved_.empty() || !unsaved_visits_.empty(); }
    Trouble trouble() const { return trouble_; }
    // Grows with each change, whoever made it: pages that show what is kept should be asked for again.
    unsigned changes() const { return changes_; }

private:
    Trouble exchange_with_file(bool writing, int patience);
    void read(const std::vector<Entry>& entries, const std::vector<Visit>& visits);
    struct Outcome {
        bool different = false;
        std::optional<std::string> beside;  // the id of the other version, where it is kept from now on
    };
    Outcome merge(const Entry& entry, bool in_file);
    std::string add(std::variant<Favourite, Note, Profile> is, const std::string& author, const std::string& id);
    void put(Entry entry);

    OwnFile file_;
    Clock clock_;
    Kept kept_;
    std::set<std::string, std::less<>> unsaved_;         // ids
    std::set<std::string, std::less<>> unsaved_visits_;  // pages
    bool changed_ = false;                               // since the last try
    bool finished_ = false;                              // and nothing was changed since
    double next_try_ = 0;
    unsigned changes_ = 0;
    Trouble trouble_ = Trouble::none;
};

}  // namespace sipdex::user
