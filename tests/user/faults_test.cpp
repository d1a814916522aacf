// What settings do when the world around their file is broken, and that nothing is lost by it. The faults are real ones.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <optional>
#include <random>

#include "support/other_program.h"
#include "support/small_disk.h"
#include "support/text.h"
#include "user/settings.h"

using namespace sipdex::test;
using sipdex::user::Settings;
using Trouble = Settings::Trouble;

namespace {

constexpr double later = 1000;  // seconds: whatever waits to be tried again is due

// What a program that starts now would read.
std::string remembered(const std::filesystem::path& file, const char* key) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    SQLite::Statement row(database, "SELECT value FROM settings WHERE key = ?");
    row.bind(1, key);
    return row.executeStep() ? row.getColumn(0).getString() : std::string("nothing");
}

std::filesystem::path made(const TemporaryFolder& folder, const std::string& sql) {
    const auto file = folder.path() / "user.db";
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
    return file;
}

constexpr const char* ours =
    "CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL); PRAGMA user_version = 1;";

std::string files_in(const std::filesystem::path& folder) {
    std::string names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names += entry.path().filename().string() + " ";
    return names;
}

}  // namespace

TEST_CASE("while another program has the file locked, changes wait and are saved once it lets go") {
    for (const auto does : {OtherProgram::Does::writes, OtherProgram::Does::reads}) {
        CAPTURE(int(does));
        TemporaryFolder folder;
        const auto file = folder.path() / "user.db";
        Settings settings(file);
        settings.set("language", "en");
        settings.save(0);
        {
            const OtherProgram other(file, does);
            settings.set("language", "fr");
            settings.save(0);
            CHECK(settings.trouble() == Trouble::locked);
            CHECK(settings.text("language") == "fr");
            settings.set("theme", "dark");
            settings.save(0.1);
            CHECK(settings.trouble() == Trouble::locked);
        }
        CHECK(remembered(file, "language") == "en");
        settings.save(0.2);  // not due yet, and nothing new
        CHECK(settings.unsaved());
        REQUIRE(settings.wait(0.2));
        CHECK(*settings.wait(0.2) > 1);
        settings.save(0.2 + *settings.wait(0.2));
        CHECK(settings.trouble() == Trouble::none);
        CHECK_FALSE(settings.wait(later));
        CHECK(remembered(file, "language") == "fr");
        CHECK(remembered(file, "theme") == "dark");
    }
}

TEST_CASE("the next change saves what waited, without waiting itself") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    Settings settings(file);
    settings.set("language", "en");
    settings.save(0);
    {
        const OtherProgram other(file);
        settings.set("language", "fr");
        settings.save(0);
    }
    settings.set("theme", "dark");
    CHECK(*settings.wait(0.1) == 0);
    settings.save(0.1);
    CHECK(remembered(file, "language") == "fr");
    CHECK(remembered(file, "theme") == "dark");
}

TEST_CASE("a lock holds no frame up") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    Settings settings(file);
    settings.set("language", "en");
    settings.save(0);
    const OtherProgram other(file);
    // The shortest of some, for a busy machine may take any time for any of them.
    auto shortest = std::chrono::nanoseconds::max();
    for (int i = 0; i < 10; ++i) {
        settings.set("text-size", i);
        const auto before = std::chrono::steady_clock::now();
        settings.save(i);
        shortest = std::min(shortest, std::chrono::steady_clock::now() - before);
        CHECK(settings.trouble() == Trouble::locked);
    }
    CHECK(shortest < std::chrono::milliseconds(50));
}

TEST_CASE("what could not be read at the start arrives later, and never replaces what was set meanwhile") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    {
        Settings before(file);
        before.set("language", "fr");
        before.set("theme", "dark");
    }
    std::optional<OtherProgram> other(std::in_place, file);
    Settings settings(file);
    CHECK(settings.trouble() == Trouble::locked);
    CHECK(settings.text("language", "en") == "en");
    CHECK(settings.wait(0));  // for what it could not read
    settings.set("theme", "high-contrast");
    settings.save(0);
    CHECK(settings.trouble() == Trouble::locked);
    CHECK(settings.arrivals() == 0);
    other.reset();
    settings.save(later);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(settings.arrivals() == 1);
    CHECK(settings.text("language") == "fr");
    CHECK(settings.text("theme") == "high-contrast");
    CHECK(remembered(file, "language") == "fr");
    CHECK(remembered(file, "theme") == "high-contrast");
}

