// sipdex forks 486@3s 603@5s 200@8s
#include <CLI/CLI.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "page/pages.h"
#include "recording/pcap.h"

namespace sipdex::cli {

void forks_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("phones", arguments.words, words.cli_argument_phones())
        ->type_name(value::phone)
        ->required()
        ->expected(1, 100);
}

int forks(const Session& session, const Arguments& arguments) {
    const std::string format = format_name(session, "forks");
    const page::Reader reader = session.reader();
    std::vector<simulator::ForkPhone> phones;
    for (const std::string& word : arguments.words) {
        const page::AskedPhone asked = page::phone_from(reader, word);
        if (!asked.phone) throw UsageError{asked.problem};
        phones.push_back(*asked.phone);
    }
    const document::Document page = page::fork_lab(reader, phones);
    if (is_notice(page)) throw UsageError{document::words_of(page.summary)};
    if (format == "pcap") put_octets(session, recording::pcap_of(page::fork_replay(reader, phones).recording));
    else put(session, page);
    return 0;
}

}  // namespace sipdex::cli
