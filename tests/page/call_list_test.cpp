// The calls of what somebody brought: looked through, set beside each other, shared.
#include "page/call_list.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "page/beside.h"
#include "page/call_id.h"
#include "page/explained.h"
#include "page/redacted.h"
#include "recording/pcap.h"
#include "support/text.h"

using namespace sipdex;
using page::CallChoice;
using By = CallChoice::By;
using test::TemporaryFolder;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

const language::Words& english() {
    static const language::Words words("en");
    return words;
}

page::Reader reader() { return {real(), english()}; }

page::Replay run_of(const std::string& exchange) {
    auto replay = page::replay(reader(), exchange);
    REQUIRE(replay);
    return std::move(*replay);
}

// The messages of exchanges as a log has them.
std::string log_of(const std::vector<std::string>& exchanges) {
    std::string text;
    for (const std::string& exchange : exchanges)
        for (const auto& message : run_of(exchange).recording.messages)
            if (message.received) text += message.octets() + "\r\n";
    return text;
}

page::HandedIn pasted(const std::vector<std::string>& exchanges) {
    return {"pasted:1", std::make_shared<const std::string>(log_of(exchanges))};
}

// A busy phone, a registration and a call that is answered, in this order.
page::Brought three() {
    return page::bring(page::means_of(reader()), {pasted({"486-busy", "401-register", "200-basic-call"})});
}

// "1 3": the numbers of the calls that a choice leaves, in its order.
std::string left(const page::Brought& brought, const std::string& words, By by = By::time, bool down = false) {
    const auto list = page::call_list(brought);
    CallChoice choice;
    choice.words = words;
    choice.by = by;
    choice.down = down;
    std::string numbers;
    for (const std::size_t at : page::chosen(list, choice))
        numbers += (numbers.empty() ? "" : " ") + std::to_string(list[at].story + 1);
    return numbers;
}

}  // namespace

TEST_CASE("the list of calls is narrowed by number, code, method, name and Call-ID, and every word must be found") {
    const page::Brought brought = three();
    REQUIRE(brought.calls.stories.size() == 3);
    CHECK(left(brought, "") == "1 2 3");
    CHECK(left(brought, "3") == "3");
    CHECK(left(brought, "486") == "1");
    CHECK(left(brought, "401") == "2");
    CHECK(left(brought, "regis") == "2");
    CHECK(left(brought, "INVITE") == "1 3");
    CHECK(left(brought, "invite 200") == "3");
    CHECK(left(brought, "ALICE") == left(brought, "alice"));
    const std::string id(brought.calls.stories[1].call_id);
    CHECK(left(brought, id) == "2");
    CHECK(left(brought, id.substr(0, 6)) == "2");
    CHECK(left(brought, "nobody-here") == "");
}

TEST_CASE("the list of calls is sorted either way, and equal ones stay in the order of time") {
    const page::Brought brought = three();
    CHECK(left(brought, "", By::time, true) == "3 2 1");
    CHECK(left(brought, "", By::outcome) == "3 1 2");
    const std::string up = left(brought, "", By::caller), down = left(brought, "", By::caller, true);
    CHECK(up != "");
    CHECK(down != "");
    // A log without times knows no duration: all are equal.
    CHECK(left(brought, "", By::duration) == "1 2 3");
}

TEST_CASE("the gravest come first, and those without a finding can be left out") {
    const page::Brought brought =
        page::bring(page::means_of(reader()), {pasted({"486-busy", "200-ack-lost", "200-basic-call"})});
    CHECK(left(brought, "", By::gravity) == "2 1 3");
    CallChoice choice;
    choice.with_findings = true;
    const auto list = page::call_list(brought);
    CHECK(page::chosen(list, choice) == std::vector<std::size_t>{1});
    const page::CallLine line = page::line_of(reader(), brought, list[1]);
    CHECK(line.finding.starts_with("Fault: "));
    CHECK(line.time == "");  // the log has none
    CHECK(page::line_of(reader(), brought, list[0]).finding == "");
    CHECK(page::line_of(reader(), brought, list[0]).outcome == "486 Busy Here");
}

TEST_CASE("a capture tells when a call began and how long it took") {
    const TemporaryFolder folder;
    const std::string file = folder.write("call.pcap", recording::pcap_of(run_of("200-basic-call").recording)).string();
    const page::Brought brought = page::bring(page::means_of(reader()), {page::HandedIn(file)});
    const auto list = page::call_list(brought);
    REQUIRE(list.size() == 1);
    const page::CallLine line = page::line_of(reader(), brought, list[0]);
    CHECK(line.time.size() == std::string_view("14:02:11.480").size());
    CHECK(line.duration.ends_with(" s"));
    CHECK(list[0].lasted.count() > 0);
}

