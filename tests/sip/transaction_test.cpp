#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "facts/facts.h"
#include "sip/timers.h"
#include "sip/transaction.h"
#include "sip/transaction_key.h"
#include "support/text.h"

using namespace sipdex::sip;
using sipdex::test::picture;

namespace {

// Runs one transaction through a script of events, "milliseconds event" a line, and tells what it did when.
// An event is a status that is received or sent by the user, "request", "ACK", or "error" of the transport;
// "end" turns the clock on.
class Run {
public:
    Run(Machine machine, bool reliable) : machine_(machine), reliable_(reliable) {}

    std::string play(const std::string& script) {
        std::istringstream in(script);
        std::string event;
        for (long at = 0; in >> at >> event;) {
            let_fire_until(std::chrono::milliseconds(at));
            now_ = std::chrono::milliseconds(at);
            if (event != "end") happen(event_called(event), event);
        }
        return told_.str();
    }

    std::set<const Row*> rows;  // all that were gone through

private:
    bool is_client() const { return machine_ == Machine::invite_client || machine_ == Machine::non_invite_client; }

    Event event_called(const std::string& name) const {
        if (name == "request") return is_client() ? Event::request_from_user : Event::request_received;
        if (name == "ACK") return Event::ack_received;
        if (name == "error") return Event::transport_error;
        return is_client() ? received(machine_, std::stoi(name)) : sent_by_user(machine_, std::stoi(name));
    }

    void let_fire_until(Duration end) {
        for (;;) {
            auto next = running_.end();
            for (auto timer = running_.begin(); timer != running_.end(); ++timer)
                if (timer->second.due <= end && (next == running_.end() || timer->second.due < next->second.due))
                    next = timer;
            if (next == running_.end()) return;
            const Timer timer = next->first;
            now_ = next->second.due;
            last_ = next->second.lasts;
            running_.erase(next);
            happen(fired(timer), "timer " + std::string(name_of(timer)));
        }
    }

    void happen(Event event, const std::string& name) {
        told_ << std::chrono::duration_cast<std::chrono::milliseconds>(now_).count() << " " << name << ":";
        const Row* const row = step(machine_, state_, event);
        if (!row) {
            told_ << " dropped\n";
            return;
        }
        rows.insert(row);
        state_ = row->next;
        told_ << " " << name_of(state_);
        for (const Action& action : row->actions) {
            if (action.unreliable_only && reliable_) continue;
            carry_out(action);
            if (!action.timer) told_ << ", " << name_of(action);
        }
        told_ << "\n";
    }

    void carry_out(const Action& action) {
        if (action.kind == Action::Kind::destroy) running_.clear();
        if (!action.timer) return;
        if (action.kind == Action::Kind::stop_timer) {
            running_.erase(*action.timer);
        } else {
            const Duration lasts = value_for(action, last_, reliable_);
            running_[*action.timer] = {now_ + lasts, lasts};
        }
    }

    struct Running {
        Duration due, lasts;
    };
    Machine machine_;
    bool reliable_;
    State state_ = State::none;
    Duration now_{}, last_{};
    std::map<Timer, Running> running_;
    std::ostringstream told_;
};

std::string told(Machine machine, const std::string& script) { return Run(machine, false).play(script); }
std::string told_over_tcp(Machine machine, const std::string& script) { return Run(machine, true).play(script); }

std::string line_of(const Row& row) {
    std::string line(name_of(row.state));
    line.append(" | ").append(name_of(row.event)).append(" | ").append(name_of(row.next)).append(" |");
    for (const Action& action : row.actions) line.append(" ").append(name_of(action)).append(";");
    return line.append(" | ").append(row.section);
}

}  // namespace

