#include "file/write.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <optional>
#include <random>
#include <string>
#include <utility>

namespace sipdex::file {

namespace {

namespace fs = std::filesystem;

std::error_code last_error() { return {errno, std::generic_category()}; }
std::error_code error_of(std::errc error) { return std::make_error_code(error); }

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

    // Some file systems tell only here that they had no room.
    std::error_code close() {
        const int number = std::exchange(number_, -1);
        return number < 0 || ::close(number) == 0 ? std::error_code() : last_error();
    }

private:
    int number_;
};

// While it lives, a pipe whose reader has gone is an error of the writer and not its end.
class WithoutBrokenPipes {
public:
    WithoutBrokenPipes() {
        struct sigaction ignored {};
        ignored.sa_handler = SIG_IGN;
        sigaction(SIGPIPE, &ignored, &before_);
    }
    ~WithoutBrokenPipes() { sigaction(SIGPIPE, &before_, nullptr); }

private:
    struct sigaction before_ {};
};

// "/dev/fd/7" is 7. To open such a name anew would write over what an open file holds already.
std::optional<int> descriptor_named(const fs::path& file) {
    const std::string name = file.lexically_normal().string();
    if (name == "/dev/stdout") return STDOUT_FILENO;
    if (name == "/dev/stderr") return STDERR_FILENO;
    for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!name.starts_with(folder)) continue;
        int number = 0;
        const char *const begin = name.data() + folder.size(), *const end = name.data() + name.size();
        if (const auto [stopped, error] = std::from_chars(begin, end, number);
            error == std::errc{} && stopped == end && number >= 0)
            return number;
    }
    return std::nullopt;
}

// Where the links lead, though nothing may stand there yet.
std::error_code follow(fs::path& file) {
    constexpr int most_links = 40;  // as Linux has it
    std::error_code error;
    for (int links = 0; fs::is_symlink(fs::symlink_status(file, error)); ++links) {
        if (links == most_links) return error_of(std::errc::too_many_symbolic_link_levels);
        const fs::path target = fs::read_symlink(file, error);
        if (error) return error;
        file = file.parent_path() / target;
    }
    return {};
}

std::error_code write_as_it_is(const fs::path& file, const Content& content) {
    const WithoutBrokenPipes quiet;
    Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (!out.open()) return last_error();
    if (const auto error = content(out.number())) return error;
    return out.close();
}

// A name of our own, short enough for any folder.
std::string fresh_name() {
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device dice;
    std::string name = ".sipdex-";
    for (int i = 0; i < 12; ++i) name += letters[dice() % letters.size()];
    return name;
}

// What will be the file: at first without any name, so that a writer that is killed leaves nothing behind; where the
// file system cannot do that, under a name of its own.
class Draft {
public:
    explicit Draft(fs::path folder)
        : folder_(std::move(folder)), out_(::open(folder_.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666)) {
        if (!out_.open()) open_by_name();
    }
    ~Draft() {
        if (!name_.empty()) ::unlink((folder_ / name_).c_str());
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    bool open() const { return out_.open(); }
    int number() const { return out_.number(); }

    std::error_code take_the_place_of(const fs::path& file) {
        if (name_.empty())
            if (const auto error = give_name()) return error;
        if (const auto error = out_.close()) return error;
        if (::rename((folder_ / name_).c_str(), file.c_str()) != 0) return last_error();
        name_.clear();
        return {};
    }

private:
    static constexpr int tries = 100;

    void open_by_name() {
        for (int i = 0; i < tries; ++i) {
            const std::string name = fresh_name();
            const int number =
                ::open((folder_ / name).c_str(), O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC, 0666);
            if (number < 0 && errno == EEXIST) continue;
            if (number >= 0) name_ = name;
            out_ = Descriptor(number);
            return;
        }
    }

    std::error_code give_name() {
        const std::string self = "/proc/self/fd/" + std::to_string(out_.number());
        for (int i = 0; i < tries; ++i) {
            const std::string name = fresh_name();
            if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, (folder_ / name).c_str(), AT_SYMLINK_FOLLOW) == 0) {
                name_ = name;
                return {};
            }
            if (errno != EEXIST) break;
        }
        return last_error();
    }

    fs::path folder_;
    Descriptor out_;
    std::string name_;  // none: it stands in no folder
};

std::error_code write_beside(const fs::path& file, const struct stat* old, const Content& content) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    Draft draft(folder);
    if (!draft.open()) return last_error();
    if (old) {
        // Whose file it is may be beyond us to keep; who may read it is not.
        if (::fchown(draft.number(), old->st_uid, old->st_gid) != 0 &&
            ::fchown(draft.number(), static_cast<uid_t>(-1), old->st_gid) != 0)
            errno = 0;
        if (::fchmod(draft.number(), old->st_mode & 07777) != 0) return last_error();
    }
    if (const auto error = content(draft.number())) return error;
    if (::fsync(draft.number()) != 0 && errno != EINVAL) return last_error();
    if (const auto error = draft.take_the_place_of(file)) return error;
    // The new name is to outlive a power cut as well; where folders cannot be kept safe, it stands all the same.
    if (const Descriptor kept(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); kept.open())
        ::fsync(kept.number());
    return {};
}

}  // namespace

std::error_code write(int descriptor, std::string_view octets) {
    while (!octets.empty()) {
        const ssize_t taken = ::write(descriptor, octets.data(), octets.size());
        if (taken >= 0) {
            octets.remove_prefix(static_cast<std::size_t>(taken));
        } else if (errno == EAGAIN) {
            pollfd room{descriptor, POLLOUT, 0};
            ::poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return last_error();
        }
    }
    return {};
}

std::error_code write(const fs::path& file, std::string_view octets) {
    return write_pieces(file, [&](int descriptor) { return write(descriptor, octets); });
}

std::error_code write_pieces(const fs::path& named, const Content& content) {
    if (named.empty()) return error_of(std::errc::no_such_file_or_directory);
    if (const auto descriptor = descriptor_named(named)) {
        const WithoutBrokenPipes quiet;
        return content(*descriptor);
    }
    fs::path file = named;
    if (const auto error = follow(file)) return error;
    struct stat old {};
    const bool exists = ::stat(file.c_str(), &old) == 0;
    if (!exists && errno != ENOENT) return last_error();
    if (exists && S_ISDIR(old.st_mode)) return error_of(std::errc::is_a_directory);
    if (exists && !S_ISREG(old.st_mode)) return write_as_it_is(file, content);
    if (exists && ::access(file.c_str(), W_OK) != 0) return last_error();
    return write_beside(file, exists ? &old : nullptr, content);
}

}  // namespace sipdex::file
