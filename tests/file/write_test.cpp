#include "file/write.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <set>
#include <thread>

#include "support/text.h"

using namespace sipdex;
using test::content_of;
using test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

bool is_error(const std::error_code& error, std::errc expected) { return error == std::make_error_condition(expected); }

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
    return names;
}

unsigned mode_of(const fs::path& file) {
    struct stat found {};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

// A file system of 64 KiB, or nothing where this process may not mount one.
class SmallDisk {
public:
    explicit SmallDisk(const fs::path& at)
        : at_(at), mounted_(::mount("none", at.c_str(), "tmpfs", 0, "size=64k") == 0) {}
    ~SmallDisk() {
        if (mounted_) ::umount(at_.c_str());
    }
    bool mounted() const { return mounted_; }

private:
    fs::path at_;
    bool mounted_;
};

void skipped(const char* why) { std::cout << "skipped: " << why << "\n"; }

}  // namespace

TEST_CASE("a file holds what was written and nothing stands beside it") {
    TemporaryFolder folder;
    CHECK(!file::write(folder.path() / "607.txt", "607 Unwanted\n"));
    CHECK(content_of(folder.path() / "607.txt") == "607 Unwanted\n");
    CHECK(!file::write(folder.path() / "607.txt", ""));
    CHECK(content_of(folder.path() / "607.txt") == "");
    CHECK(names_in(folder.path()) == std::set<std::string>{"607.txt"});
}

TEST_CASE("a file that was there keeps its mode, a new one gets the user's") {
    TemporaryFolder folder;
    const auto private_file = folder.write("private.txt", "old");
    fs::permissions(private_file, fs::perms::owner_read | fs::perms::owner_write);
    CHECK(!file::write(private_file, "new"));
    CHECK(content_of(private_file) == "new");
    CHECK(mode_of(private_file) == 0600);

    const mode_t before = umask(027);
    CHECK(!file::write(folder.path() / "fresh.txt", "new"));
    umask(before);
    CHECK(mode_of(folder.path() / "fresh.txt") == 0640);
}

TEST_CASE("a link stays a link and what it leads to is written") {
    TemporaryFolder folder;
    fs::create_directory(folder.path() / "deep");
    const auto target = folder.write("deep/target.txt", "old");
    fs::create_symlink("deep/target.txt", folder.path() / "link");
    fs::create_symlink("link", folder.path() / "link-to-link");
    fs::create_symlink("deep/not-yet.txt", folder.path() / "dangling");
    CHECK(!file::write(folder.path() / "link-to-link", "new"));
    CHECK(!file::write(folder.path() / "dangling", "born"));
    CHECK(fs::is_symlink(folder.path() / "link"));
    CHECK(fs::is_symlink(folder.path() / "link-to-link"));
    CHECK(fs::is_symlink(folder.path() / "dangling"));
    CHECK(content_of(target) == "new");
    CHECK(content_of(folder.path() / "deep/not-yet.txt") == "born");

    fs::create_symlink("one", folder.path() / "other");
    fs::create_symlink("other", folder.path() / "one");
    CHECK(is_error(file::write(folder.path() / "one", "x"), std::errc::too_many_symbolic_link_levels));
}

TEST_CASE("neighbours are left alone, whatever they are called") {
    TemporaryFolder folder;
    for (const char* name : {"607.txt.part", "607.txt.new", "607.txt~", ".sipdex-"}) folder.write(name, "precious");
    fs::create_directory(folder.path() / "607.txt.tmp");
    CHECK(!file::write(folder.path() / "607.txt", "new"));
    for (const char* name : {"607.txt.part", "607.txt.new", "607.txt~", ".sipdex-"})
        CHECK(content_of(folder.path() / name) == "precious");
    CHECK(names_in(folder.path()).size() == 6);
}

TEST_CASE("a pipe gets the octets and stays a pipe") {
    TemporaryFolder folder;
    const fs::path pipe = folder.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    std::string read;
    std::thread reader([&] { read = content_of(pipe); });
    CHECK(!file::write(pipe, "through the pipe"));
    reader.join();
    CHECK(read == "through the pipe");
    CHECK(fs::is_fifo(pipe));
}

TEST_CASE("a pipe whose reader goes away is an error, not the end of the program") {
    TemporaryFolder folder;
    const fs::path pipe = folder.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    std::thread reader([&] { ::close(::open(pipe.c_str(), O_RDONLY)); });
    const std::error_code error = file::write(pipe, std::string(1 << 20, 'x'));
    reader.join();
    CHECK(is_error(error, std::errc::broken_pipe));
}