TEST_CASE("on a full disk changes wait, the file stays whole, and they are saved once there is room") {
    SmallDisk disk(64);
    if (!disk.missing().empty()) {
        MESSAGE("skipped: ", disk.missing());
        return;
    }
    const auto file = disk.path() / "sipdex/user.db";
    Settings settings(file);
    settings.set("language", "en");
    settings.save(0);
    disk.fill();
    settings.set("language", "fr");
    settings.save(1);
    CHECK(settings.trouble() == Trouble::no_room);
    CHECK(remembered(file, "language") == "en");
    CHECK(files_in(file.parent_path()) == "user.db ");
    disk.empty();
    settings.save(later);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(remembered(file, "language") == "fr");
}

TEST_CASE("a disk that is full from the start is said to be so, and used once it is not") {
    SmallDisk disk(16);
    if (!disk.missing().empty()) {
        MESSAGE("skipped: ", disk.missing());
        return;
    }
    const auto file = disk.path() / "sipdex/user.db";
    disk.fill();
    Settings settings(file);
    settings.set("language", "fr");
    settings.save(0);
    CHECK(settings.trouble() == Trouble::no_room);
    disk.empty();
    settings.save(later);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(remembered(file, "language") == "fr");
}

TEST_CASE("a share of the disk that is used up is no room either") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    Settings settings(file);
    settings.set("language", "en");
    settings.save(0);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit none{0, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
    settings.set("language", "fr");
    settings.save(1);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK(settings.trouble() == Trouble::no_room);
    settings.save(later);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(remembered(file, "language") == "fr");
}

TEST_CASE("a moment in which nothing may be written passes") {
    SmallDisk disk(64);
    if (!disk.missing().empty()) {
        MESSAGE("skipped: ", disk.missing());
        return;
    }
    const auto file = disk.path() / "sipdex/user.db";
    Settings settings(file);
    settings.set("language", "en");
    settings.save(0);
    disk.read_only(true);
    {
        const Settings other(file);
        CHECK(other.text("language") == "en");
        CHECK(other.trouble() == Trouble::read_only);
    }
    settings.set("language", "fr");
    settings.save(1);
    CHECK(settings.trouble() == Trouble::read_only);
    disk.read_only(false);
    settings.save(later);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(remembered(file, "language") == "fr");
}

TEST_CASE("a file that may only be read is read, and written once it may be") {
    if (geteuid() == 0) {
        MESSAGE("skipped: root may write everything");
        return;
    }
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    { Settings(file).set("theme", "dark"); }
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    Settings settings(file);
    CHECK(settings.text("theme") == "dark");
    CHECK(settings.trouble() == Trouble::read_only);
    settings.set("theme", "light");
    settings.save(0);
    CHECK(settings.trouble() == Trouble::read_only);
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    settings.save(later);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(remembered(file, "theme") == "light");
}

TEST_CASE("where nothing can be made, settings last as long as the program runs") {
    Settings settings("/proc/nowhere/user.db");
    settings.set("theme", "dark");
    settings.save(0);
    CHECK(settings.trouble() == Trouble::read_only);
    CHECK(settings.text("theme") == "dark");
}

TEST_CASE("a file or folder that is removed while the program runs is made again with everything known") {
    TemporaryFolder folder;
    const auto file = folder.path() / "sipdex/user.db";
    {
        Settings before(file);
        before.set("language", "fr");
        before.set("theme", "dark");
    }
    for (const auto& gone : {file, file.parent_path()}) {
        CAPTURE(gone);
        Settings settings(file);
        std::filesystem::remove_all(gone);
        settings.set("window-width", gone == file ? 800 : 900);
        settings.set("text-size", 1.5);
        settings.save(0);
        CHECK(settings.trouble() == Trouble::none);
        CHECK(remembered(file, "language") == "fr");
        CHECK(remembered(file, "theme") == "dark");
        CHECK(remembered(file, "text-size") == "1.5");
        std::filesystem::remove_all(gone);
        settings.finish();
        CHECK(remembered(file, "language") == "fr");
        CHECK(remembered(file, "text-size") == "1.5");
    }
}

