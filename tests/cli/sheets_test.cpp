// Sheets as people print them: forms, posters, cards, booklets, handouts, and exports of many.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>

#include "support/text.h"

using namespace sipdex::test;

namespace {

namespace fs = std::filesystem;

Ran program(const std::string& arguments) {
    return run("env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL=C.UTF-8 XDG_DATA_HOME=/nowhere " +
               std::string(SIPDEX_PROGRAM) + " " + arguments);
}

bool has(const char* tool) {
    if (has_program(tool)) return true;
    std::cout << "skipped: " << tool << " is not installed\n";
    return false;
}

std::string on_one_line(const std::string& text) {
    std::istringstream in(text);
    std::string line;
    for (std::string word; in >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
}

std::string words_of(const fs::path& file, const std::string& how = "-layout") {
    return on_one_line(run("pdftotext " + how + " '" + file.string() + "' -").out);
}

int pages_of(const fs::path& file) {
    const std::string info = run("pdfinfo '" + file.string() + "'").out;
    const auto at = info.find("Pages:");
    return at == std::string::npos ? 0 : std::atoi(info.c_str() + at + 6);
}

long files_in(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

std::string octets_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a card and a short form take one page, the whole of a response or of a pair two") {
    if (!has("pdfinfo")) return;
    const TemporaryFolder folder;
    const auto exported = [&](const std::string& what, const std::string& form, const std::string& language) {
        const fs::path out = folder.path() / (what + "-" + form + "-" + language);
        const Ran ran = program("export --what " + what + " --form " + form + " --lang " + language +
                                " --format pdf -o " + out.string());
        CHECK(ran.code == 0);
        return out;
    };
    for (const auto& [what, form, language, most] : {std::tuple{"responses", "card", "en", 1},
                                                     {"responses", "full", "fr", 2},
                                                     {"pairs", "short", "fr", 1},
                                                     {"pairs", "full", "en", 2}}) {
        int sheets = 0;
        for (const auto& file : fs::directory_iterator(exported(what, form, language))) {
            CAPTURE(file.path().string());
            CHECK(pages_of(file.path()) <= most);
            CHECK(pages_of(file.path()) > 0);
            ++sheets;
        }
        CHECK(sheets > 80);
    }
    // What a sheet of one page is for is on it.
    const std::string card = words_of(folder.path() / "responses-card-en" / "486.pdf");
    for (const char* part : {"486", "Busy Here", "Try again?", "First check", "Tell the customer", "What to do"})
        CHECK_MESSAGE(card.find(part) != std::string::npos, part);
    const std::string pair = words_of(folder.path() / "pairs-short-fr" / "300-vs-607.pdf", "-raw");
    for (const char* part :
         {"L’essentiel", "Différences clés", "Quand employer l’un ou l’autre", "Causes typiques", "Que faire"})
        CHECK_MESSAGE(pair.find(part) != std::string::npos, part);
}

TEST_CASE("a card that small paper cannot hold fills both of its sides, and each says where it comes from") {
    if (!has("pdftotext")) return;
    const TemporaryFolder folder;
    for (const char* language : {"en", "fr"}) {
        const fs::path file = folder.path() / (std::string(language) + ".pdf");
        REQUIRE(
            program("show 486 --form card --paper a6 --lang " + std::string(language) + " -o " + file.string()).code ==
            0);
        CHECK(pages_of(file) == 2);
        const std::string front = words_of(file, "-f 1 -l 1 -raw"), back = words_of(file, "-f 2 -l 2 -raw");
        CHECK_MESSAGE(back.size() > front.size() * 2 / 3, back);
        for (const std::string& side : {front, back}) {
            CHECK_MESSAGE(side.find("486 ") != std::string::npos, side);
            CHECK_MESSAGE(side.find("2026.1") != std::string::npos, side);
        }
    }
}

TEST_CASE("the whole sheet of 300 and 607 leaves nothing out") {
    if (!has("pdftotext")) return;
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "sheet.pdf";
    REQUIRE(program("compare 300 607 -o " + file.string()).code == 0);
    CHECK(pages_of(file) == 2);
    CHECK_FALSE(std::regex_search(words_of(file), std::regex("and [0-9]+ more")));
}

TEST_CASE("three to five codes stand on wide paper") {
    if (!has("pdfinfo")) return;
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "five.pdf";
    REQUIRE(program("compare 480 486 600 603 608 -o " + file.string()).code == 0);
    CHECK(run("pdfinfo '" + file.string() + "'").out.find("841.89 x 595.276 pts (A4)") != std::string::npos);
}

TEST_CASE("a poster has every registered code on one sheet, a desk card on two sides") {
    if (!has("pdftotext")) return;
    const TemporaryFolder folder;
    for (const std::string language : {"en", "fr"})
        for (const auto& [kind, size, most] : {std::tuple{"poster", "a3", 1},
                                               {"poster", "a2", 1},
                                               {"poster", "a1", 1},
                                               {"poster", "tabloid", 1},
                                               {"deskcard", "a6", 2},
                                               {"deskcard", "a5", 2}}) {
            const std::string what = kind, paper = size;
            CAPTURE(what);
            CAPTURE(paper);
            CAPTURE(language);
            const fs::path file = folder.path() / "all.pdf";
            REQUIRE(program("export --what " + what + " --paper " + paper + " --lang " + language +
                            " --date 2026-11-30 -o " + file.string())
                        .code == 0);
            CHECK(pages_of(file) <= most);
            const std::string words = " " + words_of(file) + " ";
            for (const char* code :
                 {"100", "199", "204", "302", "380", "407", "486", "494", "555", "580", "600", "608"})
                CHECK_MESSAGE(words.find(std::string(" ") + code + " ") != std::string::npos, code);
            CHECK(words.find(language == "en" ? "do not try again" : "ne pas réessayer") != std::string::npos);
        }
    CHECK(program("export --what poster --format md -o -").out.find("Busy Here") != std::string::npos);
}

TEST_CASE("a poster, a desk card and a booklet go into a folder as PDF, as other exports do") {
    const TemporaryFolder folder;
    for (const std::string what : {"poster", "deskcard", "booklet 486 607"}) {
        const fs::path into = folder.path() / "new" / "sheets";
        const auto done = program("export --what " + what + " --paper a3 --lang fr -o " + into.string());
        CHECK(done.code == 0);
        const fs::path file = into / ("sipdex-" + what.substr(0, what.find(' ')) + "-fr.pdf");
        CHECK(done.out.find(file.string()) != std::string::npos);
        CHECK(octets_of(file).starts_with("%PDF-"));
    }
    CHECK(program("export --what poster --format svg -o " + folder.path().string()).code == 0);
    CHECK(octets_of(folder.path() / "sipdex-poster-en.svg").find("<svg") != std::string::npos);
    CHECK(program("export --what deskcard -o /dev/null").code == 0);
}

TEST_CASE("an export that is refused leaves no folder behind") {
    const TemporaryFolder folder;
    const fs::path outer = folder.path() / "outer", into = outer / "inner";
    for (const std::string wrong : {"--what booklet no-such-page", "--what poster --format pcap",
                                    "--what responses --format pcap", "--what responses --format pdf --jobs none"}) {
        CAPTURE(wrong);
        CHECK(program("export " + wrong + " -o " + into.string()).code != 0);
        CHECK_FALSE(fs::exists(outer));
    }
}

TEST_CASE("a booklet of a selection has contents, links and an index; folded, two pages on each side") {
    if (!has("qpdf") || !has("pdftotext")) return;
    const TemporaryFolder folder;
    const fs::path book = folder.path() / "book.pdf", sheets = folder.path() / "folded.pdf";
    REQUIRE(program("export --what booklet 300 486 607 Retry-After --form card --paper a5 -o " + book.string()).code ==
            0);
    CHECK(run("qpdf --check '" + book.string() + "'").code == 0);
    const std::string words = words_of(book);
    for (const char* part : {"Contents", "Index", "2 300 Multiple Choices", "3 486 Busy Here", "4 607 Unwanted"})
        CHECK_MESSAGE(words.find(part) != std::string::npos, part);
    CHECK(run("pdftotext -f 3 -l 3 '" + book.string() + "' -").out.find("Busy Here") != std::string::npos);
    CHECK(octets_of(book).find("/Dest") != std::string::npos);
    REQUIRE(program("export --what booklet 300 486 607 --form card --paper a5 --imposed -o " + sheets.string()).code ==
            0);
    CHECK(run("pdfinfo '" + sheets.string() + "'").out.find("839.055 x 595.276") != std::string::npos);
}

// A page that is nearly empty says that the one before was laid out badly. Foots are left out.
TEST_CASE("no page but the last of a sheet is left empty for more than two thirds") {
    if (!has("pdftotext")) return;
    const TemporaryFolder folder;
    const std::regex height("<page [^>]*height=\"([0-9.]+)\""), word("yMax=\"([0-9.]+)\"");
    int pages = 0;
    for (const std::string what : {"exchanges", "pairs", "responses"}) {
        const fs::path out = folder.path() / what;
        REQUIRE(program("export --what " + what + " --format pdf --lang fr -o " + out.string()).code == 0);
        for (const auto& file : fs::directory_iterator(out)) {
            const std::string all = run("pdftotext -bbox '" + file.path().string() + "' -").out;
            std::vector<std::size_t> begins;
            for (std::size_t at = all.find("<page "); at != std::string::npos; at = all.find("<page ", at + 1))
                begins.push_back(at);
            for (std::size_t i = 0; i + 1 < begins.size(); ++i, ++pages) {
                const std::string page = all.substr(begins[i], begins[i + 1] - begins[i]);
                std::smatch found;
                REQUIRE(std::regex_search(page, found, height));
                const double high = std::stod(found[1]);
                double used = 0;
                for (std::sregex_iterator at(page.begin(), page.end(), word), end; at != end; ++at)
                    if (const double bottom = std::stod((*at)[1]); bottom < high * 0.95) used = std::max(used, bottom);
                CHECK_MESSAGE(used > high / 3, file.path().filename().string() << ", page " << i + 1);
            }
        }
    }
    CHECK(pages > 100);
}

TEST_CASE("a handout hides the answers, and has them on its last page") {
    if (!has("pdftotext")) return;
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "handout.pdf";
    REQUIRE(program("compare 300 607 --handout -o " + file.string()).code == 0);
    const std::string answer = "Only the called person can lift the marking";
    CHECK(words_of(file, "-l 1 -raw").find("Who acts next?") != std::string::npos);
    CHECK(words_of(file, "-l 1 -raw").find("lift the marking") == std::string::npos);
    CHECK(words_of(file, "-f 2 -raw").find(answer.substr(20)) != std::string::npos);
    REQUIRE(program("replay 486 --handout -o " + file.string()).code == 0);
    CHECK(words_of(file, "-l 1 -raw").find("486 Busy Here INVITE") == std::string::npos);
    CHECK(words_of(file, "-f 2 -raw").find("INVITE") != std::string::npos);
}

TEST_CASE("a symptom path is printed as a tree on one page, and where the paper is too small, a larger one is named") {
    if (!has("pdftotext")) return;
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "path.pdf";
    for (const std::string language : {"en", "fr"}) {
        const Ran ran = program("ask all-circuits-busy --lang " + language + " -o " + file.string());
        CHECK(ran.code == 0);
        CHECK(ran.err.empty());
        CHECK(pages_of(file) == 1);
        const std::string words = words_of(file, "-raw");
        for (const char* part : {"503 Service Unavailable", "◐", "✕"})
            CHECK_MESSAGE(words.find(part) != std::string::npos, part);
    }
    const Ran small = program("ask all-circuits-busy --paper a6 -o " + file.string());
    CHECK(small.code == 0);
    CHECK(pages_of(file) > 1);
    CHECK(std::regex_search(small.err, std::regex("takes [0-9]+ pages of a6; with --paper a[345] it fits on one")));
    for (const char* format : {"svg", "png"})
        CHECK(program("ask busy-at-once --format " + std::string(format)).out.size() > 5000);
    // A person at a terminal is asked; a tree in words has a name of its own.
    CHECK(program("ask all-circuits-busy").out.find("503 Service Unavailable") == std::string::npos);
    const std::string tree = program("show path/all-circuits-busy/tree").out;
    CHECK(tree.find("A  Who plays the announcement?") != std::string::npos);
    CHECK(tree.find("503 Service Unavailable") != std::string::npos);
}

TEST_CASE("a pair with both ladders is a third page in the full form; three codes or a short form are refused") {
    if (!has("pdftotext")) return;
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "both.pdf";
    REQUIRE(program("compare 300 607 --ladders -o " + file.string()).code == 0);
    CHECK(pages_of(file) == 3);
    const std::string last = words_of(file, "-f 3 -raw");
    for (const char* part : {"Both exchanges under one clock", "300 Multiple Choices", "607 Unwanted", "INVITE"})
        CHECK_MESSAGE(last.find(part) != std::string::npos, part);
    for (const char* wrong : {"compare 300 486 607 --ladders", "compare 300 607 --ladders --form short"}) {
        const Ran ran = program(wrong);
        CHECK(ran.code == 2);
        CHECK(ran.err.find("--ladders shows the exchanges of two codes") != std::string::npos);
    }
}

TEST_CASE("facts come as a table for spreadsheets, from one code, a pair, or all responses into a folder") {
    const TemporaryFolder folder;
    const std::string one = program("show 607 --format csv").out;
    CHECK(one.starts_with("code,fact,value,words,source\r\n607,phrase,Unwanted,Unwanted,RFC 8197"));
    CHECK(program("compare 300 607 --format csv").out.find("\r\n300,retry,") != std::string::npos);
    // What was pasted may mean harm to a spreadsheet.
    const std::string pasted = run("printf 'SIP/2.0 486 =HYPERLINK(\"http://x\")\\r\\nServer: =1+1\\r\\n\\r\\n' | env "
                                   "LC_ALL=C.UTF-8 XDG_DATA_HOME=/nowhere " +
                                   std::string(SIPDEX_PROGRAM) + " show - --format csv")
                                   .out;
    CHECK(pasted.find("code,fact,value,words,source") == 0);
    CHECK_FALSE(std::regex_search(pasted, std::regex("(^|[,\n])\"?[=+@]")));
    REQUIRE(program("export --what responses --format csv -o " + folder.path().string()).code == 0);
    CHECK(files_in(folder.path()) == 88);
    CHECK(octets_of(folder.path() / "486.csv").find("486,retry,") != std::string::npos);
}

TEST_CASE("the same sheet of the same day is the same file, whoever wrote it") {
    const TemporaryFolder folder;
    for (const std::string jobs : {"1", "4"})
        REQUIRE(program("export --what responses --form card --date 2026-11-30 --format pdf --jobs " + jobs + " -o " +
                        (folder.path() / jobs).string())
                    .code == 0);
    CHECK(files_in(folder.path() / "1") == 88);
    for (const auto& file : fs::directory_iterator(folder.path() / "1"))
        CHECK(octets_of(file.path()) == octets_of(folder.path() / "4" / file.path().filename()));
}

TEST_CASE("an export that was stopped goes on where it ended") {
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "pairs";
    const std::string command = "export --what all-pairs --form card --date none --format html -o " + out.string();
    const pid_t child = fork();
    if (child == 0) {
        const std::string line = "exec env LC_ALL=C.UTF-8 XDG_DATA_HOME=/nowhere " + std::string(SIPDEX_PROGRAM) + " " +
                                 command + " > '" + (folder.path() / "out").string() + "' 2> '" +
                                 (folder.path() / "err").string() + "'";
        execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
        _exit(127);
    }
    for (int i = 0; i < 600 && (!fs::exists(out) || files_in(out) < 20); ++i) usleep(50'000);
    kill(child, SIGINT);
    int status = 0;
    waitpid(child, &status, 0);
    const long before = files_in(out);
    CHECK(WEXITSTATUS(status) == 1);
    CHECK(before >= 20);
    CHECK(before < 2775);
    CHECK(octets_of(folder.path() / "err").find("with --resume goes on from there.") != std::string::npos);
    for (const auto& file : fs::directory_iterator(out)) CHECK(octets_of(file.path()).ends_with("</html>\n"));

    const Ran ran = program(command + " --resume");
    CHECK(ran.code == 0);
    CHECK(files_in(out) == 2775);
    CHECK(ran.out.ends_with(" documents written to " + out.string() + ".\n"));
    CHECK(ran.out.find("2,775") == std::string::npos);  // what was there was not written again
}
