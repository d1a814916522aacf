// sipdex explain: captures that the program itself has written, and what people have.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <iostream>
#include <set>

#include "support/text.h"

using namespace sipdex::test;
using nlohmann::json;
using namespace std::string_literals;

namespace {

Ran program(const std::string& arguments) {
    return run(
        "env -u DISPLAY -u WAYLAND_DISPLAY -u LC_MESSAGES -u LANG -u COLUMNS XDG_DATA_HOME=/nowhere LC_ALL=C.UTF-8 " +
        std::string(SIPDEX_PROGRAM) + " " + arguments);
}

// An exchange of the catalog as a capture in the folder; gives its name.
std::string captured(const TemporaryFolder& folder, const std::string& exchange) {
    const std::string file = (folder.path() / (exchange + ".pcap")).string();
    REQUIRE(program("replay " + exchange + " -o " + file).code == 0);
    return file;
}

json explained(const std::string& files) {
    const Ran ran = program("explain " + files + " --format json");
    CAPTURE(files);
    REQUIRE(ran.err == "");
    REQUIRE(ran.code == 0);
    return json::parse(ran.out);
}

std::set<std::string> rules_in(const json& told) {
    std::set<std::string> rules;
    for (const json& one : told["findings"])
        rules.insert(one["severity"].get<std::string>() + " " + one["rule"].get<std::string>());
    return rules;
}

}  // namespace

TEST_CASE("a capture of a busy callee: its messages, its call, its verdict") {
    const TemporaryFolder folder;
    const std::string file = captured(folder, "486-busy");
    const json told = explained(file);
    CHECK(told["messages"] == 7);
    CHECK(told["methods"] == json{{"ACK", 2}, {"INVITE", 2}});
    CHECK(told["codes"] == json{{"100", 1}, {"486", 2}});
    REQUIRE(told["calls"].size() == 1);
    const json& call = told["calls"][0];
    CHECK(call["kind"] == "call");
    CHECK(call["outcome"] == "refused");
    CHECK(call["code"] == 486);
    CHECK(call["messages"].size() == 7);
    CHECK(call["messages"][0]["number"] == 1);
    CHECK(call["messages"][0]["from"] == "192.0.2.1:5060");
    CHECK(call["messages"][0]["method"] == "INVITE");
    CHECK(call["messages"][0]["repeat"] == false);
    CHECK(told["verdict"] == "Refused with 486 by 198.51.100.20:5060. No fault was found.");
    const std::string text = program("explain " + file).out;
    CHECK(text.find("486 Busy Here\n") != std::string::npos);  // what it means
    CHECK(text.find("INVITE-------") != std::string::npos);    // the ladder
    CHECK(program("explain " + file + " --lang fr").out.find("Refusé avec 486 par 198.51.100.20:5060.") !=
          std::string::npos);
}

TEST_CASE("a finding names its rule, its messages and who must act, in every format") {
    const TemporaryFolder folder;
    const std::string file = captured(folder, "200-ack-lost");
    const json told = explained(file);
    const auto rules = rules_in(told);
    CHECK(rules.contains("fault ack-lost"));
    for (const json& one : told["findings"]) {
        CHECK(!one["evidence"].empty());
        CHECK(!one["text"].get<std::string>().empty());
        CHECK(one["text"].get<std::string>().find('{') == std::string::npos);
        if (one["severity"] == "note") continue;
        CHECK(!one["act"].get<std::string>().empty());
        CHECK(one["who"] != "");
    }
    CHECK(told["verdict"].get<std::string>().ends_with("The ACK does not arrive."));
    for (const std::string format : {"text", "md", "html"}) {
        const std::string out = program("explain " + file + " --format " + format).out;
        CAPTURE(format);
        CHECK(out.find("The ACK does not arrive") != std::string::npos);
        CHECK(out.find("13.3.1.4") != std::string::npos);
        CHECK(out.find("Engineer") != std::string::npos);
    }
    CHECK(program("explain " + file + " --lang fr").out.find("L’ACK n’arrive pas") != std::string::npos);
    CHECK(!rules_in(explained(file + " --threshold ack-lost.repeats=99")).contains("fault ack-lost"));
}

