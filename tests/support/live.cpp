#include "support/live.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <thread>

#include "simulator/engine/stage.h"
#include "simulator/kinds.h"
#include "sip/via.h"
#include "support/sockets.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

using recording::Time;
using Wall = std::chrono::steady_clock;

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
}

// The networks of RFC 5737 end in numbers that tell them apart.
void move(std::string& text, int network) {
    const std::string there = "127." + std::to_string(network) + ".";
    replace_all(text, "192.0.2.", there + "2.");
    replace_all(text, "198.51.100.", there + "100.");
    replace_all(text, "203.0.113.", there + "113.");
}

void move(source::Value& value, int network) {
    if (auto* text = std::get_if<std::string>(&value.is)) move(*text, network);
    if (auto* list = std::get_if<std::vector<source::Value>>(&value.is))
        for (source::Value& each : *list) move(each, network);
    if (auto* table = std::get_if<std::vector<source::Entry>>(&value.is))
        for (source::Entry& entry : *table) move(entry.key, network), move(entry.value, network);
}

// A program that was started, and is ended at the latest with the object.
class Program {
public:
    Program(const std::string& command, const std::filesystem::path& folder) {
        const std::string line =
            "exec " + command;  // after the fork, nothing may be allocated: there are other threads
        pid_ = fork();
        if (pid_ != 0) return;
        if (chdir(folder.c_str()) == 0) execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
        _exit(127);
    }
    ~Program() {
        if (ended()) return;
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    bool ended() {
        int status = 0;
        if (code_ < 0 && waitpid(pid_, &status, WNOHANG) == pid_)
            code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return code_ >= 0;
    }
    int code() const { return code_; }

private:
    pid_t pid_ = -1;
    int code_ = -1;
};

// Our parties with their sockets. All that arrives there comes from the one that SIPp plays.
class Stagehand {
public:
    Stagehand(const simulator::Exchange& exchange, std::size_t guest)
        : exchange_(exchange),
          guest_(guest),
          stage_(exchange, exchange.seed, [this](std::size_t to, const sip::Message& message, std::size_t from) {
              deliver(to, message, from);
          }) {
        for (std::size_t actor = 0; actor < exchange.parties.size(); ++actor) {
            Ours ours;
            if (actor != guest) {
                ours.party = simulator::kind_named(exchange.parties[actor].kind)->make(stage_, actor);
                if (!stage_.silent(actor)) {
                    ours.datagrams = datagrams_at(exchange.parties[actor].address);
                    ours.listener = listener_at(exchange.parties[actor].address);
                }
            }
            ours_.push_back(std::move(ours));
        }
        for (const simulator::ActionPlan& action : exchange.actions)
            for (std::size_t actor = 0; actor < ours_.size(); ++actor)
                if (exchange.parties[actor].id == action.party && actor != guest)
                    stage_.clock.after(action.at, [party = ours_[actor].party.get(), &action] { party->act(action); });
    }

    // From here on, virtual time passes like real time; `now` of the exchange is this moment.
    void start(Time now) { start_ = Wall::now() - now; }

    // Does what is due, then waits for messages, `patience` at most.
    bool turn(Time patience) {
        while (started() && !stage_.clock.idle() && stage_.clock.next() <= now()) stage_.clock.step();
        return listen(patience);
    }

    bool started() const { return start_ != Wall::time_point{}; }
    const recording::Recording& recording() const { return stage_.recording; }

    // What came before the clock was started, delivered at its beginning.
    void flush() {
        for (auto& [to, octets] : std::exchange(early_, {})) arrive(to, octets);
    }

private:
    struct Ours {
        std::unique_ptr<simulator::Party> party;
        Socket datagrams, listener, connection;
        std::string stream;  // what came by the connection and is no whole message yet
    };

    Time now() const { return std::chrono::duration_cast<Time>(Wall::now() - start_); }
    const simulator::Address& address_of(std::size_t actor) const { return exchange_.parties[actor].address; }

    void deliver(std::size_t to, const sip::Message& message, std::size_t from) {
        if (to != guest_) return ours_[to].party->receive(message, from);
        const auto via = sip::top_via(message);
        Ours& sender = ours_[from];
        if (!via || !sip::is_reliable(via->transport))
            return send_datagram(sender.datagrams, address_of(guest_), sip::octets_of(message));
        if (!sender.connection.open()) sender.connection = connected(address_of(from), address_of(guest_));
        send_all(sender.connection, sip::octets_of(message));
    }

