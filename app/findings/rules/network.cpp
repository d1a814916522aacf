// What the network says of messages of a call: too large for a datagram (RFC 3261 18.1.1), not delivered (18.4),
// connections that are refused or break, and those that cannot be read.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "findings/families.h"
#include "findings/hops.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;
using capture::IcmpError;

std::size_t size_of(const Case& one, std::size_t index) {
    const capture::Message& message = one.captured.messages[index];
    return message.before != 0 ? message.before : message.octets.size() + message.missing;
}

bool without_answer(const Case& one, const Transaction& of) {
    return of.status == 0 && (one.sendings_of(of.request).size() >= 3 || one.watched_for(of.request, patience));
}

// Small requests to the same server got no answer either: it is not the size.
bool small_ones_too(const Case& one, const Transaction& large, std::size_t limit) {
    constexpr std::size_t beside = 1000;  // of very many those around it tell enough
    const auto& all = one.calls.transactions;
    const auto place = static_cast<std::size_t>(&large - all.data());
    bool lost = false;
    for (std::size_t index = place - std::min(place, beside); index < std::min(place + beside, all.size()); ++index) {
        const Transaction& other = all[index];
        if (other.client != large.client || other.server != large.server || other.request == calls::none) continue;
        if (other.method == "ACK" || size_of(one, other.request) > limit) continue;
        if (other.status != 0) return false;
        lost = true;
    }
    return lost;
}

// RFC 792, RFC 4443 3.1: what "destination unreachable" says; "" for other errors.
std::string_view unreachable(const IcmpError& error) {
    if (error.six && error.type == 1) {
        switch (error.code) {
            case 0: return "net";
            case 1: return "prohibited";
            case 3: return "host";
            case 4: return "port";
            default: return "other";
        }
    }
    if (error.six || error.type != 3 || error.code == 4) return "";
    switch (error.code) {
        case 0:
        case 6:
        case 11: return "net";
        case 1:
        case 7:
        case 8:
        case 12: return "host";
        case 3: return "port";
        case 9:
        case 10:
        case 13: return "prohibited";
        default: return "other";
    }
}

bool too_big(const IcmpError& error) { return error.six ? error.type == 2 : error.type == 3 && error.code == 4; }

// Messages by the way they went, in order.
class Ways {
public:
    explicit Ways(const Case& one) : one_(one) {
        for (std::size_t index = 0; index < one.captured.messages.size(); ++index) {
            const capture::Message& message = one.captured.messages[index];
            of_[hash_of(message.from, message.to)].push_back(index);
        }
    }

    // The message that an error speaks of: the last one on that way whose beginning is quoted.
    std::size_t message_of(const IcmpError& error) const {
        constexpr std::chrono::seconds life{60};
        const auto way = of_.find(hash_of(error.from, error.to));
        if (way == of_.end()) return calls::none;
        const auto after =
            std::ranges::upper_bound(way->second, error.time, {}, [&](std::size_t i) { return one_.time(i); });
        for (auto at = after; at != way->second.begin();) {
            const capture::Message& message = one_.captured.messages[*--at];
            if (error.time - message.time > life) break;
            const std::size_t length = std::min(error.quoted.size(), message.octets.size());
            if (message.from == error.from && message.to == error.to &&
                message.octets.substr(0, length) == error.quoted.substr(0, length))
                return *at;
        }
        return calls::none;
    }

private:
    static std::size_t hash_of(const capture::Address& from, const capture::Address& to) {
        return capture::AddressHash()(from) * 31 + capture::AddressHash()(to);
    }

    const Case& one_;
    std::unordered_map<std::size_t, std::vector<std::size_t>> of_;
};

// Nothing was broken: the request was answered all the same, or the next server took it; or who had said good-bye was gone
// when the answer to that came.
bool harmless(const Case& one, std::size_t message) {
    const std::size_t place = one.placed(message).transaction;
    if (place == calls::none) return false;
    const Transaction& of = one.transaction(place);
    if (one.placed(message).status != 0)
        return of.method == "BYE" ||
               (of.method == "REGISTER" && one.calls.stories[of.story].outcome == calls::Outcome::removed);
    return of.status != 0 || accepted_elsewhere(one, of);
}

struct Undelivered {
    std::vector<std::size_t> messages;
    long count = 0;
    const IcmpError* error = nullptr;
};

// Where it is told what the network said of a message: at its own story; of all OPTIONS checks of one address at the first,
// for each has a Call-ID of its own, and it is one address that is not there.
class Told {
public:
    explicit Told(const Case& one) : one_(one) {}

    std::size_t at(std::size_t message, const std::string& to) {
        const std::size_t story = one_.placed(message).story;
        if (story == calls::none || one_.calls.stories[story].kind != calls::Kind::options) return story;
        return checks_.try_emplace(to, story).first->second;
    }

private:
    const Case& one_;
    std::map<std::string, std::size_t> checks_;
};