TEST_CASE("of several calls the verdict counts the refused ones by code, the most frequent first") {
    const TemporaryFolder folder;
    const std::string three =
        captured(folder, "486-busy") + " " + captured(folder, "603-declined") + " " + captured(folder, "401-register");
    CHECK(explained(three)["verdict"].get<std::string>().ends_with("2 were refused: 486, 603."));
}

TEST_CASE("refused OPTIONS checks count in the verdict only where nothing else was refused") {
    const TemporaryFolder folder;
    std::string log;
    const auto refused = [&](const std::string& method, const std::string& call, const std::string& status) {
        const std::string fields = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + call +
                                   "\nFrom: <sip:a@example.com>;tag=a\nTo: <sip:b@example.com>\nCall-ID: " + call +
                                   "\nCSeq: 1 " + method + "\nContent-Length: 0\n\n";
        log += "U 2026/03/02 10:00:00.000000 192.0.2.1:5060 -> 192.0.2.2:5060\n" + method +
               " sip:b@example.com SIP/2.0\n" + fields +
               "U 2026/03/02 10:00:00.010000 192.0.2.2:5060 -> 192.0.2.1:5060\nSIP/2.0 " + status + "\n" + fields;
    };
    const auto verdict = [&](const std::string& name) {
        return explained(folder.write(name, log).string())["verdict"].get<std::string>();
    };
    refused("OPTIONS", "one", "404 Not Found");
    refused("OPTIONS", "two", "404 Not Found");
    CHECK(verdict("checks.txt").ends_with("2 were refused: 404."));
    refused("INVITE", "six", "486 Busy Here");
    CHECK(verdict("all.txt").ends_with("One was refused: 486."));
}

TEST_CASE("a capture of nothing but a connection that is refused says so") {
    const TemporaryFolder folder;
    const auto packet = [](const std::string& addresses, const std::string& segment) {
        const std::string ip = "\x45\0\0\x28\0\x01\x40\0\x40\x06\0\0"s + addresses;
        return "\0\0\0\0\0\0\0\0\x28\0\0\0\x28\0\0\0"s + ip + segment;
    };
    const std::string one = "\xc0\0\x02\x01"s, two = "\xc0\0\x02\x02"s;
    const std::string file =
        folder
            .write("refused.pcap", "\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\xff\xff\0\0\x65\0\0\0"s +
                                       packet(one + two, "\xc0\0\x13\xc4\0\0\0\x01\0\0\0\0\x50\x02\xff\xff\0\0\0\0"s) +
                                       packet(two + one, "\x13\xc4\xc0\0\0\0\0\0\0\0\0\x02\x50\x14\0\0\0\0\0\0"s))
            .string();
    const json told = explained(file);
    CHECK(told["messages"] == 0);
    CHECK(rules_in(told) == std::set<std::string>{"fault connection-refused"});
    CHECK(told["verdict"] == "The TCP connection was refused.");
}

TEST_CASE("the same finding about several calls is told once, with a proof for each") {
    const TemporaryFolder folder;
    std::string log;
    for (const char* call : {"one", "two", "three"}) {
        const std::string fields = std::string("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK") + call +
                                   "\nFrom: <sip:a@example.com>;tag=a\nTo: <sip:a@example.com>\nCall-ID: " + call +
                                   "\nCSeq: 1 REGISTER\nContent-Length: 0\n\n";
        log += "U 2026/03/02 10:00:00.000000 192.0.2.1:5060 -> 192.0.2.2:5060\nREGISTER sip:example.com SIP/2.0\n" +
               fields;
        log +=
            "U 2026/03/02 10:00:00.010000 192.0.2.2:5060 -> 192.0.2.1:5060\nSIP/2.0 503 Service Unavailable\n" + fields;
    }
    const std::string out = program("explain " + folder.write("storm.txt", log).string()).out;
    const std::string title = "Fault: A server is out of service or overloaded";
    const std::size_t first = out.find(title);
    REQUIRE(first != std::string::npos);
    CHECK(out.find(title, first + 1) == std::string::npos);
    for (const char* proof : {"Call 1 · Messages 1, 2", "Call 2 · Messages 3, 4", "Call 3 · Messages 5, 6"})
        CHECK(out.find(proof) != std::string::npos);
}

