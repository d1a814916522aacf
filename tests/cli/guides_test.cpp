#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/text.h"

using namespace sipdex::test;

namespace {

// The program in a plain environment, in a folder.
Ran program_in(const std::filesystem::path& folder, const std::string& arguments) {
    return run("cd " + folder.string() +
               " && env -u DISPLAY -u WAYLAND_DISPLAY -u LC_MESSAGES -u LANG LC_ALL=C.UTF-8 " + SIPDEX_PROGRAM + " " +
               arguments);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

const std::vector<std::string> commands = {"show",    "compare", "search",    "replay", "forks",
                                           "ask",     "note",    "favourite", "recent", "own",
                                           "profile", "explain", "export",    "redact", "catalog"};

// "--lang", "-o": every option that the help of a command tells.
std::set<std::string> options_in_help(const std::filesystem::path& folder, const std::string& command) {
    const std::string help = program_in(folder, command + " --help").out;
    std::set<std::string> options;
    const std::regex one("^  (-[a-z]|--[a-z-]+)(,(--[a-z-]+))?");
    for (const std::string& line : lines_of(help))
        if (std::smatch found; std::regex_search(line, found, one))
            for (const std::size_t group : {1u, 3u})
                if (found[group].matched) options.insert(found[group].str());
    CHECK_MESSAGE(options.size() > 5, command);
    return options;
}

std::string without_roff(std::string text) {
    for (const auto& [from, to] : {std::pair{"\\-", "-"}, {"\\fB", ""}, {"\\fI", ""}, {"\\fR", ""}})
        for (std::size_t at; (at = text.find(from)) != std::string::npos;)
            text.replace(at, std::string_view(from).size(), to);
    return text;
}

// Written once for all cases here.
const std::filesystem::path& written() {
    static const TemporaryFolder folder;
    static const bool once = [] {
        REQUIRE(program_in(folder.path(), "--generate man man").code == 0);
        REQUIRE(program_in(folder.path(), "--generate completions completions").code == 0);
        return true;
    }();
    REQUIRE(once);
    return folder.path();
}

std::vector<std::filesystem::path> man_pages() {
    std::vector<std::filesystem::path> pages;
    for (const char* section : {"man/man1", "man/fr/man1"})
        for (const auto& entry : std::filesystem::directory_iterator(written() / section))
            pages.push_back(entry.path());
    std::ranges::sort(pages);
    return pages;
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
}

// What a shell offers behind a line, each word once.
using Shell = std::function<std::vector<std::string>(const std::string& line, const std::string& environment)>;

void offers_what_there_is(const Shell& asked) {
    const std::string any;
    std::map<std::string, std::vector<std::string>> answers;  // a shell takes its time: each line is asked once
    const auto shell = [&](const std::string& line, const std::string& environment) {
        const auto known = answers.find(line);
        return known != answers.end() ? known->second : answers[line] = asked(line, environment);
    };
    for (const std::string& command : commands) {
        CHECK_MESSAGE(holds(shell("sipdex ", any), command), command);
        for (const std::string& option : options_in_help(written(), command)) {
            const std::vector<std::string> offered = shell("sipdex " + command + " " + option.substr(0, 2), any);
            if (option.starts_with("--")) CHECK_MESSAGE(holds(offered, option), command, " ", option);
        }
    }
    for (const std::string& option : options_in_help(written(), {}))
        if (option.starts_with("--")) CHECK_MESSAGE(holds(shell("sipdex --", any), option), option);
    CHECK(shell("sipdex show 48", any) ==
          std::vector<std::string>{"480", "481", "482", "483", "484", "485", "486", "487", "488", "489"});
    CHECK(holds(shell("sipdex 4", any), "486"));
    CHECK(holds(shell("sipdex 300 6", any), "607"));
    CHECK(holds(shell("sipdex compare 300 6", any), "607"));
    CHECK(holds(shell("sipdex show Retry-A", any), "Retry-After"));
    CHECK(holds(shell("sipdex replay 486-", any), "486-busy"));
    CHECK(holds(shell("sipdex ask drops", any), "drops-after-32-seconds"));
    CHECK(shell("sipdex show --lang ", any) == std::vector<std::string>{"en", "fr"});
    CHECK(holds(shell("sipdex show --format ", any), "pdf"));
    CHECK_FALSE(holds(shell("sipdex show --format ", any), "pcap"));
    CHECK(holds(shell("sipdex --lang fr replay 486 --format ", any), "pcap"));
    CHECK(shell("sipdex --paper ", any) ==
          std::vector<std::string>{"a1", "a2", "a3", "a4", "a5", "a6", "letter", "tabloid"});
    CHECK(shell("sipdex export --what p", any) == std::vector<std::string>{"pairs", "poster"});
    CHECK(shell("sipdex catalog c", any) == std::vector<std::string>{"check", "coverage"});
    CHECK(shell("sipdex --view sim", any) == std::vector<std::string>{"simulator"});
}

bool missing(const char* name) {
    if (has_program(name)) return false;
    MESSAGE("skipped: ", name, " is not installed");
    return true;
}

}  // namespace

TEST_CASE("there is a man page for the program and each command, in each language, and it names every option") {
    CHECK(man_pages().size() == 2 * (1 + commands.size()));
    for (const char* section : {"man/man1", "man/fr/man1"}) {
        const std::string program = without_roff(content_of(written() / section / "sipdex.1"));
        for (const std::string& option : options_in_help(written(), {}))
            CHECK_MESSAGE(program.find(option) != std::string::npos, section, " sipdex ", option);
        for (const std::string& command : commands) {
            CHECK_MESSAGE(program.find("sipdex-" + command) != std::string::npos, section, " ", command);
            const std::string page = without_roff(content_of(written() / section / ("sipdex-" + command + ".1")));
            for (const std::string& option : options_in_help(written(), command))
                CHECK_MESSAGE(page.find(option) != std::string::npos, section, " ", command, " ", option);
        }
    }
    CHECK(content_of(written() / "man/fr/man1/sipdex-show.1").find(".SH NOM\n") != std::string::npos);
}

TEST_CASE("mandoc and man read the man pages without a warning") {
    for (const auto& page : man_pages()) {
        if (has_program("mandoc")) {
            const Ran lint = run("mandoc -Tlint -Wwarning " + page.string());
            CHECK_MESSAGE(lint.out + lint.err == "", page.string());
        }
        if (has_program("man")) {
            const Ran read =
                run("LC_ALL=C.UTF-8 MANROFFSEQ= MANWIDTH=80 man --warnings -l " + page.string() + " 2>&1 >/dev/null");
            CHECK_MESSAGE(read.out + read.err == "", page.string());
        }
    }
    missing("mandoc");
    missing("man");
}

TEST_CASE("every example of the man pages does what it says without failing") {
    written();
    const TemporaryFolder folder;
    folder.write("their.log", "SIP/2.0 486 Busy Here\r\n\r\n");
    folder.write("proxy.log",
                 "SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa\r\nFrom: "
                 "<sip:a@example.com>;tag=x\r\n"
                 "To: <sip:b@example.com>;tag=y\r\nCall-ID: one\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n");
    // Several calls, of which something is found.
    for (const char* line :
         {"replay 200-two-registrations --format pcap -o call.pcapng",
          "replay 200-ack-lost --format pcap -o fault.pcapng", "redact call.pcapng fault.pcapng -o office.pcapng"})
        REQUIRE(program_in(folder.path(), line).code == 0);
    int tried = 0;
    for (const auto& page : man_pages()) {
        if (page.string().find("/fr/") != std::string::npos) continue;
        std::string before;
        for (const std::string& line : lines_of(content_of(page))) {
            if (before == ".TP" && line.starts_with("\\fBsipdex")) {
                std::string arguments = without_roff(line).substr(std::string("sipdex").size());
                // Sheets of all pairs take half a minute; that they are made is tried elsewhere.
                if (const auto at = arguments.find("--format pdf"); at != std::string::npos)
                    arguments.replace(at, std::string("--format pdf").size(), "--format md");
                const Ran ran = program_in(folder.path(), arguments);
                CHECK_MESSAGE(ran.code == 0, line, " ", ran.err);
                ++tried;
            }
            before = line;
        }
    }
    CHECK(tried >= 20);
}

TEST_CASE("bash offers commands, options and what they take") {
    if (missing("bash")) return;
    offers_what_there_is([](const std::string& line, const std::string&) {
        // As readline cuts it: the last word is the one to be completed, empty behind a space.
        std::istringstream in(line);
        std::string words;
        int count = 0;
        for (std::string word; in >> word; ++count) words += " '" + word + "'";
        if (line.ends_with(' ')) words += " ''", ++count;
        return lines_of(run("bash -uc 'source \"$0\"; COMP_CWORD=$1; shift; COMP_WORDS=(\"$@\"); _sipdex; "
                            "printf \"%s\\n\" \"${COMPREPLY[@]}\" | sort -u' " +
                            (written() / "completions/bash").string() + " " + std::to_string(count - 1) + words)
                            .out);
    });
    const auto parted = [](const std::string& words, int at) {
        return lines_of(run("bash -uc 'source \"$0\"; COMP_CWORD=$1; shift; COMP_WORDS=(\"$@\"); _sipdex; "
                            "printf \"%s\\n\" \"${COMPREPLY[@]}\"' " +
                            (written() / "completions/bash").string() + " " + std::to_string(at) + " " + words)
                            .out);
    };
    CHECK(parted("sipdex show --lang = f", 4) == std::vector<std::string>{"fr"});
    CHECK(parted("sipdex --lang = fr catalog c", 5) == std::vector<std::string>{"check", "coverage"});
    CHECK(parted("sipdex forks 486 @ 3", 4) == std::vector<std::string>{""});
}

TEST_CASE("zsh offers commands, options and what they take, with what they stand for in the shell's language") {
    if (missing("zsh")) return;
    const std::string harness = std::string(SIPDEX_SOURCE_DIR) + "/tests/cli/offered.zsh";
    offers_what_there_is([&](const std::string& line, const std::string&) {
        return lines_of(
            run("zsh -f " + harness + " " + (written() / "completions/zsh").string() + " '" + line + "'").out);
    });
    CHECK(run("zsh -n " + (written() / "completions/zsh").string()).code == 0);
}

TEST_CASE("fish offers commands, options and what they take, with what they stand for in the shell's language") {
    if (missing("fish")) return;
    const auto offered = [](const std::string& line, const std::string& environment) {
        const TemporaryFolder home;
        return lines_of(run("env -u LC_MESSAGES -u LANG HOME=" + home.path().string() + " LC_ALL=" +
                            (environment.empty() ? "C.UTF-8" : environment) + " fish --no-config -c 'source " +
                            (written() / "completions/fish").string() + "; complete -C \"" + line + "\"'")
                            .out);
    };
    offers_what_there_is([&](const std::string& line, const std::string& environment) {
        std::vector<std::string> words;
        for (const std::string& one : offered(line, environment)) words.push_back(one.substr(0, one.find('\t')));
        std::ranges::sort(words);
        return words;
    });
    CHECK(holds(offered("sipdex sho", "C.UTF-8"), "show\tshow what is known about a response"));
    CHECK(holds(offered("sipdex sho", "fr_FR.UTF-8"), "show\tmontrer ce que l’on sait d’une réponse"));
    CHECK(holds(offered("sipdex show 486", ""), "486\tBusy Here"));
}

TEST_CASE("what to generate is one of two things") {
    const TemporaryFolder folder;
    const Ran ran = program_in(folder.path(), "--generate poems here");
    CHECK(ran.code == 2);
    CHECK(ran.err == "sipdex: “poems” is not among man, completions.\n");
    CHECK(program_in(folder.path(), "--help").out.find("--generate") == std::string::npos);
}

TEST_CASE("the usage of a command says what it takes, and how many, in the reader's language") {
    const TemporaryFolder folder;
    const auto usage = [&](const std::string& line) {
        const std::string out = program_in(folder.path(), line + " --help").out;
        const auto begin = out.find('\n') + 1;
        return out.substr(begin, out.find('\n', begin) - begin);
    };
    CHECK(usage("compare") == "Usage: sipdex compare [OPTIONS] CODE...");
    CHECK(usage("compare --lang fr") == "Utilisation\u00a0: sipdex compare [OPTIONS] CODE...");
    CHECK(usage("explain") == "Usage: sipdex explain [OPTIONS] [FILE...]");
    CHECK(usage("explain --lang fr") == "Utilisation\u00a0: sipdex explain [OPTIONS] [FICHIER...]");
    CHECK(usage("export") == "Usage: sipdex export [OPTIONS] [NAME...]");
    CHECK(usage("show") == "Usage: sipdex show [OPTIONS] NAME");
}

TEST_CASE("the window can be asked to open with a view, and only with one that there is") {
    const TemporaryFolder folder;
    CHECK(program_in(folder.path(), "--view nowhere").err ==
          "sipdex: “nowhere” is not among compare, simulator, forks, evidence.\n");
    CHECK(program_in(folder.path(), "--view simulator").code == 0);  // without a display, the terminal
}
