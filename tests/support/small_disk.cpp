#include "support/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sipdex::test {

namespace {

// Once for the whole test: what is mounted from now on is seen by nobody else.
int own_name_space() {
    static const int failed =
        unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ? errno : 0;
    return failed;
}

}  // namespace

SmallDisk::SmallDisk(int kilobytes) {
    int failed = own_name_space();
    const std::string options = "size=" + std::to_string(kilobytes) + "k";
    if (!failed && mount("none", path().c_str(), "tmpfs", 0, options.c_str()) != 0) failed = errno;
    if (failed) missing_ = std::string("no file system can be mounted here: ") + std::strerror(failed);
}

SmallDisk::~SmallDisk() {
    if (missing_.empty()) umount2(path().c_str(), MNT_DETACH);
}

void SmallDisk::fill() {
    const int file = open((path() / "fill").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    char page[4096] = {};
    for (std::size_t some : {sizeof page, std::size_t(1)})
        while (write(file, page, some) > 0) continue;
    close(file);
}

void SmallDisk::empty() { std::filesystem::remove(path() / "fill"); }

void SmallDisk::read_only(bool on) {
    mount("none", path().c_str(), nullptr, MS_REMOUNT | (on ? MS_RDONLY : 0), nullptr);
}

}  // namespace sipdex::test