TEST_CASE("of a log that tells no times none are told") {
    const TemporaryFolder folder;
    const std::string invite =
        "INVITE sip:bob@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\n"
        "From: <sip:a@example.com>;tag=a\nTo: <sip:bob@example.com>\nCall-ID: one\nCSeq: 1 INVITE\n"
        "Max-Forwards: 70\nContent-Length: 0\n\n";
    const std::string file = folder.write("untimed.txt", invite + invite + invite + invite + invite + invite).string();
    const std::string out = program("explain " + file).out;
    CHECK(out.find("example.com answered none of the 6 sendings of INVITE.") != std::string::npos);
    for (const char* time : {"0.0 s", "0.00", "0.001"}) CHECK(out.find(time) == std::string::npos);
    const std::string french = program("explain " + file + " --lang fr").out;
    CHECK(french.find("6 envois de INVITE.") != std::string::npos);
    CHECK(program("explain " + file + " --format csv").out.find(",0,") == std::string::npos);
}

TEST_CASE("a party that a log does not name is called unknown, also where a sentence begins with it") {
    const TemporaryFolder folder;
    const std::string invite =
        "INVITE sip:bob@203.0.113.9 SIP/2.0\nVia: SIP/2.0/UDP 192.168.0.115:5060;branch=z9hG4bK1\n"
        "From: <sip:a@example.com>;tag=a\nTo: <sip:bob@203.0.113.9>\nCall-ID: one\nCSeq: 1 INVITE\n"
        "Contact: <sip:a@192.168.0.115:5060>\nContent-Length: 0\n\n";
    // Before anybody has answered nothing is known of the Contact.
    const std::string answer =
        "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.168.0.115:5060;branch=z9hG4bK1\n"
        "From: <sip:a@example.com>;tag=a\nTo: <sip:bob@203.0.113.9>;tag=b\nCall-ID: one\nCSeq: 1 INVITE\n"
        "Contact: <sip:bob@203.0.113.9>\nContent-Length: 0\n\n";
    const std::string out =
        program("explain " + folder
                                 .write("sent.txt",
                                        "14:28:30.617           pjsua_core.c  .TX 945 bytes Request msg "
                                        "INVITE/cseq=1 (tdta0x5587aee0fad8) to UDP "
                                        "203.0.113.9:5060:\n" +
                                            invite +
                                            "14:28:31.617           pjsua_core.c  .RX 400 bytes Response msg "
                                            "200/INVITE/cseq=1 (rdata0x5587aee0fad8) from UDP 203.0.113.9:5060:\n" +
                                            answer)
                                 .string())
            .out;
    CHECK(out.find("\n gave") == std::string::npos);
    CHECK(out.find("An unknown party gave 192.168.0.115:5060") != std::string::npos);
}

TEST_CASE("a folder stands for the files in it, and what holds no SIP among them is named") {
    const TemporaryFolder folder;
    const std::string both = captured(folder, "486-busy") + " " + captured(folder, "401-register");
    const json files = explained(both);
    const json whole = explained(folder.path().string());
    CHECK(whole["files"].size() == 2);
    CHECK(whole["messages"] == files["messages"]);
    CHECK(whole["verdict"] == files["verdict"]);
    folder.write("notes.txt", "nothing of SIP\n");
    folder.write(".hidden.pcap", "x");
    std::filesystem::create_directory(folder.path() / "older");
    CHECK(explained(folder.path().string())["messages"] == files["messages"]);
    CHECK(program("explain " + folder.path().string()).out.find("notes.txt") != std::string::npos);
    const TemporaryFolder empty;
    const Ran nothing = program("explain " + empty.path().string());
    CHECK(nothing.code != 0);
    CHECK(nothing.err.find(empty.path().string() + " holds no SIP message") != std::string::npos);
    const std::string shared = (empty.path() / "shared.pcapng").string();
    REQUIRE(program("redact " + folder.path().string() + " -o " + shared).code == 0);
    CHECK(explained(shared)["messages"] == files["messages"]);
}