TEST_CASE("a device is written into and stays a device") {
    TemporaryFolder folder;
    const fs::path null = folder.path() / "null", full = folder.path() / "full";
    if (::mknod(null.c_str(), S_IFCHR | 0666, makedev(1, 3)) != 0 ||
        ::mknod(full.c_str(), S_IFCHR | 0666, makedev(1, 7)) != 0)
        return skipped("only root may make devices");
    const std::error_code nothing = file::write(null, "x"), no_room = file::write(full, "x");
    if (is_error(nothing, std::errc::permission_denied)) return skipped("devices may not be opened here");
    CHECK(!nothing);
    CHECK(is_error(no_room, std::errc::no_space_on_device));
    CHECK(fs::is_character_file(null));
    CHECK(fs::is_character_file(full));
}

TEST_CASE("/dev/stdout and /dev/fd/N are the open files themselves: what they hold stays before") {
    TemporaryFolder folder;
    const fs::path log = folder.write("log.txt", "");
    const int number = ::open(log.c_str(), O_WRONLY | O_APPEND);
    REQUIRE(number >= 0);
    REQUIRE(::write(number, "first\n", 6) == 6);
    CHECK(!file::write("/dev/fd/" + std::to_string(number), "second\n"));
    CHECK(!file::write("/proc/self/fd/" + std::to_string(number), "third\n"));
    ::close(number);
    CHECK(content_of(log) == "first\nsecond\nthird\n");
    CHECK(is_error(file::write("/dev/fd/987", "x"), std::errc::bad_file_descriptor));
}

TEST_CASE("what cannot be written is told by its reason and leaves things as they were") {
    TemporaryFolder folder;
    CHECK(is_error(file::write(folder.path() / "none" / "x.txt", "x"), std::errc::no_such_file_or_directory));
    CHECK(is_error(file::write(folder.path(), "x"), std::errc::is_a_directory));
    CHECK(is_error(file::write("", "x"), std::errc::no_such_file_or_directory));
    const auto plain = folder.write("plain.txt", "old");
    CHECK(is_error(file::write(plain / "x.txt", "x"), std::errc::not_a_directory));
    CHECK(is_error(file::write(folder.path() / std::string(256, 'n'), "x"), std::errc::filename_too_long));
    CHECK(!file::write(folder.path() / std::string(255, 'n'), "x"));
    CHECK(names_in(folder.path()) == std::set<std::string>{"plain.txt", std::string(255, 'n')});
}

TEST_CASE("a full disk leaves the old file whole and no rest") {
    TemporaryFolder folder;
    const SmallDisk disk(folder.path());
    if (!disk.mounted()) return skipped("a small disk cannot be mounted here");
    const auto file = folder.write("sheet.pdf", "old");
    CHECK(is_error(file::write(file, std::string(200000, 'x')), std::errc::no_space_on_device));
    CHECK(content_of(file) == "old");
    CHECK(names_in(folder.path()) == std::set<std::string>{"sheet.pdf"});
    CHECK(!file::write(file, "small enough"));
    CHECK(content_of(file) == "small enough");
}

TEST_CASE("of several writers at once one wins whole") {
    TemporaryFolder folder;
    const fs::path file = folder.path() / "sheet.txt";
    const std::string contents[] = {std::string(300000, 'a'), std::string(90000, 'b'), std::string(300000, 'c'),
                                    std::string(10, 'd')};
    for (int round = 0; round < 40; ++round) {
        pid_t writers[4];
        for (int i = 0; i < 4; ++i)
            if ((writers[i] = fork()) == 0) _exit(file::write(file, contents[i]) ? 1 : 0);
        for (const pid_t writer : writers) {
            int status = -1;
            waitpid(writer, &status, 0);
            CHECK(status == 0);
        }
        const std::string found = content_of(file);
        CHECK(std::ranges::find(contents, found) != std::end(contents));
    }
    CHECK(names_in(folder.path()) == std::set<std::string>{"sheet.txt"});
}

TEST_CASE("a writer that is killed leaves the old file or the new one, whole") {
    TemporaryFolder folder;
    const std::string old(1000, 'o'), fresh(8 << 20, 'n');
    const fs::path file = folder.write("sheet.txt", old);
    for (int round = 0; round < 30; ++round) {
        const pid_t writer = fork();
        if (writer == 0) {
            while (!file::write(file, fresh) && !file::write(file, old)) {
            }
            _exit(1);
        }
        ::usleep(static_cast<useconds_t>(500 + 700 * round));
        ::kill(writer, SIGKILL);
        waitpid(writer, nullptr, 0);
        const std::string found = content_of(file);
        CHECK((found == old || found == fresh));
    }
    // A draft has no name until it is whole; few are killed between getting one and taking their place.
    for (const std::string& name : names_in(folder.path()))
        if (name != "sheet.txt")
            CHECK(std::set<std::uintmax_t>{old.size(), fresh.size()}.contains(fs::file_size(folder.path() / name)));
}
