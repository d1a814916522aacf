#include "redact/redact.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <unordered_set>

#include "calls/calls.h"
#include "capture/redacted.h"
#include "redact/media.h"
#include "redact/pcapng.h"
#include "redact/pseudonyms.h"
#include "redact/rewriter.h"
#include "redact/wire.h"

namespace sipdex::redact {

namespace {

using capture::Address;
using capture::Captured;
using capture::Time;

// Logs without a date begin on this day: 2000-01-01 UTC.
constexpr Time some_day = std::chrono::seconds(946684800);
constexpr std::uint16_t sip_port = 5060, discard_port = 9;       // RFC 863
constexpr Time between_messages = std::chrono::milliseconds(1);  // of logs that tell no time, as calls.h has it

std::uint64_t drawn_by_lot() {
    std::random_device dice;
    return static_cast<std::uint64_t>(dice()) << 32 | dice();
}

// Media that count as such, silenced and with pseudonyms, in the order of their file.
class Media : public capture::Listener {
public:
    Media(const Captured& captured, Pseudonyms& names, Spool& spool, Time ahead)
        : names_(names), spool_(spool), ahead_(ahead) {
        for (const capture::MediaFlow& flow : captured.flows)
            flows_.emplace(capture::Path{flow.from, flow.to}, std::pair(flow.ssrc, flow.control));
    }

    void message(const capture::Message&) override {}
    void media(const capture::MediaPacket& packet) override {
        const auto [begin, end] = flows_.equal_range({packet.from, packet.to});
        const bool known = std::any_of(
            begin, end, [&](const auto& flow) { return flow.second == std::pair(packet.ssrc, packet.control); });
        if (!known) return;
        // RTCP counts all of its octets, RTP those of the payload, captured or not.
        const std::size_t head =
            packet.control ? 0 : packet.datagram.size() - std::min<std::size_t>(packet.datagram.size(), packet.octets);
        const std::size_t whole = std::max<std::size_t>(head + packet.octets, packet.datagram.size());
        Spool::Entry entry{packet.time - ahead_, names_.address(packet.from), names_.address(packet.to), 0,
                           silenced(packet)};
        entry.missing = static_cast<std::uint32_t>(whole - packet.datagram.size());
        entry.octets.resize(whole);
        spool_.put(entry);
    }

private:
    Pseudonyms& names_;
    Spool& spool_;
    Time ahead_;
    std::unordered_multimap<capture::Path, std::pair<std::uint32_t, bool>, capture::PathHash> flows_;
};

class Redaction {
public:
    Redaction(const Captured& captured, const Reread& reread, const Options& options)
        : captured_(captured),
          reread_(reread),
          options_(options),
          names_(options.key == 0 && options.more == 0 ? drawn_by_lot() : options.key,
                 options.key == 0 && options.more == 0 ? drawn_by_lot() : options.more),
          rewriter_(names_, phrases_of(options)) {}

    static Phrases phrases_of(const Options& options) {
        Phrases known;
        for (const std::string& text : options.phrases) known.add(text);
        return known;
    }

    Outcome run(const std::function<void(std::string_view)>& sink) {
        place_parties();
        collect();
        names_.begin_giving();
        number_interfaces();
        collect_media();
        Pcapng file(sink, static_cast<std::uint32_t>(std::max<std::size_t>(interfaces_.size(), 1)), told_of_files());
        Wire wire(file);
        write(wire);
        file.finish();
        return outcome();
    }

private:
    // Where a log does not say between whom, calls tell what the messages say; parties that are only names get addresses.
    void place_parties() {
        const bool all_known = std::ranges::all_of(
            captured_.messages, [](const capture::Message& one) { return one.from.known() && one.to.known(); });
        if (!all_known) calls_ = calls::group(captured_);
    }

    static Address made_up(std::size_t party, std::uint16_t port = sip_port) {
        // Nobody's address, which stands for the party until it gets a pseudonym: 255.0.0.0/8 is not used.
        const auto number = static_cast<std::uint32_t>(party == calls::none ? 0 : party + 1);
        std::string octets("\xff");
        for (int shift = 16; shift >= 0; shift -= 8) octets += static_cast<char>(number >> shift & 0xff);
        return capture::address_of(octets, port);
    }

