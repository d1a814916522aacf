// sipdex explain: captures that the program itself has written, and what people have.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <iostream>
#include <set>

#include "support/text.h"

using namespace sipdex::test;
using nlohmann::json;

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
              " holds no SIP message that can be read. It is no capture and no text with whole SIP "
              "messages; save it as pcap or pcapng, or hand single lines to: sipdex show -\n");
    CHECK(sentence("", 2) == "sipdex: Give a capture or a log, as in: sipdex explain office.pcapng\n");
    CHECK(sentence(empty + " --threshold ack-lost.repeats=many", 2) ==
          "sipdex: “ack-lost.repeats=many” is no threshold. Write a rule’s name, a dot, the threshold and a whole "
          "number, as "
          "in challenge-loop.attempts=5.\n");
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
            if (ran.code == 1)
                CHECK(ran.err.starts_with("sipdex: " + name + " holds no SIP message that can be read. "));
            else {
                const json told = json::parse(ran.out);
                CHECK(told["messages"] > 0);
                ++read;
            }
        }
    CHECK(read > 120);
}
