// What is kept stays kept when programs are killed, run beside each other, or are older than the file.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <vector>

#include "support/other_program.h"
#include "support/small_disk.h"
#include "support/text.h"
#include "user/desk.h"

using namespace sipdex::test;
using namespace sipdex::user;

namespace {

constexpr double later = 1000;  // seconds: whatever waits to be tried again is due

std::filesystem::path made(const TemporaryFolder& folder, const std::string& sql) {
    const auto file = folder.path() / "desk.db";
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
    return file;
}

std::string text_on(const Desk& desk, const char* page) {
    const auto notes = notes_on(desk.kept(), page);
    return notes.empty() ? "nothing" : notes.front()->note()->text;
}

}  // namespace

TEST_CASE("two running copies see each other's changes, and neither loses one") {
    TemporaryFolder folder;
    const auto file = folder.path() / "desk.db";
    Desk one(file), other(file);
    const std::string id = one.add(Note{"403", "", "unpaid"}, "Ana");
    one.save(0);
    CHECK(other.look());
    CHECK(text_on(other, "403") == "unpaid");
    CHECK_FALSE(other.look());
    const unsigned before = one.changes();

    // Both write before either has looked.
    other.change(id, Note{"403", "", "unpaid: ask accounting"}, "Bob");
    other.visit("486");
    one.add(Note{"486", "", "on the phone"});
    one.visit("607");
    other.save(0);
    one.save(1);
    CHECK(other.look());
    CHECK_FALSE(one.look());
    CHECK(one.changes() > before);
    for (const Desk* each : {&one, &other}) {
        CHECK(text_on(*each, "403") == "unpaid: ask accounting");
        CHECK(text_on(*each, "486") == "on the phone");
        CHECK(each->kept().recent.size() == 2);
    }
    CHECK(one.kept().entries == other.kept().entries);

    // The same note at the same time: both texts stay.
    one.change(id, Note{"403", "", "one"});
    other.change(id, Note{"403", "", "other"});
    one.save(2);
    other.save(2);
    one.look();
    CHECK(notes_on(one.kept(), "403").size() == 2);
    CHECK(one.kept().entries == other.kept().entries);

    one.set_favourite("607", true);
    one.save(3);
    other.look();
    other.set_favourite("607", false);
    other.save(4);
    one.look();
    CHECK_FALSE(one.is_favourite("607"));
}

TEST_CASE("commits within one tick of the clock are told apart") {
    TemporaryFolder folder;
    const auto file = folder.path() / "desk.db";
    Desk one(file), other(file);
    for (int i = 0; i < 100; ++i) {
        one.add(Note{"403", "", std::to_string(i)});
        one.save(i);
        other.look();
        REQUIRE(notes(other.kept()).size() == std::size_t(i) + 1);
    }
}

TEST_CASE("while another program has the desk locked, changes wait; what could not be read arrives later") {
    TemporaryFolder folder;
    const auto file = folder.path() / "desk.db";
    { Desk(file).add(Note{"403", "", "unpaid"}); }
    std::optional<OtherProgram> other(std::in_place, file);
    Desk desk(file);
    CHECK(desk.trouble() == Trouble::locked);
    CHECK(text_on(desk, "403") == "nothing");
    desk.add(Note{"486", "", "on the phone"});
    desk.save(0);
    CHECK(desk.trouble() == Trouble::locked);
    CHECK(text_on(desk, "486") == "on the phone");
    REQUIRE(desk.wait(0));
    other.reset();
    desk.save(later);
    CHECK(desk.trouble() == Trouble::none);
    CHECK_FALSE(desk.unsaved());
    CHECK(text_on(desk, "403") == "unpaid");
    CHECK(text_on(Desk(file), "486") == "on the phone");
}

TEST_CASE("on a full disk notes wait, and are kept once there is room") {
    SmallDisk disk(128);
    if (!disk.missing().empty()) {
        MESSAGE("skipped: ", disk.missing());
        return;
    }
    const auto file = disk.path() / "sipdex/desk.db";
    Desk desk(file);
    desk.add(Note{"403", "", "unpaid"});
    desk.save(0);
    disk.fill();
    desk.add(Note{"486", "", std::string(3000, 'x')});
    desk.save(1);
    CHECK(desk.trouble() == Trouble::no_room);
    CHECK(desk.unsaved());
    disk.empty();
    CHECK(text_on(Desk(file), "403") == "unpaid");
    desk.save(later);
    CHECK(desk.trouble() == Trouble::none);
    CHECK(text_on(Desk(file), "486").size() == 3000);
}

