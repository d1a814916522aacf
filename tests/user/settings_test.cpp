#include "user/settings.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>

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
        settings.save(0);
        CHECK_FALSE(settings.unsaved());
    }
    Settings again(file);
    CHECK(again.text("language") == "fr");
    CHECK(again.number("text-size", 1) == 1.25);
}

TEST_CASE("a setting that is changed twice is kept as it was last") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    {
        Settings settings(file);
        settings.set("language", "fr");
        settings.save(0);
        settings.set("language", "en");
        settings.save(1);
    }
    CHECK(Settings(file).text("language") == "en");
}

TEST_CASE("what nobody saved is saved at the end") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    { Settings(file).set("theme", "dark"); }
    CHECK(Settings(file).text("theme") == "dark");
}

TEST_CASE("what is set in one frame is written in one transaction") {
    TemporaryFolder folder;
    const auto file = folder.path() / "user.db";
    // The file change counter of the SQLite file format, section 1.3.
    const auto transactions = [&] { return sipdex::test::content_of(file).substr(24, 4); };
    Settings settings(file);
    settings.set("language", "fr");
    settings.save(0);
    const std::string before = transactions();
    settings.set("language", "en");
    settings.set("theme", "dark");
    settings.set("text-size", 1.5);
    settings.save(0.1);
    std::string after = transactions();
    --after.back();
    CHECK(after == before);
}

TEST_CASE("a file is made when there is something to keep, not before") {
    TemporaryFolder folder;
    const auto file = folder.path() / "deeper/user.db";
    {
        Settings settings(file);
        settings.save(0);
    }
    CHECK_FALSE(std::filesystem::exists(file.parent_path()));
}

TEST_CASE("a number that is none gives the fallback") {
    Settings settings;
    settings.set("width", "wide");
    settings.set("height", "nan");
    CHECK(settings.number("width", 1280) == 1280);
    CHECK(settings.number("height", 800) == 800);
}

TEST_CASE("settings in memory alone have no trouble, and nothing to save") {
    Settings settings;
    settings.set("theme", "dark");
    settings.save(0);
    CHECK(settings.text("theme") == "dark");
    CHECK(settings.trouble() == Settings::Trouble::none);
    CHECK_FALSE(settings.wait(0));
}

TEST_CASE("without a home folder settings last as long as the program, and it says so") {
    const auto before = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    const std::string home = before("HOME"), data = before("XDG_DATA_HOME");
    for (const char* nowhere : {"", "relative/folder"}) {
        setenv("HOME", nowhere, 1);
        setenv("XDG_DATA_HOME", nowhere, 1);
        CAPTURE(nowhere);
        CHECK(sipdex::user::default_file() == std::filesystem::path());
    }
    setenv("HOME", "/home/someone", 1);
    CHECK(sipdex::user::default_file() == "/home/someone/.local/share/sipdex/user.db");
    setenv("XDG_DATA_HOME", "/data", 1);
    CHECK(sipdex::user::default_file() == "/data/sipdex/user.db");
    setenv("HOME", home.c_str(), 1);
    if (data.empty()) unsetenv("XDG_DATA_HOME");
    else setenv("XDG_DATA_HOME", data.c_str(), 1);

    Settings settings{std::filesystem::path()};
    CHECK(settings.trouble() == Settings::Trouble::no_home);
    settings.set("theme", "dark");
    settings.save(0);
    CHECK(settings.text("theme") == "dark");
    CHECK(settings.trouble() == Settings::Trouble::no_home);
    CHECK_FALSE(settings.wait(0));
}