    std::pair<Address, Address> ends_of(std::size_t place) const {
        const capture::Message& message = captured_.messages[place];
        std::pair ends(message.from, message.to);
        if (ends.first.known() && ends.second.known()) return ends;
        const calls::Placed& placed = calls_.placed[place];
        const auto settle = [&](Address& end, std::size_t party) {
            if (end.known()) return;
            if (party != calls::none) end = calls_.parties[party].address;
            if (!end.known()) end = made_up(party);
        };
        settle(ends.first, placed.from);
        settle(ends.second, placed.to);
        return ends;
    }

    // Both of one version of IP: RFC 4291 2.5.5.2.
    static void agree(Address& one, Address& other) {
        for (auto [four, six] : {std::pair(&one, &other), std::pair(&other, &one)}) {
            if (four->length != 4 || six->length != 16) continue;
            std::string octets("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
            octets.append(reinterpret_cast<const char*>(four->octets.data()), 4);
            *four = capture::address_of(octets, four->port);
        }
    }

    void collect() {
        Rewriter collecting(names_);
        for (std::size_t place = 0; place < captured_.messages.size(); ++place) {
            collecting.message(captured_.messages[place].octets);
            const auto [from, to] = ends_of(place);
            names_.address(from);
            names_.address(to);
        }
        for (const capture::MediaFlow& flow : captured_.flows) names_.address(flow.from), names_.address(flow.to);
        for (const auto& [error, file] : captured_.icmp) {
            for (const Address& one : {error.reporter, error.told, error.from, error.to}) names_.address(one);
            if (is_text(error.quoted)) collecting.message(error.quoted);
        }
        for (const auto& [reset, file] : captured_.resets) names_.address(reset.from), names_.address(reset.to);
        for (const auto& [connection, file] : captured_.tls) {
            names_.address(connection.client), names_.address(connection.server);
            if (!connection.server_name.empty()) names_.host(connection.server_name);
        }
    }

    static bool is_text(std::string_view octets) {
        return !octets.empty() && static_cast<unsigned char>(octets[0]) < 0x80;
    }

    void number_interfaces() {
        for (std::uint32_t file = 0; file < captured_.files.size(); ++file) interfaces_.emplace(std::pair(file, 0u), 0);
        for (const capture::Message& one : captured_.messages)
            interfaces_.emplace(std::pair(one.file, one.interface), 0);
        std::uint32_t next = 0;
        for (auto& [key, number] : interfaces_) number = next++;
    }
    std::uint32_t interface_of(std::uint32_t file, std::uint32_t interface = 0) const {
        const auto known = interfaces_.find({file, interface});
        return known == interfaces_.end() ? 0 : known->second;
    }

    Time ahead(std::uint32_t file) const {
        return file < captured_.files.size() ? captured_.files[file].clock_ahead.value_or(Time{}) : Time{};
    }

    void collect_media() {
        if (captured_.flows.empty() || !reread_) return;
        for (std::uint32_t file = 0; file < captured_.files.size(); ++file) {
            auto spool = std::make_unique<Spool>();
            Media listener(captured_, names_, *spool, ahead(file));
            reread_(file, listener);
            waiting_.push_back({file, std::move(spool), {}});
            waiting_.back().entry = waiting_.back().spool->next();
        }
    }

    // What reading met in the originals and would not meet in the copy, each kind once.
    std::vector<std::string> told_of_files() const {
        std::vector<capture::Problem> all;
        for (const Captured::File& file : captured_.files)
            for (const capture::Problem& problem : file.summary.problems) {
                const auto known = std::ranges::find(all, problem.kind, &capture::Problem::kind);
                if (known == all.end()) {
                    all.push_back(problem);
                    continue;
                }
                known->count += problem.count;
                known->number = std::max(known->number, problem.number);
            }
        // Of what was encrypted the copy has only how much it was, in packets that are not whole.
        constexpr auto not_whole = capture::Problem::Kind::octets_not_captured;
        if (!captured_.tls.empty() && std::ranges::find(all, not_whole, &capture::Problem::kind) == all.end())
            all.push_back({.kind = not_whole, .count = 0});
        std::vector<std::string> comments;
        for (const capture::Problem& problem : all)
            if (std::string comment = capture::comment_of_problem(problem); !comment.empty())
                comments.push_back(std::move(comment));
        return comments;
    }

    // What is no message, each with its time.
    struct Event {
        Time time{};
        enum class Kind : std::uint8_t { icmp, reset, tls } kind{};
        std::size_t index = 0;
    };

    void write(Wire& wire) {
        std::vector<Event> events;
        for (std::size_t i = 0; i < captured_.icmp.size(); ++i)
            events.push_back({captured_.icmp[i].error.time - ahead(captured_.icmp[i].file), Event::Kind::icmp, i});
        for (std::size_t i = 0; i < captured_.resets.size(); ++i)
            events.push_back({captured_.resets[i].reset.time - ahead(captured_.resets[i].file), Event::Kind::reset, i});
        for (std::size_t i = 0; i < captured_.tls.size(); ++i)
            events.push_back({captured_.tls[i].connection.time - ahead(captured_.tls[i].file), Event::Kind::tls, i});
        std::ranges::stable_sort(events, {}, &Event::time);
        std::size_t next_event = 0;
        const auto until = [&](Time time) {
            for (;;) {
                Waiting* const media = earliest();
                const bool event = next_event < events.size() && events[next_event].time < time;
                if (media != nullptr && media->entry->time < time &&
                    (!event || media->entry->time <= events[next_event].time))
                    put(wire, *media);
                else if (event) put(wire, events[next_event++]);
                else return;
            }
        };
        put_limits(wire, false);
        identifications_.resize(captured_.messages.size());
        for (std::size_t place = 0; place < captured_.messages.size(); ++place) {
            const Time time = time_of(place);
            until(time);
            put(wire, place, time);
        }
        until(Time::max());
        put_limits(wire, true);
    }

    // For how long there was nothing more to see counts as well: an empty datagram stands for what began or ended each
    // capture and is left out.
    void put_limits(Wire& wire, bool end) {
        for (std::uint32_t file = 0; file < captured_.files.size(); ++file) {
            const capture::Summary& summary = captured_.files[file].summary;
            if (summary.format == capture::Summary::Format::log || summary.last == Time{}) continue;
            const Time time = (end ? summary.last : summary.first) - ahead(file);
            const auto [from, to] = limits_;
            wire.datagram({time, names_.address(from), names_.address(to), interface_of(file), 0, 0}, {}, 0);
        }
    }

    Time time_of(std::size_t place) const {
        const capture::Message& message = captured_.messages[place];
        // The same packet in another file has the time of the first.
        if (message.copy == capture::Copy::file && message.copy_of > 0 && message.copy_of <= place)
            return time_of(message.copy_of - 1);
        switch (message.clock) {
            case capture::Clock::none: return some_day + static_cast<std::int64_t>(place) * between_messages;
            case capture::Clock::day: return some_day + message.time - ahead(message.file);
            case capture::Clock::date: return message.time - ahead(message.file);
        }
        return message.time;
    }

    void put(Wire& wire, std::size_t place, Time time) {
        const capture::Message& message = captured_.messages[place];
        auto [from, to] = ends_of(place);
        from = names_.address(from);
        to = names_.address(to);
        agree(from, to);
        const bool copy = message.copy_of > 0 && message.copy_of <= place;
        const std::string octets = rewriter_.message(message.octets);
        const std::size_t before = message.before != 0 ? message.before : message.octets.size() + message.missing;
        const bool other = before != octets.size() + message.missing;
        identifications_[place] =
            wire.message({time, from, to, interface_of(message.file, message.interface), message.hops,
                          other ? static_cast<std::uint32_t>(before) : 0},
                         message.transport, octets, message.missing, copy ? identifications_[message.copy_of - 1] : 0);
    }

    struct Waiting {
        std::uint32_t file = 0;
        std::unique_ptr<Spool> spool;
        std::optional<Spool::Entry> entry;
    };
    Waiting* earliest() {
        Waiting* first = nullptr;
        for (Waiting& one : waiting_)
            if (one.entry && (first == nullptr || one.entry->time < first->entry->time)) first = &one;
        return first;
    }
    void put(Wire& wire, Waiting& media) {
        Spool::Entry& entry = *media.entry;
        agree(entry.from, entry.to);
        wire.datagram({entry.time, entry.from, entry.to, interface_of(media.file), 0, 0}, entry.octets, entry.missing);
        ++media_packets_;
        media.entry = media.spool->next();
    }

    void put(Wire& wire, const Event& event) {
        switch (event.kind) {
            case Event::Kind::icmp: {
                const auto& [original, file] = captured_.icmp[event.index];
                capture::IcmpError error = original;
                error.time = event.time;
                for (Address* const one : {&error.reporter, &error.told, &error.from, &error.to})
                    *one = names_.address(*one);
                const std::string quoted =
                    is_text(error.quoted) ? rewriter_.message(error.quoted) : std::string(error.quoted.size(), '\0');
                wire.error(error, quoted, interface_of(file));
                break;
            }
            case Event::Kind::reset: {
                const auto& [original, file] = captured_.resets[event.index];
                capture::TcpReset reset = original;
                reset.time = event.time;
                reset.from = names_.address(reset.from);
                reset.to = names_.address(reset.to);
                wire.reset(reset, interface_of(file));
                break;
            }
            case Event::Kind::tls: {
                const auto& [original, file] = captured_.tls[event.index];
                capture::TlsConnection connection = original;
                const Time shift = ahead(file);
                connection.time -= shift;
                for (auto& alert : connection.alerts) alert.time -= shift;
                connection.client = names_.address(connection.client);
                connection.server = names_.address(connection.server);
                if (!rewriter_.words(connection.protocol).starts_with("sip")) connection.protocol.clear();
                const std::string& name = connection.server_name;
                wire.encrypted(connection, name.empty() ? name : names_.host(name), interface_of(file));
                break;
            }
        }
    }

    Outcome outcome() const {
        using Kind = Pseudonyms::Given::Kind;
        Outcome told;
        told.messages = captured_.messages.size();
        told.media_packets = media_packets_;
        told.identifiers = names_.identifiers();
        told.blotted = rewriter_.blotted();
        for (Pseudonyms::Given& one : names_.given()) {
            if (one.kind == Kind::address && one.original.starts_with("255.")) continue;  // made up here
            switch (one.kind) {
                case Kind::number: ++told.numbers; break;
                case Kind::name: ++told.names; break;
                case Kind::host: ++told.hosts; break;
                case Kind::address: ++told.addresses; break;
                case Kind::call_id: break;
            }
            if (options_.tell_what)
                told.replaced.push_back(
                    {static_cast<Replaced::Kind>(one.kind), std::move(one.original), std::move(one.pseudonym)});
        }
        return told;
    }

    const Captured& captured_;
    const Reread& reread_;
    const Options& options_;
    calls::Calls calls_;  // where they are needed
    Pseudonyms names_;
    Rewriter rewriter_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> interfaces_;  // of a file
    std::vector<Waiting> waiting_;                                                 // of each file
    std::vector<std::uint32_t> identifications_;
    std::uint64_t media_packets_ = 0;
    const std::pair<Address, Address> limits_{made_up(0xfffffd, discard_port), made_up(0xfffffc, discard_port)};
};

}  // namespace

std::string_view name_of(Replaced::Kind kind) {
    switch (kind) {
        case Replaced::Kind::number: return "number";
        case Replaced::Kind::name: return "name";
        case Replaced::Kind::host: return "host";
        case Replaced::Kind::address: return "address";
        case Replaced::Kind::call_id: return "call-id";
    }
    return {};
}

Outcome redact(const Captured& captured, const Reread& reread, const std::function<void(std::string_view)>& sink,
               const Options& options) {
    return Redaction(captured, reread, options).run(sink);
}

}  // namespace sipdex::redact