TEST_CASE("one message or one call is no log; several calls are") {
    const page::Means means = page::means_to_share(reader());
    const auto& messages = run_of("486-busy").recording.messages;
    CHECK_FALSE(page::is_log_of_calls(means, messages.front().octets()));
    CHECK_FALSE(page::is_log_of_calls(means, log_of({"486-busy"})));
    CHECK(page::is_log_of_calls(means, log_of({"486-busy", "401-register"})));
    CHECK_FALSE(page::is_log_of_calls(means, "nothing of SIP\nin these lines\n"));
}

TEST_CASE("pasted text is called so") {
    const page::Brought brought = three();
    CHECK(page::explained(reader(), brought).title == "What the pasted text shows");
}

TEST_CASE("the id of a call is read as it is written, and nothing else is one") {
    CHECK(page::call_id(2) == "call/3");
    CHECK(page::call_of("call/3") == std::size_t(2));
    for (const char* id :
         {"call/0", "call/", "call/x", "call/3x", "486-busy", "", "call/-1", "call/99999999999999999999"})
        CHECK_FALSE(page::call_of(id));
}

TEST_CASE("two calls beside each other: the first message that is another, or goes another way") {
    const page::Replay busy = run_of("486-busy"), answered = run_of("200-basic-call");
    CHECK_FALSE(page::first_difference(reader(), busy, busy));
    const auto difference = page::first_difference(reader(), busy, answered);
    REQUIRE(difference);
    const std::string words = document::words_of(difference->words);
    CHECK(words.starts_with("Exchange 486-busy: "));
    CHECK(words.find("Exchange 200-basic-call: ") != std::string::npos);
    // What comes before is the same in both.
    const auto label = [](const page::Replay& replay, std::size_t at) {
        const auto& message = replay.recording.messages[at].message;
        return message.is_request() ? message.method : std::to_string(message.status);
    };
    CHECK(difference->as_it_is == difference->changed);
    for (std::size_t at = 0; at < difference->as_it_is; ++at) CHECK(label(busy, at) == label(answered, at));
    CHECK(label(busy, difference->as_it_is) != label(answered, difference->changed));
}

TEST_CASE("a capture of an exchange takes the same course as the exchange") {
    const TemporaryFolder folder;
    const page::Replay exchange = run_of("486-busy");
    const std::string file = folder.write("busy.pcap", recording::pcap_of(exchange.recording)).string();
    const page::Brought brought = page::bring(page::means_of(reader()), {page::HandedIn(file)});
    const page::Replay call = page::call_replay(reader(), brought, {0});
    CHECK_FALSE(page::first_difference(reader(), call, exchange));
    const document::Document page = page::beside(reader(), call, exchange);
    CHECK(page.title == "Call 1 and Exchange 486-busy side by side");
    CHECK(document::words_of(page.summary).starts_with("Both hold the same messages"));
    CHECK(page.sections.size() == 2);
}

TEST_CASE("what happens within a call that runs is told as that, and numbered as in its capture") {
    // A new INVITE of the call that another message comes before, and its refusal.
    const auto message = [](const std::string& first, const std::string& to_tag, const std::string& call,
                            const std::string& cseq, const std::string& branch) {
        return first + "\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + branch +
               "\r\nFrom: <sip:a@192.0.2.1>;tag=1\r\n" + "To: <sip:b@192.0.2.2>" + to_tag + "\r\nCall-ID: " + call +
               "\r\nCSeq: " + cseq + "\r\nContent-Length: 0\r\n\r\n";
    };
    const std::string log = message("OPTIONS sip:b@192.0.2.2 SIP/2.0", "", "check", "1 OPTIONS", "o") +
                            message("INVITE sip:b@192.0.2.2 SIP/2.0", ";tag=2", "call", "2 INVITE", "i") +
                            message("SIP/2.0 200 OK", ";tag=2", "call", "2 INVITE", "i") +
                            message("INVITE sip:b@192.0.2.2 SIP/2.0", ";tag=2", "call", "3 INVITE", "j") +
                            message("SIP/2.0 488 Not Acceptable Here", ";tag=2", "call", "3 INVITE", "j") +
                            message("INFO sip:b@192.0.2.2 SIP/2.0", ";tag=2", "call", "4 INFO", "k") +
                            message("SIP/2.0 403 Forbidden", ";tag=2", "call", "4 INFO", "k");
    const page::Brought brought =
        page::bring(page::means_of(reader()), {{"pasted:1", std::make_shared<const std::string>(log)}});
    const page::Replay call = page::call_replay(reader(), brought, {1});
    std::string told;
    for (std::size_t i = 0; i < call.narration.size(); ++i)
        told += std::to_string(number_of(call.recording, i)) + " " + document::words_of(call.narration[i].what) + "\n";
    CHECK(told ==
          "2 A new INVITE within the call changes it, or keeps it alive.\n"
          "3 The other side agrees to what the new INVITE asks for.\n"
          "4 A new INVITE within the call changes it, or keeps it alive.\n"
          "5 The new INVITE is refused.\n"
          "6 One side sends something that goes with the call, a dialled digit for example.\n"
          "7 The request is refused.\n");
    const page::Replay setup = run_of("486-busy");
    CHECK(document::words_of(setup.narration.front().what).find("within the call") == std::string::npos);
}