TEST_CASE("an INVITE that nobody answers is sent seven times over UDP and given up after 32 s") {
    CHECK(told(Machine::invite_client, "0 request 60000 end") == picture(R"(
        0 request: Calling, send request
        500 timer A: Calling, retransmit request
        1500 timer A: Calling, retransmit request
        3500 timer A: Calling, retransmit request
        7500 timer A: Calling, retransmit request
        15500 timer A: Calling, retransmit request
        31500 timer A: Calling, retransmit request
        32000 timer B: Terminated, inform TU of timeout, destroy transaction
    )"));
    CHECK(told_over_tcp(Machine::invite_client, "0 request 60000 end") == picture(R"(
        0 request: Calling, send request
        32000 timer B: Terminated, inform TU of timeout, destroy transaction
    )"));
}

TEST_CASE("a 180 stops the retransmissions, and a 486 is acknowledged as often as it comes") {
    CHECK(told(Machine::invite_client, "0 request 600 180 4000 486 4500 486 5000 200 60000 end") == picture(R"(
        0 request: Calling, send request
        500 timer A: Calling, retransmit request
        600 180: Proceeding, pass to TU
        4000 486: Completed, send ACK, pass to TU
        4500 486: Completed, retransmit ACK
        5000 200: dropped
        36000 timer D: Terminated, destroy transaction
    )"));
    CHECK(told_over_tcp(Machine::invite_client, "0 request 100 486 200 end") == picture(R"(
        0 request: Calling, send request
        100 486: Completed, send ACK, pass to TU
        100 timer D: Terminated, destroy transaction
    )"));
}

TEST_CASE("every 2xx to an INVITE reaches the user for 32 s") {
    CHECK(told(Machine::invite_client, "0 request 100 200 600 200 700 180 33000 200") == picture(R"(
        0 request: Calling, send request
        100 200: Accepted, pass to TU
        600 200: Accepted, pass to TU
        700 180: dropped
        32100 timer M: Terminated, destroy transaction
        33000 200: dropped
    )"));
}

TEST_CASE("a REGISTER is sent again with intervals up to 4 s, and every 4 s after a 1xx") {
    CHECK(told(Machine::non_invite_client, "0 request 18000 100 24000 200 24100 200 60000 end") == picture(R"(
        0 request: Trying, send request
        500 timer E: Trying, retransmit request
        1500 timer E: Trying, retransmit request
        3500 timer E: Trying, retransmit request
        7500 timer E: Trying, retransmit request
        11500 timer E: Trying, retransmit request
        15500 timer E: Trying, retransmit request
        18000 100: Proceeding, pass to TU
        19500 timer E: Proceeding, retransmit request
        23500 timer E: Proceeding, retransmit request
        24000 200: Completed, pass to TU
        24100 200: Completed
        29000 timer K: Terminated, destroy transaction
    )"));
    CHECK(told(Machine::non_invite_client, "0 request 100 100 9000 end") == picture(R"(
        0 request: Trying, send request
        100 100: Proceeding, pass to TU
        500 timer E: Proceeding, retransmit request
        4500 timer E: Proceeding, retransmit request
        8500 timer E: Proceeding, retransmit request
    )"));
}

TEST_CASE("a 486 is sent again until the ACK comes, or for 32 s") {
    CHECK(told(Machine::invite_server, "0 request 10 180 400 request 1000 486 2600 ACK 2700 ACK 60000 end") ==
          picture(R"(
        0 request: Proceeding, pass to TU, send 100 if TU won't in 200 ms
        10 180: Proceeding, send response
        400 request: Proceeding, retransmit response
        1000 486: Completed, send response
        1500 timer G: Completed, retransmit response
        2500 timer G: Completed, retransmit response
        2600 ACK: Confirmed
        2700 ACK: Confirmed
        7600 timer I: Terminated, destroy transaction
    )"));
    CHECK(told(Machine::invite_server, "0 request 0 486 60000 end") == picture(R"(
        0 request: Proceeding, pass to TU, send 100 if TU won't in 200 ms
        0 486: Completed, send response
        500 timer G: Completed, retransmit response
        1500 timer G: Completed, retransmit response
        3500 timer G: Completed, retransmit response
        7500 timer G: Completed, retransmit response
        11500 timer G: Completed, retransmit response
        15500 timer G: Completed, retransmit response
        19500 timer G: Completed, retransmit response
        23500 timer G: Completed, retransmit response
        27500 timer G: Completed, retransmit response
        31500 timer G: Completed, retransmit response
        32000 timer H: Terminated, inform TU of timeout, destroy transaction
    )"));
    CHECK(told_over_tcp(Machine::invite_server, "0 request 0 486 9000 ACK 9000 end") == picture(R"(
        0 request: Proceeding, pass to TU, send 100 if TU won't in 200 ms
        0 486: Completed, send response
        9000 ACK: Confirmed
        9000 timer I: Terminated, destroy transaction
    )"));
}

TEST_CASE("after a 2xx the INVITE is absorbed while the user repeats its answer") {
    CHECK(told(Machine::invite_server, "0 request 100 200 300 request 600 200 700 ACK 800 486 40000 end") == picture(R"(
        0 request: Proceeding, pass to TU, send 100 if TU won't in 200 ms
        100 200: Accepted, send response
        300 request: Accepted
        600 200: Accepted, send response
        700 ACK: Accepted, pass to TU
        800 486: dropped
        32100 timer L: Terminated, destroy transaction
    )"));
}

TEST_CASE("the answer to a non-INVITE request is kept for its retransmissions") {
    CHECK(told(Machine::non_invite_server, "0 request 500 request 600 200 1500 request 1600 500 60000 end") ==
          picture(R"(
        0 request: Trying, pass to TU
        500 request: Trying
        600 200: Completed, send response
        1500 request: Completed, retransmit response
        1600 500: Completed
        32600 timer J: Terminated, destroy transaction
    )"));
}

TEST_CASE("a transport error ends a client transaction, but not a server's") {
    CHECK(told(Machine::invite_client, "0 request 1 error") == picture(R"(
        0 request: Calling, send request
        1 error: Terminated, inform TU of transport error, destroy transaction
    )"));
    CHECK(told(Machine::invite_server, "0 request 1 486 2 error") == picture(R"(
        0 request: Proceeding, pass to TU, send 100 if TU won't in 200 ms
        1 486: Completed, send response
        2 error: Completed, inform TU of transport error
    )"));
}

TEST_CASE("every row of every table is gone through by some course of events") {
    const std::map<Machine, std::vector<std::string>> courses = {
        {Machine::invite_client,
         {"0 request 60000 end", "0 request 1 error", "0 request 1 180 2 183 3 200 4 200 60000 end", "0 request 1 200",
          "0 request 1 404 2 404 60000 end", "0 request 1 180 2 603 3 error"}},
        {Machine::non_invite_client,
         {"0 request 60000 end", "0 request 1 error", "0 request 1 100 60000 end", "0 request 1 100 2 error",
          "0 request 1 100 2 100 3 200 4 200 60000 end", "0 request 1 404"}},
        {Machine::invite_server,
         {"0 request 1 error 2 180 3 request 4 486 5 request 6 error 1000 ACK 1001 ACK 60000 end",
          "0 request 1 600 60000 end", "0 request 1 200 2 request 3 ACK 4 200 5 error 60000 end"}},
        {Machine::non_invite_server,
         {"0 request 1 request 2 100 3 request 4 100 5 error 6 200 7 request 8 200 9 error 60000 end",
          "0 request 1 200"}}};
    for (const Machine machine : machines) {
        std::set<const Row*> reached;
        for (const std::string& course : courses.at(machine)) {
            Run run(machine, false);
            run.play(course);
            reached.merge(run.rows);
        }
        for (const Row& row : table_of(machine)) CHECK_MESSAGE(reached.contains(&row), line_of(row));
    }
}

TEST_CASE("no state has two rows for one event, and only Terminated is final") {
    for (const Machine machine : machines) {
        for (const Row& row : table_of(machine)) {
            CHECK_MESSAGE(step(machine, row.state, row.event) == &row, line_of(row));
            CHECK_MESSAGE(row.state != State::terminated, line_of(row));
            const bool destroys = std::any_of(row.actions.begin(), row.actions.end(), [](const Action& action) {
                return action.kind == Action::Kind::destroy;
            });
            CHECK_MESSAGE(destroys == (row.next == State::terminated), line_of(row));
        }
    }
}

TEST_CASE("the tables read as those of RFC 3261 and RFC 6026") {
    std::string text;
    for (const Machine machine : machines) {
        text.append(text.empty() ? "" : "\n").append(name_of(machine)).append("\n");
        for (const Row& row : table_of(machine)) text += line_of(row) + "\n";
    }
    text += "\ntimers\n";
    for (const sipdex::facts::TimerRow& row : sipdex::facts::timers())
        text.append(row.name)
            .append(" | ")
            .append(row.unreliable)
            .append(" | ")
            .append(row.reliable)
            .append(" | ")
            .append(row.section)
            .append(" | ")
            .append(row.meaning)
            .append("\n");
    CHECK(sipdex::test::difference_from_expected("sip/transactions.txt", text) == "");
}

TEST_CASE("timers last as table 4 says") {
    using namespace std::chrono_literals;
    CHECK(first_value(Timer::B, false) == 32s);
    CHECK(first_value(Timer::C, false) > 3min);
    CHECK(first_value(Timer::D, false) == 32s);
    CHECK(first_value(Timer::D, true) == 0s);
    CHECK(first_value(Timer::I, false) == 5s);
    CHECK(first_value(Timer::J, true) == 0s);
    CHECK(first_value(Timer::L, true) == 32s);
    BaseTimes slow;
    slow.t1 = 2s;
    CHECK(first_value(Timer::A, false, slow) == 2s);
    CHECK(first_value(Timer::D, false, slow) == 32s);
    CHECK(first_value(Timer::M, false, slow) == 128s);
    CHECK_THROWS_AS(fired(Timer::C), std::invalid_argument);
}

TEST_CASE("methods choose their machines") {
    CHECK(client_machine("INVITE") == Machine::invite_client);
    CHECK(client_machine("BYE") == Machine::non_invite_client);
    CHECK(server_machine("ACK") == Machine::invite_server);
    CHECK(server_machine("CANCEL") == Machine::non_invite_server);
}

namespace {

Message message_of(const std::string& head, const std::string& via, const std::string& cseq,
                   const std::string& to = "<sip:b@h>") {
    const Parsed parsed = parse(head + "\r\nVia: " + via + "\r\nFrom: <sip:a@h>;tag=1\r\nTo: " + to +
                                "\r\nCall-ID: c\r\nCSeq: " + cseq + "\r\n\r\n");
    REQUIRE(parsed.message);
    return *parsed.message;
}

}  // namespace

TEST_CASE("a response finds the request with its branch and method") {
    const std::string via = "SIP/2.0/UDP h;branch=z9hG4bK1";
    const auto invite = client_key(message_of("INVITE sip:b@h SIP/2.0", via, "1 INVITE"));
    REQUIRE(invite);
    CHECK(client_key(message_of("SIP/2.0 486 Busy Here", via + ";received=192.0.2.1", "1 INVITE")) == invite);
    CHECK(client_key(message_of("SIP/2.0 200 OK", via, "1 CANCEL")) != invite);
    CHECK(client_key(message_of("SIP/2.0 200 OK", "SIP/2.0/UDP h;branch=z9hG4bK2", "1 INVITE")) != invite);
    CHECK_FALSE(client_key(message_of("SIP/2.0 200 OK", "SIP/2.0/UDP h", "1 INVITE")));
}

TEST_CASE("a request finds its transaction by branch, sent-by and method, and an ACK that of the INVITE") {
    const std::string via = "SIP/2.0/UDP pc.example.com;branch=z9hG4bK1";
    const Message invite = message_of("INVITE sip:b@h SIP/2.0", via, "1 INVITE");
    const auto key = server_key(invite);
    REQUIRE(key);
    CHECK(server_key(message_of("ACK sip:b@h SIP/2.0", via, "1 ACK", "<sip:b@h>;tag=2")) == key);
    CHECK(server_key(message_of("INVITE sip:b@h SIP/2.0", "SIP/2.0/UDP PC.example.com:5060;branch=z9hG4bK1",
                                "1 INVITE")) == key);
    CHECK(server_key(message_of("INVITE sip:b@h SIP/2.0", "SIP/2.0/UDP other.example.com;branch=z9hG4bK1",
                                "1 INVITE")) != key);
    CHECK(server_key(message_of("ACK sip:b@h SIP/2.0", "SIP/2.0/UDP pc.example.com;branch=z9hG4bK9", "1 ACK")) != key);
    const Message cancel = message_of("CANCEL sip:b@h SIP/2.0", via, "1 CANCEL");
    CHECK(server_key(cancel) != key);
    CHECK(cancelled_key(cancel) == key);
}

TEST_CASE("without the magic cookie the rules of RFC 2543 match") {
    const std::string via = "SIP/2.0/UDP h;branch=1";
    const auto key = server_key(message_of("INVITE sip:b@h SIP/2.0", via, "1 INVITE"));
    REQUIRE(key);
    CHECK(server_key(message_of("ACK sip:b@h SIP/2.0", via, "1 ACK", "<sip:b@h>;tag=2")) == key);
    CHECK(server_key(message_of("INVITE sip:b@h SIP/2.0", via, "2 INVITE")) != key);
    CHECK(server_key(message_of("INVITE sip:c@h SIP/2.0", via, "1 INVITE")) != key);
    CHECK(server_key(message_of("BYE sip:b@h SIP/2.0", via, "3 BYE", "<sip:b@h>;tag=2")) !=
          server_key(message_of("BYE sip:b@h SIP/2.0", via, "3 BYE", "<sip:b@h>;tag=3")));
}
