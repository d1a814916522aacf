#include "page/handed_in.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

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
    taken.capture = capture::looks_like_capture(octets);
    if (!standard && (taken.error || octets.empty() || taken.capture)) {
        captured.read_file(source.name, goes_on);  // which tells what is wrong with it
        return taken;
    }
    // One octet more than the reader of logs takes tells that there is more.
    const std::size_t most = taken.capture ? SIZE_MAX : capture::Limits{}.log_octets + 1;
    if (!taken.error) taken.error = read_up_to(file.get(), most, octets);
    if (taken.capture) {
        taken.kept = std::make_shared<const std::string>(std::move(octets));
        captured.read_octets(*taken.kept);
        return taken;
    }
    captured.read_log(octets, vocabulary);
    if (!standard) captured.files.back().name = source.name;
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
