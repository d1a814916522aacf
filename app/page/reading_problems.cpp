#include "page/reading_problems.h"

#include <algorithm>
#include <filesystem>

#include "capture/file_kinds.h"
#include "document/markup.h"
#include "language/characters.h"
#include "page/explained.h"
#include "page/fact_words.h"

namespace sipdex::page {

namespace {

using capture::FileKind;
using Kind = capture::Problem::Kind;

const capture::Captured::File* file_of(const Brought& brought, const capture::Problem& problem) {
    return problem.file < brought.captured.files.size() ? &brought.captured.files[problem.file] : nullptr;
}

template <class Wanted>
const capture::Problem* problem_in(const Brought& brought, const Wanted& wanted) {
    for (const auto& file : brought.captured.files)
        for (const capture::Problem& one : file.summary.problems)
            if (wanted(one)) return &one;
    return nullptr;
}
const capture::Problem* problem_in(const Brought& brought, Kind kind) {
    return problem_in(brought, [&](const capture::Problem& one) { return one.kind == kind; });
}

// A file's name as a shell takes it, without the folders before it.
std::string typed(const capture::Captured::File* file, std::string_view otherwise) {
    std::string name = file == nullptr ? std::string() : std::filesystem::path(file->name).filename().string();
    if (name.empty()) return std::string(otherwise);
    const auto plain = [](char one) {
        return one == '.' || one == '_' || one == '-' || one == '+' || (one >= '0' && one <= '9') ||
               (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z');
    };
    if (std::ranges::all_of(name, plain)) return name;
    for (std::size_t at = name.find('\''); at != std::string::npos; at = name.find('\'', at + 4))
        name.replace(at, 1, "'\\''");
    return "'" + language::shown(name) + "'";
}

std::string with_name(std::string_view command, const std::string& name) {
    constexpr std::string_view place = "FILE";
    std::string written(command);
    for (std::size_t at = written.find(place); at != std::string::npos; at = written.find(place, at + name.size()))
        written.replace(at, place.size(), name);
    return written;
}

// Tried with tshark 4.0: what it writes is of link type 252, each message as Wireshark dissected it, and is read here.
std::string decrypting(const Brought& brought, const capture::Problem& keys) {
    const capture::Captured::File* const with_keys = file_of(brought, keys);
    const bool inside = with_keys != nullptr && is_capture(*with_keys);
    const capture::Problem* const encrypted = problem_in(brought, Kind::encrypted);
    const std::string capture = typed(inside      ? with_keys
                                      : encrypted ? file_of(brought, *encrypted)
                                                  : nullptr,
                                      "CAPTURE");
    return "tshark -r " + capture + (inside ? "" : " -o tls.keylog_file:" + typed(with_keys, "KEYS")) +
           " -U \"OSI layer 7\" -w decrypted.pcapng";
}

// What a problem is called in words, and the command that they give.
std::pair<std::string, std::string> words_for(const Brought& brought, const capture::Problem& problem) {
    const FileKind* const kind =
        problem.kind == Kind::unsupported_format ? capture::file_kind_called(problem.subject) : nullptr;
    if (kind == nullptr) return {std::string(name_of(problem.kind)), std::to_string(problem.number)};
    const capture::Captured::File* const file = file_of(brought, problem);
    const std::string command = with_name(kind->command, typed(file, "FILE"));
    switch (kind->family) {
        case FileKind::Family::packed: return {"packed_format", command};
        case FileKind::Family::other: return {"other_format", command};
        case FileKind::Family::keys:
            return {file != nullptr && is_capture(*file) ? "keys_inside" : "keys_apart", decrypting(brought, problem)};
        case FileKind::Family::capture: break;
    }
    return {"unsupported_format", command};
}

const char* why_nothing(const Brought& brought) {
    const auto& files = brought.captured.files;
    std::error_code ignored;
    if (!files.empty() && std::filesystem::is_directory(files.front().name, ignored)) return "empty_folder";
    if (problem_in(brought, Kind::not_opened)) return "not_opened";
    if (problem_in(brought, Kind::no_packets) ||
        std::ranges::all_of(files, [](const auto& one) { return one.summary.octets == 0; }))
        return "empty";
    if (problem_in(brought, Kind::encrypted)) return "encrypted";
    const bool packets = !problem_in(brought, Kind::unknown_format) && std::ranges::any_of(files, is_capture);
    return packets ? "no_sip" : "unknown";
}

}  // namespace

bool is_capture(const capture::Captured::File& file) {
    return file.summary.format == capture::Summary::Format::pcap ||
           file.summary.format == capture::Summary::Format::pcapng;
}

document::Text problem_told(const Reader& reader, const Brought& brought, const capture::Problem& problem,
                            const std::string& name) {
    const auto [kind, number] = words_for(brought, problem);
    return sentence(reader, &language::Words::reading_problem, kind, name, problem.subject,
                    static_cast<long>(problem.count), std::to_string(problem.offset), number,
                    std::to_string(problem.frame));
}

std::string nothing_read(const Reader& reader, const Brought& brought, const std::string& name) {
    const capture::Problem* const known = problem_in(brought, [](const capture::Problem& one) {
        return one.kind == Kind::unsupported_format && capture::file_kind_called(one.subject) != nullptr;
    });
    // Of one file its name was given, and of several this one's counts.
    if (known && brought.captured.files.size() == 1)
        return document::words_of(problem_told(reader, brought, *known, name));
    if (known)
        return document::words_of(
            problem_told(reader, brought, *known, language::shown(file_of(brought, *known)->name)));
    return reader.words.explain_nothing(name, reader.words.explain_why(why_nothing(brought)));
}

}  // namespace sipdex::page
