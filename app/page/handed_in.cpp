#include "page/handed_in.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "capture/file_kinds.h"
#include "evidence/evidence.h"

namespace sipdex::page {

namespace {

constexpr std::size_t beginning = 4096;                          // octets that tell whether it is a capture
constexpr std::size_t most_of_text = evidence::most_octets + 1;  // the one more tells that there is more

struct Closing {
    void operator()(std::FILE* file) const {
        if (file != stdin) std::fclose(file);
    }
};

// Reads on until so many octets are there, or no more come.
std::error_code read_up_to(std::FILE* file, std::size_t most, std::string& octets) {
    constexpr std::size_t piece = 1 << 20;
    for (std::size_t got = 1; got > 0 && octets.size() < most;) {
        const std::size_t before = octets.size();
        octets.resize(before + std::min(piece, most - before));
        errno = 0;
        got = std::fread(octets.data() + before, 1, octets.size() - before, file);
        octets.resize(before + got);
        if (got == 0 && std::ferror(file) != 0) return {errno, std::generic_category()};
    }
    return {};
}

// A pipe gives what it has once: it cannot be opened a second time.
bool can_be_read_again(std::FILE* file) {
    struct stat told {};
    return file != stdin && ::fstat(::fileno(file), &told) == 0 && !S_ISFIFO(told.st_mode) && !S_ISSOCK(told.st_mode) &&
           !S_ISCHR(told.st_mode);
}

bool is_packed(std::string_view octets) { return octets.starts_with("\x1f\x8b"); }

// Whether gzip packed something else than a capture: a log that was rotated away, or what was packed twice.
bool packs_a_text(std::string_view octets) {
    if (!is_packed(octets)) return false;
    const std::string within = capture::unpacked(octets, beginning);
    if (is_packed(within)) return true;
    const bool wide = within.starts_with("\xff\xfe") || within.starts_with("\xfe\xff");  // UTF-16
    return !within.empty() && !capture::looks_like_capture(within) && (wide || within.find('\0') == std::string::npos);
}

}  // namespace

std::vector<HandedIn> with_folders_spread(const std::vector<HandedIn>& sources) {
    std::vector<HandedIn> all;
    for (const HandedIn& source : sources) {
        std::error_code error;
        if (source.pasted || !std::filesystem::is_directory(source.name, error)) {
            all.push_back(source);
            continue;
        }
        std::vector<std::string> names;
        for (std::filesystem::directory_iterator at(source.name, error), end; !error && at != end;
             at.increment(error)) {
            std::error_code ignored;
            if (at->path().filename().string().front() != '.' && at->is_regular_file(ignored))
                names.push_back(at->path().string());
        }
        std::ranges::sort(names);
        all.insert(all.end(), names.begin(), names.end());
        if (names.empty()) all.push_back(source);  // whoever reads it says what is wrong
    }
    return all;
}

TakenIn take_in(const HandedIn& source, const evidence::Vocabulary& vocabulary, capture::Captured& captured,
                const capture::Captured::GoesOn& goes_on) {
    TakenIn taken{source.name, false, nullptr, {}, {}};
    if (source.pasted) {
        captured.read_log(*source.pasted, vocabulary);
        taken.text = source.pasted->substr(0, most_of_text);
        return taken;
    }
    const bool standard = source.name == "-";
    const std::unique_ptr<std::FILE, Closing> file(standard ? stdin : std::fopen(source.name.c_str(), "rb"));
    std::string octets;
    if (!file) taken.error = {errno, std::generic_category()};
    else taken.error = read_up_to(file.get(), beginning, octets);
    taken.capture = capture::looks_like_capture(octets) && !packs_a_text(octets);
    const bool again = !file || can_be_read_again(file.get());
    if (again && (taken.error || octets.empty() || taken.capture)) {
        captured.read_file(source.name, goes_on);  // which tells what is wrong with it
        return taken;
    }
    // One octet more than the reader of logs takes tells that there is more.
    const std::size_t most_of_log = capture::Limits{}.log_octets + 1;
    if (!taken.error) taken.error = read_up_to(file.get(), taken.capture ? SIZE_MAX : most_of_log, octets);
    constexpr int most_packed = 4;  // within one another
    for (int times = 0; times < most_packed && packs_a_text(octets); ++times)
        octets = capture::unpacked(octets, most_of_log);
    taken.capture = capture::looks_like_capture(octets);
    const std::string name = standard ? std::string() : source.name;
    if (taken.capture) {
        taken.kept = std::make_shared<const std::string>(std::move(octets));
        captured.read_octets(*taken.kept);
        captured.files.back().name = name;
        return taken;
    }
    captured.read_log(octets, vocabulary);
    captured.files.back().name = name;
    if (capture::looks_like_tls_keys(octets))
        captured.files.back().summary.problems.push_back({.kind = capture::Problem::Kind::unsupported_format,
                                                          .file = static_cast<std::uint32_t>(captured.files.size() - 1),
                                                          .subject = std::string(capture::tls_keys)});
    octets.resize(std::min(octets.size(), most_of_text));
    taken.text = std::move(octets);
    return taken;
}

void tell_again(const TakenIn& source, capture::Listener& listener) {
    if (!source.capture) return;
    if (source.kept) capture::read_octets(*source.kept, listener);
    else capture::read_file(source.name, listener);
}

}  // namespace sipdex::page