TEST_CASE("one call of several is chosen, and leaves as an exchange does") {
    const TemporaryFolder folder;
    const std::string both = captured(folder, "486-busy") + " " + captured(folder, "401-register");
    const json told = explained(both);
    CHECK(told["calls"].size() == 2);
    CHECK(told["files"].size() == 2);
    const std::size_t first = told["calls"][0]["messages"].size();
    CHECK(explained(both + " --call 1")["calls"].size() == 1);
    const std::string alone = (folder.path() / "alone.pcap").string();
    REQUIRE(program("explain " + both + " --call 1 -o " + alone).code == 0);
    CHECK(explained(alone)["messages"] == first);
    CHECK(program("explain " + both + " --call 1 --format mermaid").out.starts_with("sequenceDiagram"));
    CHECK(program("explain " + both + " --call 1 --format sipp").out.find("<scenario") != std::string::npos);
    const Ran wrong = program("explain " + both + " --call 7");
    CHECK(wrong.code == 1);
    CHECK(wrong.err == "sipdex: There is no call 7; the list ends at 2.\n");
}

TEST_CASE("what cannot be explained gets one sentence") {
    const TemporaryFolder folder;
    const std::string empty = folder.write("empty.pcap", "").string(),
                      prose = folder.write("letter.txt", "Dear all\n").string();
    const auto sentence = [&](const std::string& arguments, int code) {
        const Ran ran = program("explain " + arguments);
        CHECK(ran.code == code);
        CHECK(ran.out == "");
        return ran.err;
    };
    CHECK(sentence(empty, 1) == "sipdex: " + empty + " holds no SIP message that can be read. It is empty.\n");
    CHECK(sentence("/no/such.pcap", 1) ==
          "sipdex: /no/such.pcap holds no SIP message that can be read. It cannot be opened; check its name and "
          "permissions.\n");
    CHECK(sentence(prose, 1) ==
          "sipdex: " + prose +
              " holds no SIP message that can be read. It is neither a capture nor a text that speaks of SIP; save a "
              "capture as pcap or pcapng.\n");
    CHECK(sentence("", 2) == "sipdex: Give a capture or a log, as in: sipdex explain office.pcapng\n");
    CHECK(sentence(empty + " --threshold ack-lost.repeats=many", 2) ==
          "sipdex: “ack-lost.repeats=many” is no threshold. Write a rule’s name, a dot, the threshold and a whole "
          "number, as "
          "in challenge-loop.attempts=5.\n");
}

TEST_CASE("a file of another kind is named, with what to do about it") {
    const TemporaryFolder folder;
    const auto said_of = [&](const std::string& name, const std::string& octets) {
        const std::string file = folder.write(name, octets + std::string(64, '\x01')).string();
        const Ran ran = program("explain '" + file + "'");
        CHECK(ran.code == 1);
        const std::string before = "sipdex: " + file + ' ';
        CHECK(ran.err.starts_with(before));
        return ran.err.substr(std::min(before.size(), ran.err.size()));
    };
    CHECK(said_of("a.snoop", "snoop\0\0\0\0\0\0\2"s) ==
          "is a capture in the format snoop, which is not read; convert it with editcap -F pcapng a.snoop "
          "a.snoop.pcapng, or save it in Wireshark as pcapng.\n");
    CHECK(said_of("my log.xz", "\xfd\x37zXZ\0"s) == "is packed with xz; unpack it first, with xz -dk 'my log.xz'.\n");
    CHECK(said_of("a.jpg", "\xff\xd8\xff\xe0") ==
          "is a file of the kind JPEG, neither a capture nor a log; ask for the capture or the log itself.\n");
    CHECK(said_of("one", "x")
              .ends_with("It is neither a capture nor a text that speaks of SIP; save a capture as pcap or pcapng.\n"));
    CHECK(said_of("keys.txt", "CLIENT_RANDOM 0123456789abcdef 0123\n") ==
          "holds keys of TLS, which are not used here; have the capture that they belong to decrypted with tshark -r "
          "CAPTURE -o tls.keylog_file:keys.txt -U \"OSI layer 7\" -w decrypted.pcapng, or give them to Wireshark and "
          "choose File › Export PDUs to File, OSI layer 7.\n");
    const TemporaryFolder empty;
    const Ran nothing = program("explain " + empty.path().string());
    CHECK(nothing.err.find("It is a folder without files in it") != std::string::npos);
}

