// Captures that others made: as many calls as tshark finds Call-IDs, and what became of them.
#include <doctest/doctest.h>

#include <iostream>

#include "calls/calls.h"
#include "capture/answer_key.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

struct Read {
    capture::Captured captured;
    calls::Calls calls;
};

Read read(const std::string& name) {
    Read all;
    all.captured.read_file((shared_folder() / "corpus/captures" / name).string());
    all.captured.arrange();
    all.calls = calls::group(all.captured);
    return all;
}

// "call refused 603 by 192.0.2.3:5060, 9 messages"
std::string told(const Read& all) {
    std::string text;
    for (const calls::Story& one : all.calls.stories) {
        text += std::string(name_of(one.kind)) + ' ' + std::string(name_of(one.outcome));
        if (one.status != 0) text += ' ' + std::to_string(one.status);
        if (one.answered_by != calls::none) text += " by " + to_text(all.calls.parties[one.answered_by]);
        text += ", " + std::to_string(one.messages.size()) + " messages";
        if (one.repeated > 0) text += ", " + std::to_string(one.repeated) + " repeated";
        for (const calls::Fork& fork : one.forks) text += ", forked " + std::to_string(fork.branches.size());
        text += '\n';
    }
    return text;
}

}  // namespace

TEST_CASE("every capture of others has as many stories as tshark finds Call-IDs, and each message is in its place") {
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no captures beside the repository\n";
        return;
    }
    // What lacks or is damaged makes another Call-ID, or none.
    const std::map<std::string, std::size_t> ours = {
        {"derived__matustakacs__ring_decline__netmon2.cap", 0},  // not read
        // Cut at 300 octets, yet the whole line of the other Call-ID stands in two packets; tshark gives nothing of a
        // message that it could not read to its end.
        {"derived__matustakacs__ring_decline__snap300.pcap", 2},
        {"ndpi__fuzz-2006-06-26-2594.pcap", 30},  // seven more messages, see tests/capture
    };
    for (const Row& row : rows_of(content_of(shared_folder() / "corpus/captures/CAPTURES.csv"))) {
        const std::string name = row.at("file").substr(row.at("file").find('/') + 1);
        CAPTURE(name);
        const Read all = read(name);
        const auto known = ours.find(name);
        CHECK(all.calls.stories.size() == (known != ours.end() ? known->second : std::stoul(row.at("call_ids"))));
        std::size_t placed = all.calls.without_call_id.size();
        for (const calls::Story& story : all.calls.stories) {
            placed += story.messages.size();
            std::size_t in_transactions = 0;
            for (const std::size_t one : story.transactions)
                in_transactions += all.calls.transactions[one].messages.size();
            CHECK(in_transactions == story.messages.size());
        }
        CHECK(placed == all.captured.messages.size());
        // Each story can be shown as an exchange.
        for (std::size_t story = 0; story < std::min<std::size_t>(all.calls.stories.size(), 50); ++story) {
            const auto recording = recording_of(all.captured, all.calls, {story});
            CHECK(recording.messages.size() <= all.calls.stories[story].messages.size());
            CHECK(!recording.messages.empty());
        }
    }
}

TEST_CASE("what became of the calls of some captures") {
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no captures beside the repository\n";
        return;
    }
    CHECK(told(read("matustakacs__ring_decline.pcap")) ==
          "registration registered 200 by 192.168.1.131:5060, 2 messages\n"
          "call refused 603 by 192.168.1.132:54053, 10 messages\n");
    CHECK(told(read("sipnab__sip_call.pcap")) == "call ended 200 by 10.0.0.2:5060, 7 messages\n");
    CHECK(told(read("goffinet__SIP-Call-Flow-Over-TCP.pcap")) == "call ended 200 by 10.33.6.101:5060, 7 messages\n");
}