    // A message that came in goes over the network of the exchange, with its delays and losses.
    void arrive(std::size_t to, const std::string& octets) {
        if (!started()) return void(early_.emplace_back(to, octets));
        const sip::Parsed parsed = sip::parse(octets);
        if (!parsed.message) return;
        const auto via = sip::top_via(*parsed.message);
        stage_.clock.after(std::max(Time{}, now() - stage_.clock.now()),
                           [this, to, message = *parsed.message, transport = via ? via->transport : "UDP"] {
                               stage_.network.send(guest_, to, message, "", transport);
                           });
    }

    bool listen(Time patience) {
        std::vector<pollfd> polled;
        std::vector<std::pair<std::size_t, Socket Ours::*>> sources;
        for (std::size_t actor = 0; actor < ours_.size(); ++actor)
            for (Socket Ours::*const source : {&Ours::datagrams, &Ours::listener, &Ours::connection})
                if ((ours_[actor].*source).open()) {
                    polled.push_back({(ours_[actor].*source).descriptor(), POLLIN, 0});
                    sources.emplace_back(actor, source);
                }
        if (started() && !stage_.clock.idle()) patience = std::clamp(stage_.clock.next() - now(), Time{}, patience);
        poll(polled.data(), polled.size(), static_cast<int>((patience.count() + 999) / 1000));
        bool any = false;
        for (std::size_t i = 0; i < polled.size(); ++i)
            if (polled[i].revents != 0) any = read(sources[i].first, sources[i].second) || any;
        return any;
    }

    bool read(std::size_t actor, Socket Ours::*source) {
        Ours& ours = ours_[actor];
        if (source == &Ours::listener) {
            ours.connection = accepted(ours.listener);
            return false;
        }
        const auto octets = read_some(ours.*source);
        if (!octets) {
            if (source == &Ours::connection) ours.connection = Socket();
            return false;
        }
        if (source == &Ours::datagrams) return arrive(actor, *octets), true;
        ours.stream += *octets;
        while (const auto message = take_message(ours.stream)) arrive(actor, *message);
        return true;
    }

    const simulator::Exchange& exchange_;
    std::size_t guest_;
    simulator::Stage stage_;
    std::vector<Ours> ours_;
    std::vector<std::pair<std::size_t, std::string>> early_;
    Wall::time_point start_{};
};

}  // namespace

simulator::Exchange on_loopback(simulator::Exchange exchange, int network, const std::string& transport) {
    for (simulator::PartyPlan& party : exchange.parties)
        move(party.address.host, network), move(party.options, network);
    for (simulator::ActionPlan& action : exchange.actions) move(action.options, network);
    exchange.network.transport = transport;
    for (auto& link : exchange.network.links) link.transport = transport;
    return exchange;
}

Played play_with_sipp(const simulator::Exchange& exchange, std::size_t party, const std::string& scenario,
                      const std::string& arguments, recording::Time longest) {
    constexpr Time moment = std::chrono::milliseconds(20);
    const simulator::Address& address = exchange.parties[party].address;
    const bool stream = sip::is_reliable(exchange.network.transport);
    const recording::Recording expected = simulator::run(exchange);
    const recording::Transmission& first = expected.messages.front();

    const TemporaryFolder folder;
    folder.write("scenario.xml", scenario);
    Stagehand stage(exchange, party);
    Played played;
    {
        Program sipp("env TERM=dumb sipp -sf scenario.xml -m 1 -nostdin -t " + std::string(stream ? "t1" : "u1") +
                         " -i " + address.host + " -p " + std::to_string(address.port) +
                         " -trace_err -error_file errors.txt " + arguments + " >screen.txt 2>stderr.txt </dev/null",
                     folder.path());
        const Wall::time_point end = Wall::now() + longest;
        while (!sipp.ended() && Wall::now() < end) {
            if (!stage.started() && first.from != party && is_taken(address, stream)) stage.start(Time{});
            if (stage.turn(moment) && !stage.started()) stage.start(first.sent), stage.flush();
        }
        stage.turn(moment);  // its last message
        played.code = sipp.code();
    }
    for (const char* file : {"errors.txt", "stderr.txt"})
        if (std::filesystem::exists(folder.path() / file)) played.log += content_of(folder.path() / file);
    played.recording = stage.recording();
    return played;
}

}  // namespace sipdex::test
