// Settings are what the reader chose: language, theme, text size, where the window stood.
//
// They live in a small database of the reader's own and survive any update of the catalog. Reading and writing them
// never fails: what cannot be written waits in memory and is tried again, `trouble` says what is the matter, and both
// pass when the matter does. A file that is damaged, not ours or newer than this program is never written to.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "user/own_file.h"

namespace sipdex::user {

// $XDG_DATA_HOME/sipdex/user.db, or ~/.local/share/sipdex/user.db; nothing where there is no home folder.
std::filesystem::path default_file();

class Settings {
public:
    using Trouble = user::Trouble;

    Settings() = default;  // in memory, for as long as the program runs
    // Reads the file, where there is one; an empty path says that there is no home folder. While another program has
    // the file locked, the values are not known yet: they arrive with a later `save`.
    explicit Settings(std::filesystem::path file);
    ~Settings();  // finishes
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    // What was set, or the fallback. A number that cannot be read gives the fallback too.
    std::string text(std::string_view key, std::string_view fallback = {}) const;
    double number(std::string_view key, double fallback) const;

    // Holds at once and is written by the next `save`; a value that is set already costs nothing.
    void set(std::string_view key, std::string_view value);
    void set(std::string_view key, double value);

    // Writes all that is unsaved in one transaction, making file and folder where they are gone. `seconds` is any
    // clock: what failed is tried again with the next change, otherwise some seconds later. Takes no longer than a
    // frame may, whoever has the file locked.
    void save(double seconds);
    // How long to sleep until `save` should be called again; nothing while everything is saved, and known.
    std::optional<double> wait(double seconds) const;
    // At the end: a last time and with more patience. A file that was removed is made again.
    void finish();

    bool unsaved() const { return !unsaved_.empty(); }
    Trouble trouble() const { return trouble_; }
    const std::filesystem::path& file() const { return file_.path(); }
    // Grows when values arrive later than at the start: whoever has asked for some should ask again.
    unsigned arrivals() const { return arrivals_; }

private:
    Trouble exchange_with_file(int patience);
    void take(std::map<std::string, std::string, std::less<>> read);

    OwnFile file_;
    std::map<std::string, std::string, std::less<>> values_;
    std::set<std::string, std::less<>> unsaved_;  // keys
    bool known_ = false;                          // what the file held has been read
    bool changed_ = false;                        // something was set since the last try
    bool finished_ = false;                       // and nothing was set since
    double next_try_ = 0;
    unsigned arrivals_ = 0;
    Trouble trouble_ = Trouble::none;
};

}  // namespace sipdex::user
