// Settings are what the reader chose: language, theme, text size, where the window stood.
//
// They live in a small database of the reader's own and survive any update of the catalog. Reading and
// writing them never fails: where the file cannot be used, the defaults hold, what is set lasts as long
// as the program runs, and `trouble` says what is the matter.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace sipdex::user {

// $XDG_DATA_HOME/sipdex/user.db, or ~/.local/share/sipdex/user.db.
std::filesystem::path default_file();

class Settings {
public:
    enum class Trouble {
        none,
        unreadable,     // damaged, or not a database: it is left as it is
        newer,          // written by a later Sipdex: it is left as it is
        read_only,      // read, but nothing can be remembered
    };

    // Opens the file, making it and its folder when missing. An empty path keeps everything in memory.
    explicit Settings(std::filesystem::path file);
    ~Settings();
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    // What was set, or the fallback. A number that cannot be read gives the fallback too.
    std::string text(std::string_view key, std::string_view fallback = {}) const;
    double number(std::string_view key, double fallback) const;

    // Writes at once; a value that is set already costs nothing.
    void set(std::string_view key, std::string_view value);
    void set(std::string_view key, double value);

    Trouble trouble() const { return trouble_; }
    const std::filesystem::path& file() const { return file_; }

private:
    struct Store;
    void open();

    std::filesystem::path file_;
    std::map<std::string, std::string, std::less<>> values_;
    std::unique_ptr<Store> store_;      // nothing where the file cannot be written
    Trouble trouble_ = Trouble::none;
};

}  // namespace sipdex::user