TEST_CASE("a file that was emptied is made again with everything known") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    Settings settings(file);
    settings.set("language", "fr");
    settings.save(0);
    std::filesystem::resize_file(file, 0);
    settings.set("theme", "dark");
    settings.save(1);
    CHECK(remembered(file, "language") == "fr");
    CHECK(remembered(file, "theme") == "dark");
}

TEST_CASE("what is damaged, foreign or newer gives the defaults, says so, and is left as it is") {
    struct Case {
        std::string what;
        Trouble trouble;
        std::function<void(const TemporaryFolder&)> make;
    };
    const auto sql = [](const std::string& text) {
        return [text](const TemporaryFolder& folder) { made(folder, text); };
    };
    const auto text = [](const std::string& content) {
        return [content](const TemporaryFolder& folder) { folder.write("user.db", content); };
    };
    // A sound file of many pages with one of them overwritten.
    const auto page_overwritten = [](std::size_t page) {
        return [page](const TemporaryFolder& folder) {
            const auto file =
                made(folder, std::string(ours) +
                                 "INSERT INTO settings VALUES('theme', 'dark');"
                                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                                 "INSERT INTO settings SELECT 'folds-' || i, hex(zeroblob(200)) FROM n");
            std::string content = content_of(file);
            content.replace(4096 * page, 4096, std::string(4096, '\x5a'));
            folder.write("user.db", content);
        };
    };
    const std::vector<Case> cases{
        {"a text", Trouble::unreadable,
         text("this is no database, and long enough to be sure of it: " + std::string(200, '.'))},
        {"a short text", Trouble::unreadable, text("x")},
        {"a page overwritten", Trouble::unreadable, page_overwritten(3)},
        {"the page of the table overwritten", Trouble::unreadable, page_overwritten(1)},
        {"another program's database", Trouble::unreadable, sql("CREATE TABLE birds(name TEXT)")},
        {"no table", Trouble::unreadable, sql("PRAGMA user_version = 1")},
        {"a table that is made otherwise", Trouble::unreadable,
         sql("CREATE TABLE settings(key TEXT, value); PRAGMA user_version = 1")},
        {"a view instead of the table", Trouble::unreadable,
         sql("CREATE VIEW settings AS WITH RECURSIVE n(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM n) SELECT key, "
             "key AS value FROM n; PRAGMA user_version = 1")},
        {"a trigger", Trouble::unreadable,
         sql(std::string(ours) + "CREATE TRIGGER t AFTER INSERT ON settings BEGIN DELETE FROM settings; END")},
        {"a newer version", Trouble::newer,
         sql("CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT, at INTEGER); PRAGMA user_version = 2")},
        {"a version below zero", Trouble::unreadable,
         sql("CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL); PRAGMA user_version = -1")},
    };
    for (const Case& one : cases) {
        CAPTURE(one.what);
        TemporaryFolder folder;
        one.make(folder);
        const auto file = folder.path() / "user.db";
        const std::string before = content_of(file);
        {
            Settings settings(file);
            CHECK(settings.trouble() == one.trouble);
            CHECK(settings.text("theme", "light") == "light");
            settings.set("theme", "dark");
            settings.save(0);
            settings.save(later);
            CHECK(settings.text("theme") == "dark");
            CHECK(settings.trouble() == one.trouble);
        }
        CHECK(content_of(file) == before);
        CHECK(files_in(folder.path()) == "user.db ");
    }
}

TEST_CASE("a file cut anywhere is left as it is") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    { Settings(file).set("theme", "dark"); }
    const std::string whole = content_of(file);
    for (std::size_t size = whole.size() - 1; size > 0; size -= std::min<std::size_t>(size, 501)) {
        CAPTURE(size);
        folder.write("user.db", whole.substr(0, size));
        {
            Settings settings(file);
            CHECK(settings.trouble() == Trouble::unreadable);
            settings.set("theme", "high-contrast");
        }
        CHECK(content_of(file) == whole.substr(0, size));
    }
}

TEST_CASE(
    "what is damaged while the program runs is left alone, and everything is saved once the reader has removed it") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    Settings settings(file);
    settings.set("language", "fr");
    settings.save(0);
    const std::string garbage(8192, '\x5a');
    folder.write("user.db", garbage);
    settings.set("theme", "dark");
    settings.save(1);
    CHECK(settings.trouble() == Trouble::unreadable);
    CHECK(content_of(file) == garbage);
    std::filesystem::remove(file);
    settings.save(later);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(remembered(file, "language") == "fr");
    CHECK(remembered(file, "theme") == "dark");
}

