#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "language/characters.h"
#include "paint/documents.h"
#include "paint/formats.h"
#include "paint/text.h"
#include "paint/text_ladder.h"
#include "paint/wrap.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::paint;
using language::clean;
using language::width_of;
using sipdex::test::difference_from_expected;
using sipdex::test::picture;

namespace {

std::string wrapped_at(int width, const std::string& words) {
    std::string lines;
    for (const Line& line : wrapped(document::plain(words), width, {})) lines += line.words + "\n";
    return lines;
}

int widest_line(const std::string& lines) {
    std::istringstream in(lines);
    int widest = 0;
    for (std::string line; std::getline(in, line);) widest = std::max(widest, width_of(line));
    return widest;
}

Options columns(int count) {
    Options options;
    options.columns = count;
    return options;
}

}  // namespace

TEST_CASE("words wrap at spaces, and only a word wider than the line is broken") {
    CHECK(wrapped_at(12, "Ask which number was dialled") == "Ask which\nnumber was\ndialled\n");
    CHECK(wrapped_at(5, "abcdefghijkl m") == "abcde\nfghij\nkl m\n");
    CHECK(wrapped_at(5, "") == "");
}

TEST_CASE("East Asian characters take two columns and may be parted anywhere but before a full stop") {
    CHECK(width_of("東京") == 4);
    CHECK(wrapped_at(6, "東京都の電話。") == "東京都\nの電\n話。\n");
}

TEST_CASE("Thai is parted between its words, which no space parts") {
    // customer, call, not, able, please, check
    CHECK(wrapped_at(9, "ลูกค้าโทรไม่ได้โปรดตรวจสอบ") == "ลูกค้าโทรไม่\nได้โปรด\nตรวจสอบ\n");
    CHECK(wrapped_at(9, "503 ลูกค้าโทร") == "503 ลูกค้า\nโทร\n");
}

TEST_CASE("marks over letters take no column") { CHECK(width_of("e\u0301te\u0301") == 3); }

TEST_CASE("what would steer a terminal is shown as U+FFFD") {
    CHECK(clean("\033[31mred\x07\xff\xc3") == "\uFFFD[31mred\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("the French comparison stands side by side in a wide terminal") {
    const std::string lines = text(test::french_comparison(), columns(120));
    CHECK(widest_line(lines) <= 120);
    CHECK(difference_from_expected("paint/300-607.fr.txt", lines) == "");
}

TEST_CASE("the French comparison stands one after the other in a narrow terminal") {
    const std::string lines = text(test::french_comparison(), columns(60));
    CHECK(widest_line(lines) <= 60);
    CHECK(difference_from_expected("paint/300-607.fr.narrow.txt", lines) == "");
}

TEST_CASE("every kind of block has a shape in a terminal") {
    CHECK(difference_from_expected("paint/607.en.txt", text(test::every_block(), columns(80))) == "");
}

TEST_CASE("colour only adds escape sequences; the words stay the same") {
    Options colour = columns(80);
    colour.colour_terminal = true;
    std::string lines = text(test::every_block(), colour);
    CHECK(lines.find("\033[1m") != std::string::npos);
    for (std::size_t at; (at = lines.find('\033')) != std::string::npos;) lines.erase(at, lines.find('m', at) - at + 1);
    CHECK(lines == text(test::every_block(), columns(80)));
}

TEST_CASE("a ladder shows who sends what to whom and when") {
    using std::chrono::milliseconds;
    const document::Ladder ladder{{{"alice", "", ""}, {"bob", "", ""}},
                                  {{0, 1, "INVITE", 0, milliseconds(0), milliseconds(10), false},
                                   {0, 1, "INVITE", 0, milliseconds(500), milliseconds(510), true},
                                   {1, 0, "486 Busy Here", 486, milliseconds(704), milliseconds(714), false},
                                   {0, 1, "ACK", 0, milliseconds(714), std::nullopt, false}}};
    CHECK(text_ladder(ladder, 72, {}, {}) == picture(R"(
                  alice                 bob
        0.000 s     |------INVITE------->|
        0.500 s     |- - - INVITE- - - ->|  sent again
        0.704 s     |<--▲ 486 Busy Here--|
        0.714 s     |--------ACK----✕    |  lost
    )"));
}

TEST_CASE("where there is little room, labels are cut before the names above the columns meet") {
    using std::chrono::milliseconds;
    document::Ladder ladder;
    for (const char* name : {"proxy", "phone 1", "phone 2"}) ladder.parties.push_back({name, "", ""});
    ladder.rungs = {{0, 1, "INVITE", 0, milliseconds(0), milliseconds(10), false},
                    {1, 0, "480 Temporarily Unavailable", 480, milliseconds(20), milliseconds(30), false}};
    const std::string lines = text_ladder(ladder, 50, {}, {});
    CAPTURE(lines);
    CHECK(lines.substr(0, lines.find('\n')).find("phone 1  phone 2") != std::string::npos);
    CHECK(lines.find("480 Tempor") != std::string::npos);
}

TEST_CASE("a ladder too wide for the terminal names both parties on each line") {
    using std::chrono::milliseconds;
    document::Ladder ladder;
    for (const char* name : {"alice", "proxy", "gateway", "bob"}) ladder.parties.push_back({name, "", ""});
    ladder.rungs = {{0, 3, "REGISTER", 0, milliseconds(0), milliseconds(10), false},
                    {3, 2, "407 Proxy Authentication Required", 407, milliseconds(20), milliseconds(30), false}};
    CHECK(text_ladder(ladder, 40, {}, {}) == picture(R"(
        0.000 s  alice → bob  REGISTER
        0.020 s  bob → gateway  ▲ 407 Proxy Authentication Required
    )"));
}

TEST_CASE("hostile text neither steers the terminal nor breaks a line") {
    const std::string lines = text(test::hostile(), columns(80));
    CHECK(lines.find('\033') == std::string::npos);
    CHECK(lines.find('\x01') == std::string::npos);
    CHECK(lines.find("<script>") != std::string::npos);
}
