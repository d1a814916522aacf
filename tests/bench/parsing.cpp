// Reading one message, beside sofia-sip on the same messages: all those of the catalog's exchanges.
//
// The two do not do the same work. sofia-sip reads every header field that it knows into a structure; here values are
// kept as they are written and read by those who ask. So the check of every field's grammar is measured as well.
#include <fmt/format.h>

#if BENCH_SOFIA_SIP
#include <sofia-sip/msg.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#endif

#include "bench/table.h"
#include "catalog/catalog.h"
#include "simulator/run.h"
#include "sip/problem.h"

namespace sipdex::bench {

namespace {

std::vector<std::string> messages_of_all_exchanges() {
    std::vector<std::string> messages;
    for (const catalog::Exchange& exchange : catalog::Catalog(BENCH_CATALOG).exchanges()) {
        if (exchange.id == "common") continue;  // steps of every exchange, none itself
        source::Problems none;
        const source::Value script = source::restored(exchange.script);
        source::Table table(script, none, exchange.id);
        for (auto& sent : simulator::run(simulator::read_exchange(table)).messages) messages.push_back(sent.octets());
    }
    return messages;
}

double microseconds_each(const std::vector<std::string>& messages, const auto& read) {
    constexpr int times = 10;
    return thread_seconds([&] {
               for (int i = 0; i < times; ++i)
                   for (const std::string& octets : messages) read(octets);
           }) *
           1e6 / times / double(messages.size());
}

// Kept where the compiler cannot see that nobody looks at it.
volatile std::size_t seen = 0;

void parse(const std::string& octets) { seen = seen + sip::parse(octets).message->fields.size(); }
void parse_and_check(const std::string& octets) {
    parse(octets);
    seen = seen + sip::problems_of(octets).size();
}

#if BENCH_SOFIA_SIP
constexpr bool has_peer = true;
void parse_by_peer(const std::string& octets) {
    msg_t* const message = msg_make(sip_default_mclass(), 0, octets.data(), static_cast<ssize_t>(octets.size()));
    seen = seen + (sip_object(message)->sip_via != nullptr);
    msg_destroy(message);
}
#else
constexpr bool has_peer = false;
void parse_by_peer(const std::string&) {}
#endif

}  // namespace

Lines parsing(int rounds) {
    const std::vector<std::string> messages = messages_of_all_exchanges();
    std::vector<double> ours, checked, peer;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(microseconds_each(messages, parse));
        checked.push_back(microseconds_each(messages, parse_and_check));
        if (has_peer) peer.push_back(microseconds_each(messages, parse_by_peer));
    }
    const auto beside_peer = [&](const char* work, double mine) {
        if (!has_peer)
            return Line{work, fmt::format("{:.2f} µs", mine), "not measured: libsofia-sip-ua-dev is missing"};
        return Line{work, fmt::format("{:.2f} µs", mine), fmt::format("{:.2f} µs, sofia-sip", median(peer)),
                    mine / median(peer)};
    };
    return {at_most(beside_peer("parse one message", median(ours)), 0.5),
            beside_peer("the same, every field's grammar checked", median(checked))};
}

}  // namespace sipdex::bench