TEST_CASE("what is no file is neither read nor written nor waited for") {
    for (const char* kind : {"folder", "pipe", "device", "link to itself"}) {
        CAPTURE(kind);
        TemporaryFolder folder;
        const auto file = folder.path() / "user.db";
        if (kind == std::string("folder")) std::filesystem::create_directory(file);
        else if (kind == std::string("pipe")) mkfifo(file.c_str(), 0600);
        else std::filesystem::create_symlink(kind == std::string("device") ? "/dev/zero" : "user.db", file);
        Settings settings(file);
        settings.set("theme", "dark");
        settings.save(0);
        CHECK(settings.text("theme") == "dark");
        CHECK(settings.trouble() != Trouble::none);
        CHECK(files_in(folder.path()) == "user.db ");
    }
}

TEST_CASE("a link leads to the file that is meant") {
    TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "real");
    { Settings(folder.path() / "real/kept.db").set("theme", "dark"); }
    std::filesystem::create_symlink("real/kept.db", folder.path() / "user.db");
    Settings settings(folder.path() / "user.db");
    CHECK(settings.text("theme") == "dark");
    settings.set("theme", "light");
    settings.save(0);
    CHECK(std::filesystem::is_symlink(folder.path() / "user.db"));
    CHECK(remembered(folder.path() / "real/kept.db", "theme") == "light");
}

TEST_CASE("values that nobody can have chosen are not read, the others are") {
    TemporaryFolder folder;
    const auto file = made(folder, std::string(ours) + R"(
        INSERT INTO settings VALUES('place', hex(zeroblob(100000))), ('theme', 'dark'), ('text-size', '1e308'), ('window-x', x'00ff');
        INSERT INTO settings VALUES(hex(zeroblob(50)), 'a key that is too long');
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO settings SELECT 'n' || i, i FROM n)");
    Settings settings(file);
    CHECK(settings.trouble() == Trouble::none);
    CHECK(settings.text("place") == "");
    CHECK(settings.text("theme") == "dark");
    CHECK(settings.number("text-size", 1) == 1e308);
    CHECK(settings.number("window-x", 5) == 5);
    settings.set("theme", "light");
    settings.save(0);
    CHECK(remembered(file, "theme") == "light");
    CHECK(remembered(file, "place").size() == 200000);
}

namespace {

// Sets a number, saves it, and says through the pipe that it is saved; over and over, until it is killed.
[[noreturn]] void count_until_killed(const std::filesystem::path& file, int said) {
    Settings settings(file);
    for (int i = int(settings.number("count", 0)) + 1;; ++i) {
        settings.set("count", i);
        settings.set("same", i);
        settings.save(i);
        if (settings.unsaved() || write(said, &i, sizeof i) != sizeof i) _exit(1);
    }
}

}  // namespace

// SIPDEX_KILLS=1000 ctest -R user kills more often.
TEST_CASE("what was saved is there after kill -9 at any moment, and the file is sound") {
    const char* asked = std::getenv("SIPDEX_KILLS");
    const int kills = asked ? std::atoi(asked) : 40;
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    std::mt19937 dice(607);
    std::uniform_int_distribution<int> microseconds(0, 30'000);
    int saved = 0;
    for (int i = 0; i < kills; ++i) {
        int said[2];
        REQUIRE(pipe2(said, O_CLOEXEC) == 0);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) count_until_killed(file, said[1]);
        close(said[1]);
        int now = 0;
        REQUIRE(read(said[0], &now, sizeof now) == sizeof now);  // it is at work
        usleep(useconds_t(microseconds(dice)));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        for (saved = now; read(said[0], &now, sizeof now) == sizeof now;) saved = now;
        close(said[0]);

        Settings settings(file);
        CHECK(settings.trouble() == Trouble::none);
        CHECK(settings.number("count", 0) >= saved);
        CHECK(settings.number("count", 0) <= saved + 1);
        CHECK(settings.text("same") == settings.text("count"));
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
    }
    CHECK(saved > kills);
}
