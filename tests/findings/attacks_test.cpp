// What one address does to a server: looking for users, guessing passwords, trying prefixes, flooding.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "support/text.h"

using namespace sipdex::test;

namespace {

std::string text(int number) { return std::to_string(number); }

// A request from 9 and its response, each call a story of its own.
std::string attempt(int number, const std::string& request, const std::string& method, const std::string& response,
                    const std::string& more = "") {
    const std::string of = " call=c" + text(number) + " branch=b" + text(number) + " from=f" + text(number);
    std::string both = "9 > 2 " + method + of + " " + request + more + "\n";
    if (!response.empty()) both += "2 > 9 " + response + " of=" + method + of + " to=y\n";
    return both;
}

std::string credentials(const std::string& user) {
    return " | Authorization: Digest username=\"" + user +
           "\", realm=\"office\", nonce=\"n\", uri=\"sip:office\", response=\"0123456789abcdef0123456789abcdef\"";
}

// Only what is said of the whole capture.
std::string of_attacks(const std::string& judged) {
    std::string all;
    for (const char* rule :
         {"warning scanner-named", "warning scanner ", "warning password-guessing", "fault password-found",
          "warning prefixes-tried", "fault prefix-found", "warning options-flood", "warning registration-storm"})
        if (judged.find(rule) != std::string::npos) all += std::string(rule) + '\n';
    return all;
}

}  // namespace

TEST_CASE("one address that looks for users") {
    std::string lines, found;
    for (int i = 0; i < 12; ++i) lines += attempt(i, "user=" + text(100 + i), "OPTIONS", "404");
    CHECK(judged_flow(lines).find("warning scanner 1 3 5 7 9 11 13 15 17 19 {address: 192.0.2.9, count: 12, "
                                  "seconds: 0.2}") != std::string::npos);
    CHECK(of_attacks(judged_flow(lines, {{"scanner.users", 20}})) == "");
    // A proxy whose users mostly reach each other looks for nobody.
    for (int i = 0; i < 12; ++i) found += attempt(20 + i, "user=" + text(200 + i), "OPTIONS", "200");
    CHECK(of_attacks(judged_flow(lines + found)) == "");
}

TEST_CASE("a scanner that says what it is") {
    CHECK(of_attacks(judged_flow("9 > 2 OPTIONS user=100 | User-Agent: friendly-scanner")) ==
          "warning scanner-named\n");
    CHECK(of_attacks(judged_flow("9 > 2 OPTIONS user=100 | User-Agent: SoftPhone/1.0")) == "");
}

TEST_CASE("guessed passwords, and one that was right") {
    std::string lines;
    for (int i = 0; i < 6; ++i) lines += attempt(i, "", "REGISTER", "403", credentials("10" + text(i)));
    CHECK(of_attacks(judged_flow(lines)) == "warning password-guessing\n");
    CHECK(of_attacks(judged_flow(lines + attempt(9, "", "REGISTER", "200", credentials("105")))) ==
          "warning password-guessing\nfault password-found\n");
    // Another of the customers behind the same address, who made no mistake.
    CHECK(of_attacks(judged_flow(lines + attempt(9, "", "REGISTER", "200", credentials("200")))) ==
          "warning password-guessing\n");
    std::string same;
    for (int i = 0; i < 6; ++i) same += attempt(i, "", "REGISTER", "403", credentials("101"));
    CHECK(of_attacks(judged_flow(same)) == "");
}

TEST_CASE("the same number behind one prefix after another") {
    std::string lines;
    for (const char* prefix : {"00", "900", "000", "+", "011", "9011"})
        lines +=
            attempt(static_cast<int>(lines.size()), "user=" + std::string(prefix) + "972595123456", "INVITE", "403");
    CHECK(of_attacks(judged_flow(lines)) == "warning prefixes-tried\n");
    CHECK(of_attacks(judged_flow(lines + attempt(99, "user=810972595123456", "INVITE", "200"))) ==
          "fault prefix-found\n");
}

TEST_CASE("a flood of OPTIONS, and devices that all come back at once") {
    std::string options, registers, accepted;
    for (int i = 0; i < 100; ++i) {
        options += attempt(i, "user=bob", "OPTIONS", "200");
        registers += attempt(i, "", "REGISTER", i % 2 == 0 ? "503" : "200");
        accepted += attempt(i, "", "REGISTER", "200");
    }
    CHECK(of_attacks(judged_flow(options)) == "warning options-flood\n");
    CHECK(of_attacks(judged_flow(options, {{"options-flood.requests", 200}})) == "");
    CHECK(of_attacks(judged_flow(registers)) == "warning registration-storm\n");
    CHECK(of_attacks(judged_flow(accepted)) == "");
}
