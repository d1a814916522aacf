// The program at its border: what people type, paste and name that is not as it should be.
//
// The rule that every trial keeps: it ends by itself with 0, 1 or 2; a failure is one line on standard error that
// begins with "sipdex: " and nothing on standard output; nothing that it prints steers a terminal or turns the reading
// direction.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "support/text.h"

using namespace sipdex::test;
namespace fs = std::filesystem;

namespace {

std::string in_quotes(const std::string& word) {
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

// A minute is far more than any trial takes; whatever hangs is ended and fails.
Ran program(const std::string& arguments) {
    return run(
        "env -u DISPLAY -u WAYLAND_DISPLAY -u LC_MESSAGES -u LANG -u COLUMNS LC_ALL=C.UTF-8 timeout 60 " SIPDEX_PROGRAM
        " " +
        arguments);
}

// What of the rule is broken; empty when it is kept.
std::string broken(const Ran& ran, bool prints_text = true) {
    if (ran.code < 0 || ran.code > 2) return "it ended with " + std::to_string(ran.code);
    if (ran.code != 0 && !ran.out.empty()) return "a failure printed something: " + ran.out.substr(0, 200);
    if (ran.code != 0 && (!ran.err.starts_with("sipdex: ") || std::count(ran.err.begin(), ran.err.end(), '\n') != 1))
        return "the problem is not one line: " + ran.err;
    if (ran.err.size() > 3000) return "the problem is a flood of " + std::to_string(ran.err.size()) + " octets";
    for (const std::string& printed : {prints_text ? ran.out : std::string(), ran.err}) {
        for (std::size_t i = 0; i < printed.size(); ++i) {
            const auto octet = static_cast<unsigned char>(printed[i]);
            if ((octet < 0x20 && octet != '\n') || octet == 0x7F)
                return "control octet " + std::to_string(octet) + " in: " + printed.substr(i < 40 ? 0 : i - 40, 80);
        }
        for (const char* turning : {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068",
                                    "\u2069", "\u200e", "\u200f", "\u061c", "\u0080", "\u009b", "\u009f", "\u2028"})
            if (printed.find(turning) != std::string::npos) return "a control of direction or a C1 control";
    }
    return {};
}

const std::vector<std::string>& hostile_texts() {
    static const std::vector<std::string> texts = {"\x1b[31mRED\x1b]0;own\x07",
                                                   "a\u009b31mb",
                                                   "one\ntwo\r\nthree",
                                                   "a\u202egnp.exe\u202c",
                                                   "\u2066\u2067x\u2069",
                                                   "\u200fab\u061c",
                                                   "<script>alert(1)</script>",
                                                   "\"><img src=x onerror=alert(1)>",
                                                   "*bold* [607] [[dialog]] `wire`",
                                                   "**",
                                                   "[[]]",
                                                   "`",
                                                   "a]b[c",
                                                   "|cell|cell|",
                                                   "# head",
                                                   "{plural} {0} '{' #",
                                                   "%s%n%d",
                                                   "../../etc/passwd",
                                                   "'; DROP TABLE response; --",
                                                   "\" OR 1=1",
                                                   "* OR NEAR(",
                                                   "\xff\xfe\xc3(",
                                                   "\xed\xa0\x80",
                                                   std::string(100000, 'A'),
                                                   std::string(5000, '<'),
                                                   [] {
                                                       std::string marks = "e";
                                                       for (int i = 0; i < 5000; ++i) marks += "\u0301";
                                                       return marks;
                                                   }(),
                                                   "-",
                                                   "--",
                                                   "",
                                                   " "};
    return texts;
}

}  // namespace

TEST_CASE("whatever is typed at any place is answered within the rule") {
    for (const std::string& text : hostile_texts())
        for (const char* place :
             {"show %", "compare 607 %", "search %", "search --format json %", "replay %", "forks 486@3s %", "ask %",
              "replay 486 --what-if %", "replay 486 --format sipp --party %", "show 607 --lang %",
              "show 607 --format %", "show 607 --paper %", "show 607 --catalog %", "catalog %", "%"}) {
            std::string arguments = place;
            arguments.replace(arguments.find('%'), 1, in_quotes(text));
            const Ran ran = program(arguments + " < /dev/null");
            CAPTURE(place);
            CAPTURE(text.substr(0, 60));
            CHECK(broken(ran) == "");
        }
}

TEST_CASE("whatever is pasted is answered within the rule, in every format that is text") {
    TemporaryFolder folder;
    const std::string head = "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n";
    for (const std::string& text : hostile_texts())
        for (const std::string& pasted :
             {text, "SIP/2.0 486 " + text + "\r\n\r\n", head + "Warning: 399 a \"" + text + "\"\r\n\r\n",
              head + "Reason: Q.850;cause=17;text=\"" + text + "\"\r\n\r\n"})
            for (const char* format : {"text", "md", "html", "json"}) {
                const auto file = folder.write("pasted.txt", pasted);
                const Ran ran = program("show - --format " + std::string(format) + " < " + file.string());
                CAPTURE(format);
                CAPTURE(pasted.substr(0, 80));
                CHECK(broken(ran) == "");
                if (std::string(format) == "json" && ran.code == 0) CHECK(nlohmann::json::accept(ran.out));
            }
}

TEST_CASE("what is pasted is quoted as it was, sign by sign") {
    TemporaryFolder folder;
    const auto quoted = [&](const std::string& message) {
        const auto file = folder.write("pasted.txt", message);
        return nlohmann::json::parse(program("show - --format json < " + file.string()).out)["sections"][0].dump();
    };
    CHECK(quoted("Warning: 399 pbx \"dial *21# or *67, see [607] and [[x]]\"\r\n\r\n")
              .find("“dial *21# or *67, see [607] and [[x]]”") != std::string::npos);
    CHECK(quoted("SIP/2.0 486 Busy `Here` now\r\n\r\n").find("Busy `Here` now") != std::string::npos);
    CHECK(quoted("Warning: 399 a \"**\"\r\n\r\n").find("“**”") != std::string::npos);
    CHECK(quoted("Warning: 399 a \"[[]]\"\r\n\r\n").find("“[[]]”") != std::string::npos);
    CHECK(quoted("Warning: 399 a \"RFC 3261 §8\"\r\n\r\n").find("“RFC 3261 §8”") != std::string::npos);
    CHECK(
        quoted("Warning: 399 a \"" + std::string(1000, 'x') + "\"\r\n\r\n").find("“" + std::string(300, 'x') + "…”") !=
        std::string::npos);
    CHECK(program("replay 486 --what-if 'bob answers 603 No `x` *y*'").out.find("603 No `x` *y*") != std::string::npos);
}

TEST_CASE("what goes unread of a flood is said") {
    TemporaryFolder folder;
    const std::string field = "X-Padding: " + std::string(70000, 'x') + "\r\n";
    const auto late = folder.write("late.txt", "SIP/2.0 603 Decline\r\n" + field + "Reason: SIP;cause=607\r\n\r\n");
    CHECK(program("show - < " + late.string()).out.find("Reason gives 607") != std::string::npos);
    const auto flood = folder.write("flood.txt", "SIP/2.0 603 Decline\r\n\r\n" + std::string(2 << 20, 'x'));
    CHECK(program("show - < " + flood.string()).out.find("Only the first 1 MiB of the text was read.") !=
          std::string::npos);
    std::string warnings = "SIP/2.0 488 Not Acceptable Here\r\n";
    for (int i = 0; i < 1000; ++i) warnings += "Warning: 399 a \"one\"\r\n";
    const auto many = folder.write("many.txt", warnings + "\r\n");
    CHECK(program("show - < " + many.string()).out.find("961 more items of this kind are not shown.") !=
          std::string::npos);
}

TEST_CASE("what cannot be written is told in one sentence, in the reader's language") {
    TemporaryFolder folder;
    const std::string f = folder.path().string();
    fs::create_directory(folder.path() / "folder");
    fs::create_symlink("b", folder.path() / "a");
    fs::create_symlink("a", folder.path() / "b");
    struct Trial {
        std::string arguments;
        int code;
        std::string sentence;
    };
    const Trial trials[] = {
        {"show 607 -o FOLDER/none/x.txt", 1,
         "FOLDER/none/x.txt cannot be written: its folder does not exist. Create the folder, or choose another place."},
        {"show 607 -o FOLDER/folder", 1, "FOLDER/folder cannot be written: it is a folder. Name a file in it."},
        {"show 607 -o FOLDER/a", 1, "FOLDER/a cannot be written: its links lead in a circle. Choose another place."},
        {"show 607 -o /proc/x", 1,
         "/proc/x cannot be written: its folder does not exist. Create the folder, or choose another place."},
        {"show 607 -o /dev/full", 1,
         "/dev/full cannot be written: there is no room left on the disk. Make room, or choose another place."},
        {"show 607 --lang fr -o FOLDER/folder", 1,
         "Impossible d’écrire FOLDER/folder\u00a0: c’est un dossier. Indiquez un fichier de ce dossier."},
        {"show 607 > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"show 607 -o - > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"show 607 -o /dev/stdout > /dev/full", 1,
         "/dev/stdout cannot be written: there is no room left on the disk. Make room, or choose another place."},
        {"--help > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"--version > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"compare --help > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"search busy > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"catalog info > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"export --what pairs --format html -o FOLDER/out > /dev/full", 1,
         "Standard output takes no more: there is no room left. Make room, or name a file with -o."},
        {"show 607 >&-", 1, "There is no standard output to write to. Name a file with -o."},
    };
    for (const Trial& trial : trials) {
        const auto filled = [&](std::string text) {
            for (std::size_t at; (at = text.find("FOLDER")) != std::string::npos;) text.replace(at, 6, f);
            return text;
        };
        const Ran ran = program(filled(trial.arguments));
        CAPTURE(trial.arguments);
        CHECK(ran.code == trial.code);
        CHECK(ran.err == "sipdex: " + filled(trial.sentence) + "\n");
        CHECK(ran.out == "");
    }
}

TEST_CASE("-o goes where it is told, and keeps what it should") {
    TemporaryFolder folder;
    const std::string f = folder.path().string(), plain = program("show 607").out;
    CHECK(program("show 607 -o -").out == plain);
    CHECK(program("show 607 -o /dev/stdout").out == plain);
    CHECK(run("echo before > " + f + "/log; " SIPDEX_PROGRAM " show 607 -o /dev/stdout --width 80 >> " + f + "/log")
              .code == 0);
    CHECK(content_of(folder.path() / "log") == "before\n" + plain);
    CHECK(!fs::exists("-"));

    const fs::path null = folder.path() / "null";  // one of our own: the machine's is needed by others
    if (::mknod(null.c_str(), S_IFCHR | 0666, makedev(1, 3)) == 0) {
        CHECK(program("show 607 -o " + null.string()).code <= 1);  // some systems let nobody open it
        CHECK(fs::is_character_file(null));
    }

    const auto kept = folder.write("kept.txt", "old");
    fs::permissions(kept, fs::perms::owner_read | fs::perms::owner_write);
    folder.write("kept.txt.part", "precious");
    fs::create_symlink("kept.txt", folder.path() / "link.txt");
    CHECK(program("show 607 -o " + f + "/link.txt").code == 0);
    CHECK(content_of(kept) == plain);
    CHECK(fs::is_symlink(folder.path() / "link.txt"));
    CHECK((fs::status(kept).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(content_of(folder.path() / "kept.txt.part") == "precious");
}

TEST_CASE("four programs that write one file leave one whole sheet") {
    TemporaryFolder folder;
    const fs::path file = folder.path() / "sheet.html";
    const std::string shown = program("show 607 --format html").out,
                      compared = program("compare 300 607 --format html").out;
    for (int round = 0; round < 5; ++round) {
        std::vector<std::thread> writers;
        std::vector<Ran> ran(4);
        for (std::size_t i = 0; i < 4; ++i)
            writers.emplace_back([&, i] {
                ran[i] = program((i % 2 ? "show 607" : "compare 300 607") + std::string(" -o ") + file.string());
            });
        for (std::thread& writer : writers) writer.join();
        for (const Ran& one : ran) CHECK(one.code == 0);
        const std::string found = content_of(file);
        CHECK((found == shown || found == compared));
        CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
    }
}

TEST_CASE("a disk that fills up while sheets are exported leaves whole sheets only") {
    TemporaryFolder folder;
    if (::mount("none", folder.path().c_str(), "tmpfs", 0, "size=256k") != 0) {
        std::cout << "skipped: a small disk cannot be mounted here\n";
        return;
    }
    const Ran ran = program("export --what responses --format html -o " + folder.path().string());
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        names.insert(entry.path().filename().string());
        CHECK_MESSAGE(content_of(entry.path()).ends_with("</html>\n"), entry.path().string());
    }
    ::umount(folder.path().c_str());
    CHECK(ran.code == 1);
    CHECK(ran.err.find("there is no room left on the disk") != std::string::npos);
    CHECK(names.size() >= 3);
}

TEST_CASE("what is no catalog is refused at once, by what it is") {
    TemporaryFolder folder;
    const std::string f = folder.path().string(),
                      foreign = " is not a Sipdex catalog. Name one with --catalog, or build it with scripts/run.";
    REQUIRE(::mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
    folder.write("empty", "");
    folder.write("text", "no database\n");
    const auto refuses = [&](const std::string& file, const std::string& sentence) {
        const Ran ran = program("--catalog " + file + " show 607");
        CAPTURE(file);
        CHECK(ran.code == 1);
        CHECK(ran.err == "sipdex: " + sentence + "\n");
    };
    refuses(f + "/pipe", f + "/pipe" + foreign);
    refuses(f, f + foreign);
    refuses("/dev/zero", "/dev/zero" + foreign);
    refuses("/dev/null", "/dev/null" + foreign);
    refuses(f + "/text", f + "/text" + foreign);
    refuses(f + "/none",
            "The catalog " + f + "/none does not exist. Build it with scripts/run, or name one with --catalog.");
    CHECK(program("--catalog " + f + "/empty show 607").code == 1);
}

TEST_CASE("a catalog that was damaged anywhere is found by its check, and told in one line wherever it is met") {
    TemporaryFolder folder;
    const std::string sound = content_of(SIPDEX_CATALOG);
    CHECK(program("catalog check --catalog " + folder.write("sound.db", sound).string()).code == 0);
    const std::size_t pages = sound.size() / 4096;
    for (std::size_t i = 0; i < 25; ++i) {
        const std::size_t page = 1 + i * (pages - 2) / 24;
        std::string damaged = sound;
        damaged.replace(page * 4096, 4096, 4096, '\x5a');
        const std::string file = folder.write("damaged.db", damaged).string();
        CAPTURE(page);
        const Ran checked = program("catalog check --catalog " + file);
        CHECK(checked.code == 1);
        CHECK(broken(checked) == "");
        for (const char* command : {"show 607", "search busy", "compare 300 607 --lang fr", "replay 486"})
            CHECK(broken(program(std::string(command) + " --catalog " + file)) == "");
    }
    // SQLite would show the schema, over many lines.
    std::string schema = sound;
    schema.replace(sound.find("CREATE TABLE response"), 21, "CREATE TABLX response");
    const Ran ran = program("show 607 --catalog " + folder.write("schema.db", schema).string());
    CHECK(ran.code == 1);
    CHECK(broken(ran) == "");
}
