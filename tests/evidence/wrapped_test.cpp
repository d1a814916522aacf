// Messages in what telephones, servers, exports, mails and web pages make of them.
#include <doctest/doctest.h>

#include <cstdio>

#include "evidence/told.h"
#include "support/text.h"

using namespace sipdex;
using test::found_in;
using namespace std::string_literals;

namespace {

// The same message, whatever stands around it.
const std::string busy =
    "486 Busy Here [Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1] [From: \"Anna\" "
    "<sip:anna@example.com>;tag=a7] [CSeq: 1 INVITE]";
const std::string lines =
    "SIP/2.0 486 Busy Here\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\n"
    "From: \"Anna\" <sip:anna@example.com>;tag=a7\n"
    "CSeq: 1 INVITE\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

std::string each_line(const std::string& text, const std::string& before, const std::string& behind) {
    return before + replaced(text.substr(0, text.size() - 1), "\n", behind + "\n" + before) + behind + "\n";
}

std::string utf16(const std::string& text, bool low_first) {
    std::string units;
    for (const char c : text) units += low_first ? std::string{c, '\0'} : std::string{'\0', c};
    return units;
}

}  // namespace

TEST_CASE("a text in UTF-16 is read, with its mark and without") {
    CHECK(found_in("\xff\xfe"s + utf16(lines, true)) == "1-4 " + busy + "\n");
    CHECK(found_in("\xfe\xff"s + utf16(lines, false)) == "1-4 " + busy + "\n");
    CHECK(found_in(utf16(lines, true)) == "1-4 " + busy + "\n");
    CHECK(found_in("\xef\xbb\xbf" + lines) == "1-4 " + busy + "\n");
    CHECK(found_in("\xff\xfe"s + utf16("SIP/2.0 480 ", true) + "\x3d\xd8\x0e\xdc"s) == "1-1 480 \U0001f40e\n");
}

TEST_CASE("the colours of a terminal are no part of a message") {
    CHECK(found_in(each_line(lines, "\x1b[0;37m", "\x1b[0m")) == "1-4 " + busy + "\n");
    CHECK(found_in(each_line(lines, "#033[32m", "#033[0m")) == "1-4 " + busy + "\n");
}

TEST_CASE("a message that was copied out of a web page or a word processor is what it was") {
    const std::string escaped = replaced(replaced(replaced(lines, "<", "&lt;"), ">", "&gt;"), "\"", "&quot;");
    CHECK(found_in("<pre>\n" + escaped + "</pre>\n") == "2-5 " + busy + "\n");
    CHECK(found_in("<p>" + replaced(escaped, "\n", "<br>") + "</p>") == "1-1 " + busy + "\n");
    CHECK(found_in(replaced(escaped, " ", "&nbsp;")) == "1-4 " + busy + "\n");
    CHECK(found_in(replaced(escaped, "&", "&amp;")) == "1-4 " + busy + "\n");
    CHECK(found_in(replaced(lines, " ", "\u00a0")) == "1-4 " + busy + "\n");
    CHECK(found_in(replaced(replaced(lines, "\"Anna", "\u201cAnna"), "Anna\"", "Anna\u201d")) == "1-4 " + busy + "\n");
    CHECK(found_in(each_line(escaped, "<div class=\"line\">", "</div>")) == "1-4 " + busy + "\n");
    CHECK(found_in(each_line(lines, "`", "`  ")) == "1-4 " + busy + "\n");
    // What only looks like a tag or a reference is left alone.
    CHECK(found_in("SIP/2.0 302 Moved\nContact: <b>;q=1, <sip:a@192.0.2.1?x=1&lt=2>\n") ==
          "1-2 302 Moved [Contact: <b>;q=1, <sip:a@192.0.2.1?x=1&lt=2>]\n");
}

TEST_CASE("signs that are shown for line ends take nothing from a message, nor its body") {
    const std::string with_body = lines + "\nv=0\ns=-\n";
    for (const char* sign : {"^M", "\\r", "\u240d\u240a", "#015", "^M$", "$"}) {
        INFO(sign);
        CHECK(found_in(each_line(with_body, "", sign)) == "1-7 " + busy + " body 10\n");
    }
}