TEST_CASE("what is piped in or packed is read as the file is") {
    const TemporaryFolder folder;
    const std::string file = captured(folder, "486-busy"), pipe = (folder.path() / "pipe").string();
    const std::string plain = program("explain " + file + " --format json").out;
    const auto without_names = [](const std::string& told) {
        json all = json::parse(told);
        all.erase("files");
        all.erase("title");
        return all;
    };
    const Ran piped =
        run("mkfifo " + pipe + " && (cat " + file + " > " + pipe + " &) && timeout 20 env LC_ALL=C.UTF-8 " +
            std::string(SIPDEX_PROGRAM) + " explain " + pipe + " --format json");
    REQUIRE(piped.code == 0);
    CHECK(without_names(piped.out) == without_names(plain));
    for (const char* const times : {"gzip", "gzip | gzip", "gzip | gzip | gzip"}) {
        CAPTURE(times);
        const std::string packed = (folder.path() / "packed.gz").string();
        REQUIRE(run("cat " + file + " | " + times + " > " + packed).code == 0);
        CHECK(without_names(program("explain " + packed + " --format json").out) == without_names(plain));
        CHECK(without_names(program("explain - --format json < " + packed).out) == without_names(plain));
    }
    const std::string log = folder.write("proxy.log", "SIP/2.0 486 Busy Here\nCSeq: 1 INVITE\n").string();
    REQUIRE(run("gzip -k " + log).code == 0);
    const std::string opened = program("explain " + log + ".gz").out;
    CHECK(opened.find("What proxy.log.gz shows") != std::string::npos);
    CHECK(opened.find("486 Busy Here") != std::string::npos);
    CHECK(program("explain " + log).out.find("What proxy.log shows") != std::string::npos);
    CHECK(program("explain - < " + log).out.find("In what you pasted") != std::string::npos);
}

TEST_CASE("the note for the ticket is the finding, what the code means and what to tell the customer, in any format") {
    const TemporaryFolder folder;
    const std::string file = captured(folder, "200-ack-lost");
    const std::string whole = program("explain " + file).out, note = program("explain " + file + " --ticket").out;
    CHECK(note.size() < whole.size());
    const std::string finding = whole.substr(whole.find("1. Fault"), whole.substr(whole.find("1. Fault")).find('\n'));
    CHECK(note.find(finding) != std::string::npos);
    CHECK(note.find("sent again") == std::string::npos);  // no ladder
    const std::string title = finding.substr(finding.find(": ") + 2);
    const std::string markdown = program("explain " + file + " --ticket --format md").out;
    CHECK(markdown.starts_with("# "));
    CHECK(markdown.find(title) != std::string::npos);
    CHECK(program("explain " + file + " --ticket --lang fr").out.find("1. Défaut") != std::string::npos);
    const std::string written = (folder.path() / "note.md").string();
    CHECK(program("explain " + file + " --ticket -o " + written).code == 0);
    CHECK(sipdex::test::content_of(written) == markdown);
    CHECK(program("explain " + file + " --ticket --format pcap").code == 2);
}

