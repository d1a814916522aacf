// sipdex redact call.pcapng -o shared.pcapng, and sipdex redact alice.pcap proxy.pcap -o shared.pcapng --key who-is-who.tsv
#include <sys/stat.h>
#include <CLI/CLI.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "file/write.h"
#include "language/characters.h"
#include "page/redacted.h"
#include "page/write_problem.h"

namespace sipdex::cli {

namespace {

void refuse_overwriting(const Session& session, const Arguments& arguments) {
    const std::string& output = session.output.output;
    const auto refuse = [&](const std::string& file) {
        throw UsageError{session.words.redact_onto(language::shown(file))};
    };
    for (const std::string& input : arguments.words) {
        if (page::same_file(output, input)) refuse(output);
        if (!arguments.key.empty() && page::same_file(arguments.key, input)) refuse(arguments.key);
    }
    if (!arguments.key.empty() && page::same_file(arguments.key, output)) refuse(arguments.key);
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
    if (error) throw Failure{page::write_problem(session.words, file, error)};
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

    const std::vector<page::HandedIn> sources(arguments.words.begin(), arguments.words.end());
    const page::Redacted redacted = page::write_redacted(sources, output, page::means_to_share(session.reader()),
                                                         {.key = 0, .more = 0, .tell_what = !arguments.key.empty()});
    const std::vector<std::string> told = page::told(words, redacted, output);
    if (!redacted.written()) throw Failure{told.front()};
    if (!arguments.key.empty()) write_key(session, arguments.key, redacted.outcome.replaced);
    for (const std::string& sentence : told) complain(sentence);
    return 0;
}

}  // namespace sipdex::cli