TEST_CASE("a course that ends before the other says with what the other goes on") {
    const page::Replay whole = run_of("486-busy");
    page::Replay cut = whole;
    cut.id = page::call_id(0);
    cut.recording.messages.pop_back();
    const auto difference = page::first_difference(reader(), cut, whole);
    REQUIRE(difference);
    CHECK(document::words_of(difference->words).starts_with("Call 1 ends there; Exchange 486-busy: ACK from "));
    CHECK(difference->as_it_is == cut.recording.messages.size());
}

TEST_CASE("changed thresholds are told on the page, with a link where it can be followed") {
    const page::Means means = page::means_to_share(reader());
    findings::Thresholds set;
    REQUIRE(page::set_threshold(*means.rules, "challenge-loop.attempts=5", &set));
    const page::Brought brought = page::bring(means, {pasted({"486-busy", "401-register"})}, set);
    const document::Document page = page::explained(reader(), brought, {{}, true, false, false});
    const auto section = std::ranges::find(page.sections, "thresholds", &document::Section::id);
    REQUIRE(section != page.sections.end());
    const auto& items = std::get<document::List>(section->blocks.front()).items;
    CHECK(document::words_of(items.front().text) == "Again and again without success: attempts 5 instead of 3");
    CHECK(std::ranges::none_of(page.sections, [](const auto& one) { return one.id == "calls"; }));
    const page::Brought usual = page::bring(means, {pasted({"486-busy", "401-register"})});
    const document::Document listed = page::explained(reader(), usual);
    CHECK(std::ranges::none_of(listed.sections, [](const auto& one) { return one.id == "thresholds"; }));
    CHECK(std::ranges::any_of(listed.sections, [](const auto& one) { return one.id == "calls"; }));
}

TEST_CASE("every threshold has a name in words, and its value a unit, in every language") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader in_language{real(), words};
        for (const catalog::FindingRule& rule : real().finding_rules())
            for (const auto& one : rule.thresholds) {
                INFO(tag << " " << rule.id << "." << one.name);
                // Words of one language may be the very name in another.
                const std::string called = page::threshold_name(in_language, one.name);
                CHECK(called.find('_') == std::string::npos);
                CHECK((called != one.name || in_language.language() == "en"));
                const bool measured = one.name.find_first_of('_') != std::string::npos || one.name == "seconds" ||
                                      one.name == "minutes" || one.name == "percent" || one.name == "octets";
                CHECK((page::threshold_value(in_language, one.name, 1234).find_first_not_of("0123456789,.\u202f") !=
                       std::string::npos) == measured);
            }
    }
    CHECK(page::threshold_value(reader(), "seconds", 5) == "5\u00a0s");
}

TEST_CASE("a copy to share is written beside the original, never over what is read, and can be given up") {
    const TemporaryFolder folder;
    const page::Means means = page::means_to_share(reader());
    const std::string file = folder.write("busy.pcap", recording::pcap_of(run_of("486-busy").recording)).string();
    const std::string name = page::name_for_shared(file);
    CHECK(std::filesystem::path(name).filename() == "busy-shared.pcapng");
    const page::Redacted onto = page::write_redacted({page::HandedIn(file)}, file, means);
    CHECK(onto.end == page::Redacted::End::onto);
    const page::Redacted stopped = page::write_redacted({page::HandedIn(file)}, name, means, {}, [] { return false; });
    CHECK(stopped.end == page::Redacted::End::stopped);
    CHECK_FALSE(std::filesystem::exists(name));
    const page::Redacted written = page::write_redacted({page::HandedIn(file)}, name, means);
    REQUIRE(written.written());
    CHECK(written.outcome.messages == 7);
    CHECK(page::told(english(), written, name).front().starts_with(name + " holds 7 messages"));
    CHECK(test::content_of(name).find("alice") == std::string::npos);
    CHECK(std::filesystem::path(page::name_for_shared(file)).filename() == "busy-shared-2.pcapng");
    const page::Redacted text = page::write_redacted({pasted({"486-busy"})}, name, means);
    CHECK(text.written());
    const page::Redacted nothing =
        page::write_redacted({page::HandedIn(folder.write("no.txt", "no SIP\n").string())}, name, means);
    CHECK(nothing.end == page::Redacted::End::nothing);
    const page::Redacted missing = page::write_redacted({page::HandedIn("/nowhere/x.pcap")}, name, means);
    CHECK(missing.end == page::Redacted::End::unreadable);
}