void look_at_errors(const Case& one) {
    std::map<std::tuple<std::size_t, std::string, std::string_view>, Undelivered> all;
    if (one.captured.icmp.empty()) return;
    const Ways ways(one);
    Told stories(one);
    for (const capture::IcmpEvent& event : one.captured.icmp) {
        const std::string_view what = too_big(event.error) ? "big" : unreachable(event.error);
        if (what.empty()) continue;
        const std::size_t message = ways.message_of(event.error);
        if (message == calls::none || harmless(one, message)) continue;
        const std::string to = capture::to_text(event.error.to);
        Undelivered& told = all[{stories.at(message, to), to, what}];
        told.messages.push_back(message);
        told.error = &event.error;
        ++told.count;
    }
    for (const auto& [key, told] : all) {
        const auto& [story, to, what] = key;
        const std::string method = sip::label_of(one.message(told.messages.front()));
        if (what == "big")
            one.find_in(story, "datagram-too-big", told.messages,
                        {{"label", method},
                         {"octets", static_cast<long>(size_of(one, told.messages.front()))},
                         {"to", to},
                         {"mtu", static_cast<long>(told.error->mtu)},
                         {"reporter", capture::host_of(told.error->reporter)}});
        else
            one.find_in(story, "unreachable", told.messages,
                        {{"label", method},
                         {"to", to},
                         {"what", std::string(what)},
                         {"reporter", capture::host_of(told.error->reporter)},
                         {"count", told.count}});
    }
}

// RFC 3261 19.1.2: 5060, and 5061 for TLS, are where SIP is listened for.
bool listens_for_sip(const Case& one, const capture::Address& address) {
    return address.port == 5060 || address.port == 5061 ||
           std::ranges::any_of(one.calls.parties, [&](const calls::Party& party) { return party.address == address; });
}

// Both ends of a connection, whoever opened it.
std::pair<std::string, std::string> ends_of(const capture::Address& one, const capture::Address& other) {
    return std::minmax({capture::to_text(one), capture::to_text(other)});
}

// On another connection, and answered there.
bool sent_again(const Case& one, const Transaction& of) {
    return std::ranges::any_of(one.calls.stories[of.story].transactions, [&](std::size_t index) {
        const Transaction& other = one.transaction(index);
        return &other != &of && other.method == of.method && other.from_tag == of.from_tag &&
               other.client == of.client && other.request != calls::none && other.request > of.request &&
               other.has_final();
    });
}

// Requests on a connection that still waited for their answers when it broke. Those whose client had given up before
// (RFC 3261 17.1.2.2, and timer C of 16.6 for INVITE) did not.
void look_at_reset(const Case& one, const capture::TcpReset& reset, const std::vector<std::size_t>& on_it) {
    for (const std::size_t index : on_it) {
        const capture::Message& message = one.captured.messages[index];
        const std::size_t transaction = one.placed(index).transaction;
        if (message.time > reset.time || transaction == calls::none) continue;
        const Transaction& of = one.transaction(transaction);
        if (of.request != index || of.has_final() || of.method == "ACK" || sent_again(one, of)) continue;
        const std::chrono::seconds waits = of.method == "INVITE" && of.status > 0 ? std::chrono::minutes(3) : patience;
        if (reset.time - message.time > waits) continue;
        one.find_in(of.story, "connection-reset", {index},
                    {{"method", std::string(of.method)},
                     {"by", capture::to_text(reset.from)},
                     {"to", capture::to_text(reset.to)}});
    }
}

void look_at_connections(const Case& one) {
    if (one.captured.resets.empty()) return;
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_ends;
    for (std::size_t index = 0; index < one.captured.messages.size(); ++index) {
        const capture::Message& message = one.captured.messages[index];
        if (message.transport != capture::Transport::udp) by_ends[ends_of(message.from, message.to)].push_back(index);
    }
    // Whoever gets through after the last refusal was refused for a moment only, as by a server that starts.
    const auto got_through = [&](const capture::TcpReset& reset) {
        return std::ranges::any_of(by_ends, [&](const auto& connection) {
            return std::ranges::any_of(connection.second, [&](std::size_t index) {
                const capture::Message& message = one.captured.messages[index];
                return message.time > reset.time &&
                       ((message.from == reset.from && capture::same_host(message.to, reset.to)) ||
                        (message.to == reset.from && capture::same_host(message.from, reset.to)));
            });
        });
    };
    struct Refusals {
        long count = 0;
        const capture::TcpReset* last = nullptr;
    };
    std::map<std::pair<std::string, std::string>, Refusals> refused_by;
    for (const capture::ResetEvent& event : one.captured.resets) {
        const capture::TcpReset& reset = event.reset;
        if (reset.refused) {
            if (!listens_for_sip(one, reset.from)) continue;
            Refusals& refusals = refused_by[{capture::to_text(reset.from), capture::host_of(reset.to)}];
            ++refusals.count;
            refusals.last = &reset;
            continue;
        }
        const auto on_it = by_ends.find(ends_of(reset.from, reset.to));
        if (on_it != by_ends.end()) look_at_reset(one, reset, on_it->second);
    }
    for (const auto& [ends, refusals] : refused_by)
        if (!got_through(*refusals.last))
            one.find_in_all("connection-refused", {},
                            {{"by", ends.first}, {"to", ends.second}, {"count", refusals.count}});
}

