// sipdex redact call.pcapng -o shared.pcapng, and sipdex redact alice.pcap proxy.pcap -o shared.pcapng --key who-is-who.tsv
#include <sys/stat.h>
#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "capture/captured.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "file/write.h"
#include "language/characters.h"
#include "page/evidence_vocabulary.h"
#include "redact/redact.h"

namespace sipdex::cli {

namespace {

// What is read, kept only where it cannot be read again.
struct Source {
    std::string name;
    std::string octets;  // of a log, or of standard input
    bool capture = true, kept = false;
};

// Reads all of it, or up to so many octets.
std::string octets_of(const Session& session, const std::string& name, std::size_t most) {
    const bool standard = name == "-";
    std::FILE* const opened = standard ? stdin : std::fopen(name.c_str(), "rb");
    const auto refuse = [&](int code) {
        throw Failure{session.words.own_cannot_read(language::shown(name), std::generic_category().message(code))};
    };
    if (opened == nullptr) refuse(errno);
    std::string octets;
    int error = 0;
    for (std::size_t got = 1; got > 0 && octets.size() < most;) {
        constexpr std::size_t piece = 1 << 16;
        const std::size_t before = octets.size();
        octets.resize(before + std::min(piece, most - before));
        errno = 0;
        got = std::fread(octets.data() + before, 1, octets.size() - before, opened);
        octets.resize(before + got);
        if (got == 0 && std::ferror(opened) != 0) error = errno;
    }
    if (!standard) std::fclose(opened);
    if (error != 0) refuse(error);
    return octets;
}

Source source_of(const Session& session, const std::string& name) {
    constexpr std::size_t beginning = 4096;
    const std::size_t all = capture::Limits{}.log_octets;
    Source source{name, {}, true, name == "-"};
    source.octets = octets_of(session, name, source.kept ? SIZE_MAX : beginning);
    source.capture = capture::looks_like_capture(source.octets);
    if (!source.capture && !source.kept) source.octets = octets_of(session, name, all), source.kept = true;
    if (!source.kept) source.octets = {};
    return source;
}

void read(const page::Reader& reader, const Source& source, capture::Captured& captured) {
    if (!source.capture) captured.read_log(source.octets, page::vocabulary_of(reader));
    else if (source.kept) captured.read_octets(source.octets);
    else captured.read_file(source.name);
}

bool same_file(const std::string& one, const std::string& other) {
    std::error_code error;
    if (std::filesystem::equivalent(one, other, error) && !error) return std::filesystem::is_regular_file(one, error);
    return one == other;
}

void refuse_overwriting(const Session& session, const Arguments& arguments) {
    const std::string& output = session.output.output;
    const auto refuse = [&](const std::string& file) {
        throw UsageError{session.words.redact_onto(language::shown(file))};
    };
    for (const std::string& input : arguments.words) {
        if (same_file(output, input)) refuse(output);
        if (!arguments.key.empty() && same_file(arguments.key, input)) refuse(arguments.key);
    }
    if (!arguments.key.empty() && same_file(arguments.key, output)) refuse(arguments.key);
}

// "number<TAB>0123456789<TAB>0841902635", a line for each value; for its owner's eyes only.
void write_key(const Session& session, const std::string& file, const std::vector<redact::Replaced>& replaced) {
    std::string text = "kind\toriginal\tpseudonym\n";
    const auto plain = [](std::string value) {
        for (char& c : value)
            if (static_cast<unsigned char>(c) < ' ') c = ' ';
        return value;
    };
    for (const redact::Replaced& one : replaced)
        text += std::string(name_of(one.kind)) + '\t' + plain(one.original) + '\t' + plain(one.pseudonym) + '\n';
    const mode_t before = ::umask(077);
    const auto error = file::write(file, text);
    ::umask(before);
    if (error) throw Failure{write_problem(session.words, file, error)};
}

}  // namespace

void redact_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("files", arguments.words, words.cli_argument_redact())->type_name(value::file)->required();
    app.add_option("--key", arguments.key, words.cli_option_key())->type_name(value::file);
}

int redact_files(const Session& session, const Arguments& arguments) {
    const language::Words& words = session.words;
    const std::string& output = session.output.output;
    if (!session.output.format.empty() && session.output.format != "pcapng")
        throw UsageError{words.unknown_format(session.output.format, "pcapng")};
    if (output.empty()) throw UsageError{words.redact_output()};
    refuse_overwriting(session, arguments);

    std::vector<Source> sources;
    capture::Captured captured;
    for (const std::string& name : arguments.words) {
        sources.push_back(source_of(session, name));
        const std::size_t before = captured.messages.size();
        read(session.reader(), sources.back(), captured);
        if (captured.messages.size() == before && captured.messages_seen == before && arguments.words.size() == 1)
            throw Failure{words.redact_nothing(language::shown(name))};
    }
    captured.arrange();
    if (captured.messages.empty()) throw Failure{words.redact_nothing(language::shown(arguments.words.front()))};

    const auto reread = [&](std::size_t file, capture::Listener& listener) {
        const Source& source = sources[file];
        if (!source.capture) return;
        if (source.kept) capture::read_octets(source.octets, listener);
        else capture::read_file(source.name, listener);
    };
    redact::Outcome outcome;
    const auto error = file::write_pieces(output, [&](int descriptor) {
        try {
            outcome = redact::redact(captured, reread,
                                     [&](std::string_view octets) {
                                         if (const auto failed = file::write(descriptor, octets))
                                             throw std::system_error(failed);
                                     },
                                     {.key = 0,
                                      .more = 0,
                                      .tell_what = !arguments.key.empty(),
                                      .phrases = page::published_texts(session.reader().catalog)});
        } catch (const std::system_error& failed) {
            return failed.code();
        }
        return std::error_code();
    });
    if (error) throw Failure{write_problem(words, output, error)};
    if (!arguments.key.empty()) write_key(session, arguments.key, outcome.replaced);
    complain(words.redacted(language::shown(output), static_cast<long>(outcome.messages),
                            static_cast<long>(outcome.media_packets), static_cast<long>(outcome.numbers),
                            static_cast<long>(outcome.names), static_cast<long>(outcome.hosts),
                            static_cast<long>(outcome.addresses), static_cast<long>(outcome.identifiers),
                            static_cast<long>(outcome.blotted)));
    if (const std::uint64_t left = captured.messages_seen - captured.messages.size(); left > 0)
        complain(words.redact_left_out(static_cast<long>(left)));
    return 0;
}

}  // namespace sipdex::cli