TEST_CASE("an export as JSON gives its messages, whole or one object a line") {
    const std::string raw = replaced(replaced(lines, "\n", "\\r\\n"), "\"", "\\\"");
    CHECK(found_in("{\"date\": \"2026-11-30\", \"raw\": \"" + raw + "\", \"srcIp\": \"192.0.2.2\"}") ==
          "1-1 " + busy + "\n");
    CHECK(found_in("[\n  {\n    \"raw\": \"" + raw + "\"\n  },\n  {\n    \"raw\": \"" + raw + "\"\n  }\n]") ==
          "3-3 " + busy + "\n6-6 " + busy + "\n");
    // Signs that need no escape, as PHP and Go escape them.
    CHECK(found_in("{\"raw\":\"" + replaced(replaced(raw, "/", "\\/"), "<", "\\u003c") + "\"}") ==
          "1-1 " + busy + "\n");
    // JSON in JSON.
    CHECK(found_in("{\"log\":\"{\\\"msg\\\":\\\"" + replaced(replaced(raw, "\\", "\\\\"), "\\\\\"", "\\\\\\\"") +
                   "\\\"}\"}") == "1-1 " + busy + "\n");
    // What is cut in the middle is read up to there.
    CHECK(found_in("{\"raw\":\"SIP/2.0 480 Gone\\r\\nCSeq: 1 INVITE\\r\\nVia: SIP/2.") ==
          "1-1 480 Gone [CSeq: 1 INVITE] [Via: SIP/2.]\n");
    std::string containers;
    for (std::string rest = lines; !rest.empty(); rest.erase(0, rest.find('\n') + 1))
        containers += "{\"log\":\"" + replaced(rest.substr(0, rest.find('\n')), "\"", "\\\"") +
                      "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-30T10:12:13.020Z\"}\n";
    CHECK(found_in(containers) == "1-4 " + busy + "\n");
    CHECK(found_in("[10:12] <Anna> " + lines) == "1-4 " + busy + "\n");
    // journalctl gives a text with characters such as CR as numbers.
    std::string octets;
    for (const char c : replaced(lines, "\n", "\r\n")) octets += (octets.empty() ? "" : ",") + std::to_string(int(c));
    CHECK(found_in("{\"PRIORITY\":\"6\",\"MESSAGE\":[" + octets + "],\"_PID\":\"7\"}") == "1-1 " + busy + "\n");
    CHECK(found_in("{\"direction\":\"inbound\",\"id\":1,\"a\":2,\"b\":3,\"c\":4,\"raw\":\"" + raw + "\"}") ==
          "1-1 < " + busy + "\n");
}

TEST_CASE("a cell of a table is a message where its quotes are doubled") {
    CHECK(found_in("time,raw,code\n10:12:13,\"" + replaced(lines, "\"", "\"\"") + "\",486\n") == "2-5 " + busy + "\n");
    CHECK(found_in("10:12:13,\"" + replaced(replaced(lines, "\"", "\"\""), "\n", "\\r\\n") + "\",486\n") ==
          "1-1 " + busy + "\n");
}

TEST_CASE("a message that came in several records of syslog is one") {
    CHECK(found_in("Nov 30 10:12:13 192.0.2.9 X: RX " + replaced(lines, "\n", "<013><010>")) == "1-1 < " + busy + "\n");
    const std::string prefix = "<166>Nov 30 10:12:13 192.0.2.9 SIPMESSAGE: ";
    CHECK(found_in(prefix + "[Part 01 of 02]\n" + lines.substr(0, 50) + "\n" + prefix + "[Part 02 of 02]\n" +
                   lines.substr(50)) == "2-7 " + busy + "\n");
    CHECK(found_in(prefix + "[Part 01 of 02]" + replaced(lines.substr(0, 50), "\n", "<013><010>") + "\n" + prefix +
                   "[Part 02 of 02]" + replaced(lines.substr(50), "\n", "<013><010>")) == "1-2 " + busy + "\n");
    // Cut wherever a datagram was full, within a line end too, and with a prefix again.
    const std::string whole = replaced(lines, "\n", "#015#012");
    const std::string filler = "User-Agent: " + std::string(200, 'x') + "#015#012";
    for (std::size_t cut = 30; cut < whole.size() - 8; ++cut) {
        const std::string first = "Nov 30 10:12:13 192.0.2.9 [S=9] " + whole.substr(0, 29) + filler +
                                  whole.substr(29, cut - 29),
                          second = "Nov 30 10:12:14 192.0.2.9 [S=10] " + whole.substr(cut);
        INFO(first);
        CHECK(found_in(first + "\n" + second + "\nNov 30 10:12:14 192.0.2.9 [S=11] (N 1) Handling event\n").substr(4) ==
              replaced(busy, "Here [", "Here [User-Agent: " + std::string(200, 'x') + "] [") + "\n");
    }
}

