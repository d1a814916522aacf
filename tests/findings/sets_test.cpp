// What holds for all rules and all exchanges of the catalog.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iostream>

#include "calls/calls.h"
#include "findings/judged.h"
#include "recording/pcap.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

TEST_CASE("what each exchange of the catalog is found to have") {
    std::string all;
    for (const std::string& id : exchange_ids()) all += id + "\n" + judged_exchange(exchange_named(id)) + "\n";
    CHECK(difference_from_expected("findings/exchanges.txt", all) == "");
}

// By the text of the tests: each expects some rule as "fault ack-lost". Silence cannot be read there in the same way, for
// every rule is silent in every other test.
TEST_CASE("every rule speaks in a test of its family or in an exchange") {
    std::string all = content_of(SIPDEX_SOURCE_DIR "/tests/expected/findings/exchanges.txt");
    for (const auto& entry : std::filesystem::directory_iterator(SIPDEX_SOURCE_DIR "/tests/findings"))
        if (entry.path().filename().string().ends_with("_test.cpp")) all += content_of(entry.path());
    const auto speaks = [&](const std::string& told) {
        for (std::size_t at = all.find(told); at != std::string::npos; at = all.find(told, at + 1))
            if (const char next = all[at + told.size()];
                next != '-' && std::isalnum(static_cast<unsigned char>(next)) == 0)
                return true;
        return false;
    };
    std::string silent;
    for (const catalog::FindingRule& rule : rules())
        if (!speaks(rule.severity + ' ' + rule.id)) silent += rule.id + '\n';
    CHECK(silent == "");
}

TEST_CASE("what the flows of RFC 3665 and RFC 5359 are found to have is what they are there to show") {
    const std::filesystem::path flows = shared_folder() / "corpus/logs/rfc-flows";
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no flows beside the repository\n";
        return;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(flows)) files.push_back(entry.path());
    std::ranges::sort(files);
    std::string all;
    for (const auto& file : files)
        if (const std::string worse = worse_than_notes(judged_file(file)); !worse.empty())
            all += file.stem().string() + ": " + worse;
    CHECK(all ==
          "rfc3665-2.5-unsuccessful_registration: fault challenge-refused\n"
          "rfc3665-3.10-unsuccessful_no_response_from_user_agent: fault timeout-silent-hop\n"
          "rfc5359-2.14-call_management_outgoing_call_screening: warning refusal-unexplained\n");
}

// Whoever captures sees one hop, or comes too late, or stops too early. Of what is normal nothing grave is to be said then.
TEST_CASE("a call without faults has none in a part of its capture") {
    for (const char* const id : {"181-forwarded", "199-one-phone-busy", "200-basic-call", "200-lost-answer",
                                 "300-several-addresses", "486-busy", "487-caller-gives-up"}) {
        const recording::Recording whole = simulator::run(exchange_named(id));
        for (std::size_t from = 0; from < std::min<std::size_t>(whole.messages.size(), 12); ++from) {
            recording::Recording part = whole;
            part.messages.erase(part.messages.begin(), part.messages.begin() + static_cast<std::ptrdiff_t>(from));
            const std::string octets = recording::pcap_of(part);
            capture::Captured captured;
            captured.read_octets(octets);
            captured.arrange();
            CAPTURE(id);
            CAPTURE(from);
            CHECK(worse_than_notes(judged(captured, calls::group(captured))) == "");
        }
    }
}
