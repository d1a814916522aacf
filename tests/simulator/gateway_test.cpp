// Gateways, and the tables of RFC 3398 behind them.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "simulator/drawing.h"
#include "simulator/q850_mapping.h"
#include "simulator/value.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// data/q850.toml, one entry of a list as "cause -> code [condition]".
std::vector<std::string> facts(const std::string& list, const std::string& from, const std::string& to) {
    std::vector<simulator::Problem> problems;
    const std::string text = content_of(std::filesystem::path(SIPDEX_SOURCE_DIR) / "data/q850.toml");
    const simulator::Value root = simulator::read_toml(text, "q850.toml", problems);
    simulator::Fields fields(root, "q850.toml", problems);
    std::vector<std::string> lines;
    for (simulator::Fields& entry : fields.tables(list))
        lines.push_back(std::to_string(entry.number(from)) + " -> " + std::to_string(entry.number(to)) + " " + entry.text_or("condition", ""));
    return lines;
}

// What Alice gets from a gateway whose ISUP side does this, and what its response adds.
std::string heard(const std::string& isup, const std::string& field = "Reason") {
    const auto recording = simulator::run(exchange_from(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "gateway"
        kind = "gateway"
        name = "gateway"
        address = "192.0.2.2"
        uri = "sip:gw.example.com"
        isup = [)" + isup + R"(]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:+12125550142@192.0.2.2;user=phone"
        hang_up_after = "1s"
        choose = "none"
    )"));
    std::string text;
    for (const auto& sent : recording.messages) {
        if (sent.to != 0 || sent.message.status == 100 || sent.message.header("CSeq")->find("INVITE") == std::string_view::npos) continue;
        text += sip::label_of(sent.message);
        if (const auto value = sent.message.header(field)) text += " / " + std::string(*value);
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a cause becomes the status that the catalog's facts name, and a status the cause") {
    std::map<int, std::string> listed;
    for (const std::string& line : facts("from_q850", "cause", "code")) {
        CAPTURE(line);
        const int cause = std::stoi(line), code = std::stoi(line.substr(line.find("->") + 3));
        const bool by_user = line.ends_with("location-user"), new_number = line.ends_with("with-diagnostic");
        if (line.ends_with("ansi-isup")) continue;      // the gateways here speak ITU's ISUP, and the code is the same
        CHECK(simulator::status_for(cause, by_user, new_number).status == code);
        listed[cause] = line;
    }
    for (const auto& row : simulator::causes()) {
        CAPTURE(row.cause);
        CHECK((listed.contains(row.cause) || row.cause == 26));
    }
    std::set<int> statuses;
    for (const std::string& line : facts("to_q850", "code", "cause")) {
        if (line.ends_with("warning-bearer-capability")) continue;
        CAPTURE(line);
        CHECK(simulator::cause_for(std::stoi(line)) == std::stoi(line.substr(line.find("->") + 3)));
        statuses.insert(std::stoi(line));
    }
    for (const auto& row : simulator::statuses()) {
        CAPTURE(row.status);
        CHECK(statuses.contains(row.status));
    }
    CHECK(simulator::status_for(99, false, false).status == 500);
    CHECK(simulator::cause_for(607) == 31);
}

TEST_CASE("a release of the telephone network ends the call with a code, and with its cause in Reason") {
    CHECK(heard(R"({ event = "release", cause = 17 })") == "486 Busy Here / Q.850;cause=17;text=\"User busy\"\n");
    CHECK(heard(R"({ event = "release", cause = 21, location = "LN" })") ==
          "403 Forbidden / Q.850;cause=21;text=\"Call rejected\";location=LN\n");
    CHECK(heard(R"({ event = "release", cause = 21, location = "U" })") ==
          "603 Decline / Q.850;cause=21;text=\"Call rejected\";location=U\n");
    CHECK(heard(R"({ event = "release", cause = 22, new_number = "+12125550143" })", "Contact") ==
          "301 Moved Permanently / <sip:+12125550143@192.0.2.2;user=phone>\n");
    CHECK(heard(R"({ event = "release", cause = 22 })", "Contact") == "410 Gone\n");
    CHECK(heard(R"({ event = "release", cause = 42, retry_after = 60 })", "Retry-After") == "503 Service Unavailable / 60\n");
    CHECK(heard(R"({ event = "release", cause = 17, retry_after = 60 })", "Retry-After") == "486 Busy Here\n");
    CHECK(heard(R"({ event = "release", cause = 99 })") == "500 Server Internal Error / Q.850;cause=99\n");
}

TEST_CASE("progress, alerting and answer of the telephone network become 183, 180 and 200") {
    CHECK(heard(R"({ after = "50ms", event = "progress" }, { after = "100ms", event = "alerting" }, { after = "1s", event = "answer" })") ==
          "183 Session Progress\n180 Ringing\n200 OK\n");
}