TEST_CASE("what joins the lines of a message is taken away") {
    CHECK(found_in("10:12:13 received | " + replaced(lines, "\n", " | ")) == "1-1 < " + busy + "\n");
    CHECK(found_in("10:12:13 " + replaced(lines, "\n", "; ")) == "1-1 " + busy + "\n");
    CHECK(found_in("10:12:13 " +
                   replaced(lines + "Content-Type: application/sdp\nv=0\ns=-\nm=audio 0 x\n", "\n", " | ")) ==
          "1-1 " + busy.substr(0, busy.size()) + " [Content-Type: application/sdp] body 23\n");
    // As a console shows the strings of a program.
    CHECK(found_in("[10:12:13] send '" + replaced(lines.substr(0, lines.size() - 1), "\n", "\\r\\n' +\n  '") +
                   "\\r\\n'\n") == "1-4 > " + busy + "\n");
    CHECK(found_in("String m = " + each_line(replaced(lines, "\"", "\\\""), "\"", "\\r\\n\" +")) ==
          "1-4 " + busy + "\n");
}

TEST_CASE("numbers before lines may grow in width") {
    for (const char* behind : {"  ", ": ", " | "}) {
        std::string numbered, rest = lines;
        for (std::size_t number = 98; !rest.empty(); rest.erase(0, rest.find('\n') + 1), ++number)
            numbered +=
                (number < 100 ? " " : "") + std::to_string(number) + behind + rest.substr(0, rest.find('\n') + 1);
        INFO(behind);
        CHECK(found_in(numbered) == "1-4 " + busy + "\n");
    }
}

TEST_CASE("numbers that grep sets before lines tell which of them it looked for, and name no response") {
    std::string numbered, rest = "here\n\n" + lines;
    for (int number = 484; !rest.empty(); rest.erase(0, rest.find('\n') + 1), ++number)
        numbered += "sip.log" + std::string(number == 486 ? ":" : "-") + std::to_string(number) +
                    (number == 486 ? ":" : "-") + rest.substr(0, rest.find('\n') + 1);
    CHECK(found_in(numbered) == "3-6 " + busy + "\n");
    CHECK(found_in(replaced(numbered, "-48", ":48")) == "3-6 " + busy + "\n");
}

TEST_CASE("a prefix of the start line alone is not taken from a header field that is as long") {
    CHECK(found_in("INFO: " + lines) == "1-4 " + busy + "\n");
}