// RFC 8446 6: as written there; "" for those that are no failure.
std::string name_of_alert(std::uint8_t description) {
    constexpr std::pair<std::uint8_t, std::string_view> names[] = {{10, "unexpected_message"},
                                                                   {20, "bad_record_mac"},
                                                                   {22, "record_overflow"},
                                                                   {40, "handshake_failure"},
                                                                   {42, "bad_certificate"},
                                                                   {43, "unsupported_certificate"},
                                                                   {44, "certificate_revoked"},
                                                                   {45, "certificate_expired"},
                                                                   {46, "certificate_unknown"},
                                                                   {47, "illegal_parameter"},
                                                                   {48, "unknown_ca"},
                                                                   {49, "access_denied"},
                                                                   {50, "decode_error"},
                                                                   {51, "decrypt_error"},
                                                                   {70, "protocol_version"},
                                                                   {71, "insufficient_security"},
                                                                   {80, "internal_error"},
                                                                   {86, "inappropriate_fallback"},
                                                                   {109, "missing_extension"},
                                                                   {110, "unsupported_extension"},
                                                                   {112, "unrecognized_name"},
                                                                   {113, "bad_certificate_status_response"},
                                                                   {115, "unknown_psk_identity"},
                                                                   {116, "certificate_required"},
                                                                   {120, "no_application_protocol"}};
    if (description == 0 || description == 90) return "";  // close_notify, user_canceled
    for (const auto& [number, name] : names)
        if (number == description) return std::string(name);
    return std::to_string(description);
}

std::string version_of(std::uint16_t version) {
    switch (version) {
        case 0x0300: return "SSL 3.0";
        case 0x0301: return "TLS 1.0";
        case 0x0302: return "TLS 1.1";
        case 0x0303: return "TLS 1.2";
        case 0x0304: return "TLS 1.3";
        default: return "none";
    }
}

// RFC 8446 6: before TLS 1.3 an alert could warn only, and the handshake went on.
bool was_passed_over(const capture::TlsConnection& tls, const capture::TlsConnection::Alert& alert) {
    constexpr std::uint8_t warning = 1;
    return alert.level == warning && tls.client_octets > 0 && tls.server_octets > 0;
}

void look_at_encrypted(const Case& one) {
    std::map<std::pair<std::string, std::string>, std::pair<long, long>> unread;
    for (const capture::TlsEvent& event : one.captured.tls) {
        const capture::TlsConnection& tls = event.connection;
        if (tls.server.port != 5061 && !tls.protocol.starts_with("sip")) continue;
        const std::string server = capture::to_text(tls.server), client = capture::to_text(tls.client);
        bool failed = false;
        for (const auto& alert : tls.alerts) {
            const std::string name = name_of_alert(alert.description);
            if (name.empty() || was_passed_over(tls, alert)) continue;
            failed = true;
            one.find_in_all("tls-alert", {},
                            {{"alert", name},
                             {"by", alert.from_server ? server : client},
                             {"to", alert.from_server ? client : server},
                             {"side", alert.from_server ? "server" : "client"},
                             {"name", tls.server_name.empty() ? "none" : tls.server_name},
                             {"version", version_of(tls.version)}});
        }
        if (failed || tls.client_octets + tls.server_octets == 0) continue;
        auto& [connections, octets] = unread[{server, version_of(tls.version)}];
        ++connections;
        octets += static_cast<long>(tls.client_octets + tls.server_octets);
    }
    for (const auto& [key, sum] : unread)
        one.find_in_all("tls-unread", {},
                        {{"server", key.first}, {"version", key.second}, {"count", sum.first}, {"octets", sum.second}});
}

}  // namespace

void look_at_network(const Case& one) {
    const auto limit = static_cast<std::size_t>(one.threshold("request-too-large", "octets"));
    std::vector<std::size_t> large;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        if (of.request == calls::none || one.captured.messages[of.request].transport != capture::Transport::udp)
            continue;
        if (size_of(one, of.request) <= limit) continue;
        const bool answered_behind =
            std::ranges::any_of(sent_on(one, of), [](const Transaction* each) { return each->status != 0; });
        const bool lost = without_answer(one, of) && sent_on(one, of).empty();
        if (lost && (accepted_elsewhere(one, of) || small_ones_too(one, of, limit))) continue;
        if (lost)
            one.find("request-too-large-lost", one.sendings_of(of.request),
                     {{"method", std::string(of.method)},
                      {"octets", static_cast<long>(size_of(one, of.request))},
                      {"to", one.party(of.server)}});
        else if (of.status != 0 || answered_behind) large.push_back(of.request);
    }
    if (large.empty()) return;
    const std::size_t largest =
        *std::ranges::max_element(large, {}, [&](std::size_t index) { return size_of(one, index); });
    one.find("request-too-large", large,
             {{"count", static_cast<long>(large.size())},
              {"method", one.message(largest).method},
              {"octets", static_cast<long>(size_of(one, largest))}});
}

void look_over_network(const Case& all) {
    look_at_errors(all);
    look_at_connections(all);
    look_at_encrypted(all);
}

}  // namespace sipdex::findings