TEST_CASE("every capture and log of others is explained, or refused with a sentence") {
    if (shared_folder().empty()) {
        std::cout << "skipped: there is no corpus beside the repository\n";
        return;
    }
    std::size_t read = 0;
    for (const char* folder : {"captures", "logs/wild", "logs/tools", "logs/rfc-flows"})
        for (const auto& entry : std::filesystem::directory_iterator(shared_folder() / "corpus" / folder)) {
            if (entry.path().extension() == ".csv") continue;
            const std::string name = entry.path().string();
            CAPTURE(name);
            const Ran ran = program("explain '" + name + "' --format json");
            CHECK((ran.code == 0 || ran.code == 1));
            if (ran.code == 1) CHECK(ran.err.starts_with("sipdex: " + name + ' '));
            else {
                const json told = json::parse(ran.out);
                // A text may name a response without holding one.
                const std::string verdict = told["verdict"].get<std::string>();
                CHECK((told["messages"] > 0 || verdict.find_first_of("3456") != std::string::npos));
                ++read;
            }
        }
    CHECK(read > 120);
}

TEST_CASE("two calls of a capture beside each other, or a call beside an exchange") {
    const TemporaryFolder folder;
    const std::string busy = captured(folder, "486-busy"), answered = captured(folder, "200-basic-call");
    const Ran ran = program("explain " + busy + " " + answered + " --call 1 --beside 2");
    CHECK(ran.err == "");
    CHECK(ran.code == 0);
    CHECK(ran.out.find("Call 1 and Call 2 side by side") != std::string::npos);
    CHECK(ran.out.find("Call 1: ") != std::string::npos);
    CHECK(ran.out.find("; Call 2: ") != std::string::npos);
    const Ran same = program("explain " + busy + " --call 1 --beside 486-busy");
    CHECK(same.code == 0);
    CHECK(same.out.find("Both hold the same messages in the same directions.") != std::string::npos);
    CHECK(
        program("explain " + busy + " --call 1 --beside 486-busy --lang fr").out.find("Appel 1 et Échange 486-busy") !=
        std::string::npos);
    const Ran none = program("explain " + busy + " --beside 486-busy");
    CHECK(none.code == 2);
    CHECK(none.err.find("--beside needs one call") != std::string::npos);
    const Ran unknown = program("explain " + busy + " --call 1 --beside 486-bussy");
    CHECK(unknown.code == 1);
    CHECK(unknown.err.find("“486-bussy” is neither a call") != std::string::npos);
    CHECK(program("explain " + busy + " --call 1 --beside 7").err.find("There is no call 7") != std::string::npos);
    CHECK(program("explain " + busy + " --call 1 --beside 486-busy --format pcap").code == 2);
}

TEST_CASE("a finding is written as a sheet in every format, and a number that none has gets one sentence") {
    const TemporaryFolder folder;
    const std::string file = captured(folder, "200-ack-lost");
    const json told = explained(file);
    CHECK(told["findings"][0]["number"] == 1);
    for (const std::string format : {"text", "md", "html", "json", "svg", "pdf", "png", "csv"}) {
        CAPTURE(format);
        const Ran ran = program("explain " + file + " --finding 1 --format " + format + " -o " +
                                (folder.path() / ("finding." + format)).string());
        CHECK(ran.err == "");
        CHECK(ran.code == 0);
    }
    CHECK(program("explain " + file + " --finding 1").out.starts_with("The ACK does not arrive\n"));
    CHECK(program("explain " + file + " --finding 1 --lang fr").out.find("Constat 1") != std::string::npos);
    for (const std::string wrong : {"9", "0", "x", "-1"}) {
        const Ran none = program("explain " + file + " --finding=" + wrong);
        CHECK(none.code == 1);
        CHECK(none.err == "sipdex: There is no finding " + wrong + "; the list ends at " +
                              std::to_string(told["findings"].size()) + ".\n");
    }
    CHECK(program("explain " + captured(folder, "486-busy") + " --finding 1").err ==
          "sipdex: There is no finding 1: nothing was found.\n");
    CHECK(program("explain " + file + " --finding 1 --format pcap").code == 2);
}