TEST_CASE("lines that a terminal broke at its edge are whole again") {
    const std::string wide =
        "SIP/2.0 486 Busy Here\n"
        "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\n"
        "From: \"Anna\" <sip:anna@example.com>;tag=a7\n"
        "Contact: <sip:anna@192.0.2.1:5060;transport=udp>\n"
        "Server: a product with a long name, 4.2\n";
    const std::string found =
        "486 Busy Here [Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1] [From: \"Anna\" "
        "<sip:anna@example.com>;tag=a7] [Contact: <sip:anna@192.0.2.1:5060;transport=udp>] "
        "[Server: a product with a long name, 4.2]\n";
    for (const std::size_t width : {40, 41, 44, 45}) {
        std::string broken;
        std::size_t last_line = 0, lines_made = 0;
        for (std::string rest = wide; !rest.empty(); rest.erase(0, rest.find('\n') + 1)) {
            const std::string line = rest.substr(0, rest.find('\n'));
            last_line = lines_made + 1;
            for (std::size_t at = 0; at < line.size(); at += width, ++lines_made)
                broken += line.substr(at, width) + "\n";
        }
        INFO(broken);
        CHECK(found_in(broken) == "1-" + std::to_string(last_line) + " " + found);
    }
    // As ngrep has it: line ends as dots, everything set under the beginning.
    std::string joined = replaced(wide, "\n", ".."), broken;
    for (std::size_t at = 0; at < joined.size(); at += 70) broken += "  " + joined.substr(at, 70) + "\n";
    CHECK(found_in("U 192.0.2.1:5060 -> 192.0.2.2:5060\n" + broken) == "2-2 " + found);
    // A log writes lines of one form, which are as long as one another.
    const std::string headed = "  │" + replaced(lines.substr(0, lines.size() - 1), "\n", "\n  │") + "\n";
    CHECK(found_in("10:12:13.020000 192.0.2.1:5060 ────────> 192.0.2.2:5060\n" + headed +
                   "\n"
                   "10:12:14.020000 192.0.2.1:5060 ────────> 192.0.2.2:5060\n" +
                   headed) == "2-5 " + busy + "\n8-11 " + busy + "\n");
    // So they are in a frame, and the frame is no part of them.
    std::string framed = "+" + std::string(70, '-') + "+\n";
    for (std::string rest = lines; !rest.empty(); rest.erase(0, rest.find('\n') + 1)) {
        std::string line = rest.substr(0, rest.find('\n'));
        line.resize(68, ' ');
        framed += "| " + line + " |\n";
    }
    CHECK(found_in(framed) == "2-5 " + busy + "\n");
    // Lines that only happen to be as long as one another stay what they are.
    const std::string twice = "Warning: 399 192.0.2.1 \"no more lines here\"\nX-Note: a\n";
    CHECK(found_in(lines + twice + "\n" + lines + twice) ==
          "1-6 " + busy + " [Warning: 399 192.0.2.1 \"no more lines here\"] [X-Note: a]\n8-13 " + busy +
              " [Warning: 399 192.0.2.1 \"no more lines here\"] [X-Note: a]\n");
}

TEST_CASE("octets in hexadecimal are the message that they hold") {
    const std::string octets = "E..4" + replaced(lines, "\n", "\r\n") + "\r\n";
    enum class Tool { tcpdump, wireshark, hexdump, bare };
    const auto dumped = [&](Tool tool, std::size_t from) {
        std::string rows;
        for (std::size_t at = 0; at < octets.size(); at += 16) {
            char text[16];
            const std::string row = octets.substr(at, 16);
            std::string hex, shown;
            for (std::size_t i = 0; i < row.size(); ++i) {
                std::snprintf(text, sizeof text, "%02x", unsigned(row[i]) & 0xff);
                hex += text;
                if (tool != Tool::tcpdump || i % 2 == 1) hex += i == 7 && tool == Tool::hexdump ? "  " : " ";
                shown += row[i] < ' ' ? '.' : row[i];
            }
            std::snprintf(text, sizeof text, tool == Tool::hexdump ? "%08zx" : "%04zx", from + at);
            hex.resize(tool == Tool::tcpdump ? 41 : 50, ' ');
            rows += (tool == Tool::tcpdump ? "\t0x" : "") + std::string(text) + (tool == Tool::tcpdump ? ":  " : "  ") +
                    hex;
            rows += tool == Tool::bare ? "\n" : tool == Tool::hexdump ? "|" + shown + "|\n" : "  " + shown + "\n";
        }
        return rows;
    };
    const std::string found = " " + busy + "\n";
    for (const Tool tool : {Tool::tcpdump, Tool::wireshark, Tool::hexdump, Tool::bare}) {
        const std::string dump = dumped(tool, 0);
        INFO(dump);
        CHECK(found_in("10:12:13\n" + dump + "\n" + dump) == "2-9" + found + "12-19" + found);
    }
    // A stream goes on in its offsets.
    CHECK(found_in(dumped(Tool::hexdump, 0x1a3)) == "1-8" + found);
    // What is no message stays text: numbers in rows that name a response.
    CHECK(found_in("0000 12 34\nGot SIP response 486\n") == "2 response 486 -\n");
}
