// Captures that are damaged anywhere: the rules judge what is left of them, and never fail.
#include <doctest/doctest.h>

#include <random>

#include "capture/packets.h"
#include "findings/judged.h"
#include "recording/pcap.h"
#include "simulator/drawing.h"
#include "simulator/run.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

TEST_CASE("whatever is damaged in the messages of a capture, what is left of it is judged") {
    std::mt19937 random(16);
    const auto draw = [&](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    std::size_t findings = 0;
    for (const std::string& id : exchange_ids()) {
        const recording::Recording ran = simulator::run(exchange_named(id));
        for (int round = 0; round < 12; ++round) {
            recording::Recording damaged = ran;
            for (auto& sent : damaged.messages) {
                std::string octets = sent.octets();
                // A piece taken out, put in twice, or another octet: in every third message.
                if (draw(3) == 0 && octets.size() > 40) {
                    const std::size_t at = draw(octets.size() - 20), length = 1 + draw(18);
                    switch (draw(4)) {
                        case 0: octets.erase(at, length); break;
                        case 1: octets.insert(at, octets.substr(at, length)); break;
                        case 2: octets[at] = static_cast<char>(draw(256)); break;
                        default: octets.insert(at, "\r\n"); break;
                    }
                }
                sent.written = octets;
            }
            CAPTURE(id);
            CAPTURE(round);
            const capture::Captured captured = captured_of(recording::pcap_of(damaged));
            const std::string told = judged(captured, calls::group(captured));
            findings += !told.empty();
        }
    }
    CHECK(findings > 500);
}
