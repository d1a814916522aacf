// Who the messages went between, from addresses and, where a log has none, from what the messages say themselves.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "calls/calls.h"
#include "calls/outline.h"

namespace sipdex::calls {

class Parties {
public:
    explicit Parties(std::vector<Party>& parties) : parties_(parties) {}

    // The sender and receiver of a message. Of a response, `asked` are those of the request that it answers; none where
    // they are not known.
    struct Ends {
        std::size_t from = none, to = none;
    };
    Ends of(const capture::Message& message, const Outline& outline, Ends asked);

private:
    std::size_t at(const capture::Address& address, bool inferred);
    std::size_t named(std::string_view name, bool inferred);
    std::size_t inferred(std::string_view host_port, std::uint16_t default_port);
    void learn_port(const capture::Message& message, const Outline& outline);

    std::vector<Party>& parties_;
    std::unordered_map<capture::Address, std::size_t, capture::AddressHash> by_address_;
    std::unordered_map<std::string, std::size_t> by_name_;
    // Ports from which a party sends, to the one at which it listens.
    std::unordered_map<capture::Address, capture::Address, capture::AddressHash> listens_at_;
};

}  // namespace sipdex::calls
