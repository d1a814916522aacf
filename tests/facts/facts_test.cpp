// facts.cpp from a few lines of data/, what is said of mistakes there, and what the program was built with.
#include "facts/facts.h"

#include <doctest/doctest.h>

#include <map>

#include "facts/generate/sources.h"
#include "support/text.h"

using namespace sipdex;
using test::picture;

namespace {

using Files = std::map<std::string, std::string>;

Files few_facts() {
    return {
        {"data/responses/486.toml", "code = 486\nphrase = \"Busy Here\"\nstatus = \"registered\"\n"},
        {"data/responses/603.toml", "code = 603\nphrase = \"Decline\"\nstatus = \"registered\"\n"},
        {"data/responses/603-network-blocked.toml", "code = 603\nphrase = \"Network Blocked\"\nstatus = \"profile\"\n"},
        {"data/methods.toml", "[INVITE]\nusage = \"invite\"\n\n[ACK]\nusage = \"none\"\n"},
        {"data/q850.toml", picture(R"(
                [[cause]]
                value = 21
                name = "Call rejected"
                [[cause]]
                value = 41
                name = "Temporary failure"
                [[from_q850]]
                cause = 21
                code = 603
                condition = "location-user"
                [[from_q850]]
                cause = 41
                code = 503
                [[response_header]]
                causes = [41]
                name = "Retry-After"
                [default_from_q850]
                code = 500
                [[to_q850]]
                code = 603
                cause = 21
                [default_to_q850]
                cause = 31
            )")},
        {"data/timers.toml", picture(R"(
                [A]
                value = "T1"
                meaning = "INVITE request retransmit interval"
                repeats = "doubles"
                reliable = "off"
                source = "RFC 3261 §17.1.1.2; RFC 3261 §8"
                [M]
                value = "64*T1"
                meaning = "how \"long\""
                section = "RFC 6026 §8.4"
                source = "RFC 6026 §7.2; RFC 6026 §8.4"
                [trying-to-invite]
                value = "200 ms"
                source = "RFC 3261 §17.2.1"
            )")}};
}

Files with(const std::string& file, const std::string& was, const std::string& is) {
    Files files = few_facts();
    std::string& text = files.at(file);
    const auto at = text.find(was);
    REQUIRE(at != std::string::npos);
    text.replace(at, was.size(), is);
    return files;
}

// facts.cpp, or what keeps it from being written.
std::string made_of(const Files& files) {
    const test::TemporaryFolder folder;
    for (const auto& [name, content] : files) folder.write(name, content);
    source::Problems problems;
    const facts::Sources sources = facts::read(folder.path(), problems);
    return problems.empty() ? facts::written(sources) : problems.printed();
}

}  // namespace

TEST_CASE("facts.cpp holds what data/ says") {
    CHECK(made_of(few_facts()) == picture(R"(
        // Generated from data/ by sipdex-facts, do not edit.
        #include "facts/facts.h"

        namespace sipdex::facts {

        std::string reason_phrase(int status) {
            switch (status) {
                case 486: return "Busy Here";
                case 603: return "Decline";
            }
            return {};
        }

        const std::vector<std::string>& registered_methods() {
            static const std::vector<std::string> methods = {
                "INVITE",
                "ACK",
            };
            return methods;
        }

        std::span<const FromQ850> from_q850() {
            static constexpr FromQ850 rows[] = {
                {21, "Call rejected", 603, Condition::location_user, false},
                {41, "Temporary failure", 503, Condition::always, true},
            };
            return rows;
        }

        std::span<const ToQ850> to_q850() {
            static constexpr ToQ850 rows[] = {
                {603, 21, Condition::always},
            };
            return rows;
        }

        int default_from_q850() { return 500; }

        int default_to_q850() { return 31; }

        std::span<const TimerRow> timers() {
            static constexpr TimerRow rows[] = {
                {"A", "initially T1", "not started", "RFC 3261 §17.1.1.2", "INVITE request retransmit interval"},
                {"M", "64*T1", "64*T1", "RFC 6026 §8.4", "how \"long\""},
            };
            return rows;
        }

        }  // namespace sipdex::facts
    )"));
}

TEST_CASE("a mistake in data/ is one sentence with its place") {
    CHECK(made_of(with("data/responses/486.toml", "phrase = \"Busy Here\"", "phrase = 486")) == picture(R"(
        data/responses/486.toml:2:10: 'phrase' must be a text, not a number
            phrase = 486
                     ^
    )"));
    CHECK(made_of(with("data/responses/486.toml", "phrase = \"Busy Here\"\n", "")) == picture(R"(
        data/responses/486.toml:1:1: 'phrase' is missing
            code = 486
            ^
    )"));
    CHECK(made_of(with("data/responses/603-network-blocked.toml", "profile", "registered")) == picture(R"(
        data/responses/603.toml:1:1: 603 is registered in another file already
            code = 603
            ^~~~
    )"));
    CHECK(made_of(with("data/q850.toml", "location-user", "location-usr")) == picture(R"(
        data/q850.toml:10:13: 'location-usr' is not a value of 'condition'; did you mean 'location-user'?
            condition = "location-usr"
                        ^~~~~~~~~~~~~~
    )"));
    CHECK(made_of(with("data/q850.toml", "code = 603\ncause = 21", "code = 603\ncause = 22")) == picture(R"(
        data/q850.toml:21:1: no cause has the value 22
            cause = 22
            ^~~~~
    )"));
    CHECK(made_of(with("data/q850.toml", "[default_to_q850]\ncause = 31\n", "")) == picture(R"(
        data/q850.toml:1:1: 'default_to_q850' is missing
            [[cause]]
            ^
    )"));
    CHECK(made_of(with("data/timers.toml", "value = \"64*T1\"", "value = 32")) == picture(R"(
        data/timers.toml:8:9: 'value' must be a text, not a number
            value = 32
                    ^
    )"));
}

TEST_CASE("a file that is not there is named") {
    Files files = few_facts();
    files.erase("data/methods.toml");
    CHECK(made_of(files) == "data/methods.toml: cannot be read\n");
}

TEST_CASE("the program knows IANA's phrases and methods") {
    CHECK(facts::reason_phrase(486) == "Busy Here");
    CHECK(facts::reason_phrase(603) == "Decline");
    CHECK(facts::reason_phrase(499) == "");
    CHECK(facts::reason_phrase(687) == "");  // historic: a draft had it
    CHECK(facts::registered_methods().size() == 14);
}
