#include "user/settings.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "support/text.h"

using sipdex::test::TemporaryFolder;
using sipdex::user::Settings;

TEST_CASE("what was set is there the next time") {
    TemporaryFolder folder;
    const auto file = folder.path() / "new/folder/user.db";
    {
        Settings settings(file);
        CHECK(settings.trouble() == Settings::Trouble::none);
        CHECK(settings.text("language", "en") == "en");
        settings.set("language", "fr");
        settings.set("text-size", 1.25);
    }
    Settings again(file);
    CHECK(again.text("language") == "fr");
    CHECK(again.number("text-size", 1) == 1.25);
}

TEST_CASE("a number that is none gives the fallback") {
    Settings settings({});
    settings.set("width", "wide");
    settings.set("height", "nan");
    CHECK(settings.number("width", 1280) == 1280);
    CHECK(settings.number("height", 800) == 800);
}

TEST_CASE("a damaged file gives the defaults, says so, and is left as it is") {
    TemporaryFolder folder;
    const auto file = folder.write("user.db", "this is no database, and long enough to be sure of it");
    {
        Settings settings(file);
        CHECK(settings.trouble() == Settings::Trouble::unreadable);
        settings.set("theme", "dark");
        CHECK(settings.text("theme") == "dark");
    }
    CHECK(sipdex::test::content_of(file) == "this is no database, and long enough to be sure of it");
}

TEST_CASE("a truncated file gives the defaults") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    { Settings(file).set("theme", "dark"); }
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    Settings settings(file);
    CHECK(settings.trouble() == Settings::Trouble::unreadable);
    CHECK(settings.text("theme", "light") == "light");
}

TEST_CASE("a place where nothing can be made keeps settings for as long as the program runs") {
    Settings settings("/proc/nowhere/user.db");
    CHECK(settings.trouble() == Settings::Trouble::read_only);
    settings.set("theme", "dark");
    CHECK(settings.text("theme") == "dark");
}

TEST_CASE("a file that may only be read is read") {
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
    CHECK(settings.trouble() == Settings::Trouble::read_only);
}