TEST_CASE("what is newer, foreign or damaged is left as it is, and notes last as long as the program") {
    const std::string ours =
        "CREATE TABLE entries(id TEXT PRIMARY KEY, entry TEXT NOT NULL);"
        "CREATE TABLE recent(page TEXT PRIMARY KEY, at INTEGER NOT NULL);";
    const std::pair<std::string, Trouble> cases[] = {
        {"CREATE TABLE entries(id TEXT PRIMARY KEY, entry TEXT, team TEXT); PRAGMA user_version = 2", Trouble::newer},
        {"CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL); PRAGMA user_version = 1",
         Trouble::unreadable},
        {ours + "INSERT INTO entries VALUES('1', 'no entry of ours'); PRAGMA user_version = 1", Trouble::unreadable},
        {ours + "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END; PRAGMA user_version = 1",
         Trouble::unreadable}};
    for (const auto& [made_by, trouble] : cases) {
        const std::string& sql = made_by;
        CAPTURE(sql);
        TemporaryFolder folder;
        const auto file = made(folder, sql);
        const std::string before = content_of(file);
        {
            Desk desk(file);
            CHECK(desk.trouble() == trouble);
            desk.add(Note{"403", "", "unpaid"});
            desk.visit("607");
            desk.save(0);
            desk.look();
            desk.save(later);
            CHECK(desk.trouble() == trouble);
            CHECK(desk.unsaved());
            CHECK(text_on(desk, "403") == "unpaid");
        }
        CHECK(content_of(file) == before);
    }
}

TEST_CASE("a desk that is removed while the program runs is made again with everything known") {
    TemporaryFolder folder;
    const auto file = folder.path() / "sipdex/desk.db";
    Desk desk(file);
    desk.add(Note{"403", "", "unpaid"});
    desk.visit("607");
    desk.save(0);
    std::filesystem::remove_all(file.parent_path());
    desk.add(Note{"486", "", "on the phone"});
    desk.save(1);
    CHECK(text_on(Desk(file), "403") == "unpaid");
    std::filesystem::remove(file);
    desk.finish();
    const Desk again(file);
    CHECK(text_on(again, "486") == "on the phone");
    CHECK(again.kept().recent.size() == 1);
}

namespace {

// Changes a note, adds one, opens a page and turns a favourite, saves it all, and says through the pipe that it is
// saved; over and over, until it is killed.
[[noreturn]] void keep_until_killed(const std::filesystem::path& file, int said, const char* page) {
    Desk desk(file);
    while (desk.trouble() == Trouble::locked) desk.look();  // somebody else is writing: nothing is known yet
    const auto notes = notes_on(desk.kept(), page);
    const std::string id = notes.empty() ? desk.add(Note{page, "", "0"}) : notes.front()->id;
    for (int i = std::atoi(desk.kept().entries.at(id).note()->text.c_str()) + 1;; ++i) {
        desk.change(id, Note{page, "", std::to_string(i)});
        desk.set_favourite(page, i % 2 == 1);
        desk.visit(std::to_string(100 + i % 500));
        while (desk.unsaved()) desk.finish();  // somebody else may be writing
        if (write(said, &i, sizeof i) != sizeof i) _exit(1);
    }
}

struct Keeper {
    pid_t id = -1;
    int said = -1, saved = 0;

    Keeper(const std::filesystem::path& file, const char* page) {
        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
        id = fork();
        REQUIRE(id >= 0);
        if (id == 0) keep_until_killed(file, ends[1], page);
        close(ends[1]);
        said = ends[0];
        REQUIRE(read(said, &saved, sizeof saved) == sizeof saved);  // it is at work
    }
    void end() {
        kill(id, SIGKILL);
        waitpid(id, nullptr, 0);
        for (int now = 0; read(said, &now, sizeof now) == sizeof now;) saved = now;
        close(said);
    }
};

void check(const std::filesystem::path& file, const char* page, int saved) {
    CAPTURE(page);
    const Desk desk(file);
    CHECK(desk.trouble() == Trouble::none);
    REQUIRE(notes_on(desk.kept(), page).size() == 1);
    const int kept = std::atoi(text_on(desk, page).c_str());
    CHECK(kept >= saved);
    CHECK(kept <= saved + 1);
    CHECK(desk.is_favourite(page) == (kept % 2 == 1));
    CHECK(desk.kept().entries.size() <= 4);  // the notes of two pages, and both as favourites
}

}  // namespace

// SIPDEX_KILLS=1000 ctest -R user kills more often.
TEST_CASE("what was kept is there after kill -9 at any moment, of one program or of two at once") {
    const char* asked = std::getenv("SIPDEX_KILLS");
    const int kills = asked ? std::atoi(asked) : 40;
    std::mt19937 dice(403);
    std::uniform_int_distribution<int> microseconds(0, 30'000);
    TemporaryFolder folder;
    const auto file = folder.path() / "desk.db";
    int saved = 0;
    for (int i = 0; i < kills; ++i) {
        Keeper one(file, "403");
        if (i % 4 == 3) {
            Keeper other(file, "486");
            usleep(useconds_t(microseconds(dice)));
            one.end();
            other.end();
            check(file, "486", other.saved);
        } else {
            usleep(useconds_t(microseconds(dice)));
            one.end();
        }
        check(file, "403", one.saved);
        saved = one.saved;
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
    }
    CHECK(saved > kills);
}
