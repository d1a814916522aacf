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

TEST_CASE("a PBX that logs in and finds its callees busy, and one that dials digit by digit, look for nobody") {
    std::string busy, digits, unknown;
    const std::string number = "0612345678901";
    for (int i = 0; i < 12; ++i) {
        const std::string user = "user=" + text(100 + i);
        busy += attempt(2 * i, user, "INVITE", "401") + attempt(2 * i + 1, user, "INVITE", "486");
        const std::string begun = "user=" + number.substr(0, static_cast<std::size_t>(i) + 1);
        digits += attempt(i, begun, "INVITE", "484");
        unknown += attempt(i, begun, "INVITE", "404");
    }
    CHECK(of_attacks(judged_flow(busy)) == "");
    CHECK(of_attacks(judged_flow(digits)) == "");
    CHECK(of_attacks(judged_flow(unknown)) == "warning scanner \n");
}

TEST_CASE("a scanner that says what it is") {
    CHECK(of_attacks(judged_flow("9 > 2 OPTIONS user=100 | User-Agent: friendly-scanner")) ==
          "warning scanner-named\n");
    CHECK(of_attacks(judged_flow("9 > 2 OPTIONS user=100 | User-Agent: SoftPhone/1.0")) == "");
    CHECK(of_attacks(judged_flow("9 > 2 OPTIONS user=100 | User-Agent: sipcli/v1.8")) == "warning scanner-named\n");
    CHECK(of_attacks(judged_flow("9 > 2 OPTIONS user=100 | User-Agent: SIPClient/2.0")) == "");
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

TEST_CASE("a device with one wrong password is slow, and passwords are not what is wrong with every call") {
    const auto times = [](const std::string& method, const std::string& response, const std::string& pause,
                          const std::string& more = "") {
        std::string lines;
        for (int i = 0; i < 24; ++i)
            lines +=
                attempt(i, "user=00999" + text(i) + " after=" + pause, method, response + more, credentials("101"));
        return of_attacks(judged_flow(lines));
    };
    CHECK(times("REGISTER", "403", "500") == "warning password-guessing\n");
    CHECK(times("REGISTER", "403", "30000") == "");
    CHECK(times("INVITE", "403", "500") == "warning scanner \n");  // barred numbers
    // Two proxies on the way, the second of which asks for a password of its own (RFC 3261 22.3).
    std::string busy;
    for (int i = 0; i < 24; ++i)
        busy += "9 > 2 INVITE call=c" + text(i) + " branch=a" + text(i) + credentials("101") +
                "\n2 > 9 407 to=y call=c" + text(i) + " branch=a" + text(i) +
                " | Proxy-Authenticate: Digest realm=\"trunk\", nonce=\"n\"\n" + "9 > 2 INVITE cseq=2 call=c" +
                text(i) + " branch=b" + text(i) + credentials("101") + "\n2 > 9 486 to=y cseq=2 call=c" + text(i) +
                " branch=b" + text(i) + "\n";
    CHECK(of_attacks(judged_flow(busy)) == "");
}

TEST_CASE("the same number behind one prefix after another") {
    std::string lines;
    for (const char* prefix : {"00", "900", "000", "+", "011", "9011"})
        lines +=
            attempt(static_cast<int>(lines.size()), "user=" + std::string(prefix) + "972595123456", "INVITE", "403");
    CHECK(of_attacks(judged_flow(lines)) == "warning prefixes-tried\n");
    CHECK(of_attacks(judged_flow(lines + attempt(99, "user=810972595123456", "INVITE", "200"))) ==
          "fault prefix-found\n");
    std::string of_tel;
    for (const char* prefix : {"00", "900", "000", "+", "011"})
        of_tel += attempt(static_cast<int>(of_tel.size()),
                          "uri=tel:" + std::string(prefix) + "972595123456;phone-context=+33", "INVITE", "403");
    CHECK(of_attacks(judged_flow(of_tel)) == "warning prefixes-tried\n");
}

TEST_CASE("a number that was written in several ways, and led out each time") {
    std::string logged_in, busy;
    int i = 0;
    for (const char* prefix : {"00", "900", "000", "+", "011", "9011"}) {
        const std::string user = "user=" + std::string(prefix) + "972595123456";
        const std::string challenged = attempt(++i, user, "INVITE", "407");
        logged_in += challenged + attempt(++i, user, "INVITE", "200");
        busy += challenged + attempt(++i, user, "INVITE", "486");
    }
    CHECK(of_attacks(judged_flow(logged_in)) == "");
    CHECK(of_attacks(judged_flow(busy)) == "");
}

TEST_CASE("a flood of OPTIONS, and devices that all come back at once") {
    std::string options, registers, accepted, alone, proxied, watched, cut;
    for (int i = 0; i < 100; ++i) {
        options += attempt(i, "user=bob", "OPTIONS", "200");
        registers += attempt(i, "", "REGISTER", i % 2 == 0 ? "503" : "200");
        accepted += attempt(i, "", "REGISTER", "200");
        const std::string n = text(i);
        alone += "9 > 2 REGISTER cseq=" + n + " branch=b" + n + " after=50\n2 > 9 503 of=REGISTER cseq=" + n +
                 " branch=b" + n + " to=y after=5\n";
        proxied += "9 > 2 OPTIONS call=c" + n + " branch=p" + n + ",d" + n + "\n";
        watched += "9 > 192.0.2." + text(100 + i) + ":5060 OPTIONS call=c" + n + " branch=b" + n + "\n";
        cut += "9 > 2 REGISTER call=c" + n + " branch=b" + n + "\n";
    }
    CHECK(of_attacks(judged_flow(alone)) == "");
    CHECK(of_attacks(judged_flow(proxied)) == "");
    CHECK(of_attacks(judged_flow(watched)) == "");
    CHECK(of_attacks(judged_flow(cut)) == "");
    CHECK(of_attacks(judged_flow(cut + "9 > 3 OPTIONS call=later after=6000\n")) == "warning registration-storm\n");
    CHECK(of_attacks(judged_flow(options)) == "warning options-flood\n");
    CHECK(of_attacks(judged_flow(options, {{"options-flood.requests", 200}})) == "");
    CHECK(of_attacks(judged_flow(registers)) == "warning registration-storm\n");
    CHECK(of_attacks(judged_flow(accepted)) == "");
}

TEST_CASE("who guesses passwords is no user with a wrong one, and whoever is asked has nothing to mend") {
    const WholeJudgement whole;
    const auto guesses = [](int count) {
        const std::string asked = " | WWW-Authenticate: Digest realm=\"office\", nonce=\"n\"";
        std::string lines;
        for (int i = 0; i < count; ++i) {
            const std::string of = " call=c" + text(i) + " from=f" + text(i), n = text(i);
            lines += "9 > 2 REGISTER cseq=1 branch=a" + n + of + "\n2 > 9 401 of=REGISTER cseq=1 branch=a" + n + of +
                     " to=y" + asked + "\n9 > 2 REGISTER cseq=2 branch=b" + n + of + credentials("101") +
                     "\n2 > 9 401 of=REGISTER cseq=2 branch=b" + n + of + " to=y" + asked + "\n";
        }
        return judged_flow(lines);
    };
    CHECK(worse_than_notes(guesses(2)) == "fault challenge-refused\nfault challenge-refused\n");
    CHECK(worse_than_notes(guesses(30)) == "warning password-guessing\n");
}
