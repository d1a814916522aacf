// What captures hold, one line of JSON each: for a quick look, and to be compared with other tools.
//
//     capture_counts FILE...
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "capture/captured.h"
#include "sip/message.h"

using namespace sipdex;

int main(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        capture::Captured captured;
        const capture::Summary summary = captured.read_file(arguments[i]);
        captured.arrange();
        std::set<std::string, std::less<>> calls;
        std::map<std::string, int> transports;
        std::uint64_t copies = 0, in_pieces = 0, cut = 0;
        for (const capture::Message& one : captured.messages) {
            const auto parsed = sip::parse(one.octets);
            if (parsed.message)
                if (const auto id = parsed.message->header("Call-ID")) calls.emplace(*id);
            ++transports[std::string(name_of(one.transport))];
            copies += one.copy_of != 0 ? 1 : 0;
            in_pieces += one.frames.size() > 1 ? 1 : 0;
            cut += one.missing > 0 ? 1 : 0;
        }
        nlohmann::ordered_json told;
        told["file"] = arguments[i];
        told["packets"] = summary.frames;
        told["messages"] = captured.messages_seen;
        told["methods"] = captured.methods;
        for (const auto& [code, many] : captured.codes) told["codes"][std::to_string(code)] = many;
        told["calls"] = calls.size();
        told["transports"] = transports;
        if (copies > 0) told["copies"] = copies;
        if (in_pieces > 0) told["in_pieces"] = in_pieces;
        if (cut > 0) told["cut"] = cut;
        for (const auto& flow : captured.flows)
            if (told["media"].size() < 8)
                told["media"].push_back({{"from", to_text(flow.from)},
                                         {"to", to_text(flow.to)},
                                         {"control", flow.control},
                                         {"packets", flow.packets},
                                         {"lost", flow.lost()},
                                         {"rate", flow.clock_rate},
                                         {"jitter", flow.most_jitter}});
        if (!captured.icmp.empty()) told["icmp"] = captured.icmp.size();
        if (!captured.resets.empty()) told["resets"] = captured.resets.size();
        for (const auto& one : captured.tls)
            told["tls"].push_back({{"server", to_text(one.connection.server)},
                                   {"name", one.connection.server_name},
                                   {"version", one.connection.version},
                                   {"alerts", one.connection.alerts.size()}});
        for (const capture::Problem& one : summary.problems)
            told["problems"].push_back({{"kind", name_of(one.kind)},
                                        {"count", one.count},
                                        {"frame", one.frame},
                                        {"offset", one.offset},
                                        {"number", one.number},
                                        {"subject", one.subject}});
        std::cout << told.dump() << "\n";
    }
}
