#include "page/redacted.h"

#include <filesystem>

#include "file/write.h"
#include "language/characters.h"
#include "page/write_problem.h"

namespace sipdex::page {

namespace {

using End = Redacted::End;

struct Read {
    capture::Captured captured;
    std::vector<TakenIn> taken;
};

Redacted ended(End end, const std::string& file, std::error_code error = {}) {
    Redacted redacted;
    redacted.end = end;
    redacted.file = file;
    redacted.error = error;
    return redacted;
}

// Nothing where there is something to write.
std::optional<Redacted> read_all(const std::vector<HandedIn>& sources, const evidence::Vocabulary& vocabulary,
                                 const std::function<bool()>& goes_on, Read& read) {
    for (const HandedIn& source : sources) {
        const std::size_t before = read.captured.messages.size();
        const std::uint64_t seen = read.captured.messages_seen;
        read.taken.push_back(
            take_in(source, vocabulary, read.captured, [&](std::uint64_t) { return !goes_on || goes_on(); }));
        if (goes_on && !goes_on()) return ended(End::stopped, source.name);
        if (const std::error_code error = read.taken.back().error) return ended(End::unreadable, source.name, error);
        const bool none = read.captured.messages.size() == before && read.captured.messages_seen == seen;
        if (none && sources.size() == 1) return ended(End::nothing, source.name);
    }
    read.captured.arrange();
    if (read.captured.messages.empty()) return ended(End::nothing, sources.front().name);
    return std::nullopt;
}

}  // namespace

bool same_file(const std::string& one, const std::string& other) {
    std::error_code error;
    if (std::filesystem::equivalent(one, other, error) && !error) return std::filesystem::is_regular_file(one, error);
    return one == other;
}

Redacted write_redacted(const std::vector<HandedIn>& given, const std::string& output, const Means& means,
                        redact::Options options, const std::function<bool()>& goes_on) {
    const std::vector<HandedIn> sources = with_folders_spread(given);
    for (const HandedIn& source : sources)
        if (!source.pasted && same_file(output, source.name)) return ended(End::onto, output);
    Read read;
    if (auto obstacle = read_all(sources, means.vocabulary, goes_on, read)) return *obstacle;
    options.phrases.insert(options.phrases.end(), means.published.begin(), means.published.end());
    Redacted redacted;
    redacted.file = output;
    const auto reread = [&](std::size_t file, capture::Listener& listener) { tell_again(read.taken[file], listener); };
    const auto error = file::write_pieces(output, [&](int descriptor) {
        try {
            redacted.outcome = redact::redact(
                read.captured, reread,
                [&](std::string_view octets) {
                    if (goes_on && !goes_on())
                        throw std::system_error(std::make_error_code(std::errc::operation_canceled));
                    if (const auto failed = file::write(descriptor, octets)) throw std::system_error(failed);
                },
                options);
        } catch (const std::system_error& failed) {
            return failed.code();
        }
        return std::error_code();
    });
    if (error == std::errc::operation_canceled) return ended(End::stopped, output);
    if (error) return ended(End::failed, output, error);
    redacted.left_out = read.captured.messages_seen - read.captured.messages.size();
    return redacted;
}

std::vector<std::string> told(const language::Words& words, const Redacted& redacted, const std::string& output) {
    const std::string file = language::shown(redacted.file);
    switch (redacted.end) {
        case End::unreadable: return {words.own_cannot_read(file, redacted.error.message())};
        case End::nothing: return {words.redact_nothing(file)};
        case End::onto: return {words.redact_onto(file)};
        case End::failed: return {write_problem(words, output, redacted.error)};
        case End::stopped: return {};
        case End::written: break;
    }
    const redact::Outcome& outcome = redacted.outcome;
    std::vector<std::string> sentences{words.redacted(
        language::shown(output), static_cast<long>(outcome.messages), static_cast<long>(outcome.media_packets),
        static_cast<long>(outcome.numbers), static_cast<long>(outcome.names), static_cast<long>(outcome.hosts),
        static_cast<long>(outcome.addresses), static_cast<long>(outcome.identifiers),
        static_cast<long>(outcome.blotted))};
    if (redacted.left_out > 0) sentences.push_back(words.redact_left_out(static_cast<long>(redacted.left_out)));
    return sentences;
}

std::string name_for_shared(const std::string& original) {
    std::filesystem::path path(original);
    const std::filesystem::path folder = path.parent_path();
    std::string name = path.filename().string();
    for (const char* extension : {".gz", ".pcapng", ".pcap", ".cap", ".log", ".txt"})
        if (name.size() > std::string_view(extension).size() && name.ends_with(extension))
            name.resize(name.size() - std::string_view(extension).size());
    std::error_code ignored;
    for (int number = 1;; ++number) {
        const std::string suffix = number == 1 ? std::string() : "-" + std::to_string(number);
        path = folder / (name + "-shared" + suffix + ".pcapng");
        if (!std::filesystem::exists(path, ignored)) return path.string();
    }
}

}  // namespace sipdex::page
