// The errands of one party: the one way by which it sends requests of its own.
//
// Each goes to the first server of its next hop, with a Via of this party where it has none. Some answers are no
// outcome yet: a challenge is answered (RFC 3261 22.2), a refusal may be mended, and a server that fails is followed by
// the next (RFC 3263 4.3).
#pragma once
#include <functional>
#include <map>
#include <string>

#include "simulator/engine/errand.h"

namespace sipdex::simulator {

class Errands {
public:
    // Adds credentials for a challenge; false when it has none that could help.
    using Credentials = std::function<bool(sip::Message& request, const sip::Message& challenge)>;
    // The request as it was last sent, and its final response; null when nobody answered.
    using Done = std::function<void(const sip::Message& sent, const sip::Message* response)>;

    // Keeps references.
    Errands(Stage& stage, std::size_t actor, Transactions& transactions, Credentials credentials = {});

    void send(const ErrandPtr& errand);
    // One that makes nothing of provisional answers, and asks once for as long as the server wants it (423).
    void send(sip::Message request, Done done);
    // Whose answer does not matter; with its Via.
    void send_off(sip::Message request);

    // To the server of the last time, with a higher number.
    void repeat(Errand& errand);

    // False when the transaction is none of its own.
    bool take(TransactionId client, const sip::Message& response);
    bool time_out(TransactionId client);
    void on_end(TransactionId id);

private:
    ErrandPtr errand_of(TransactionId client) const;
    void send_to_next_server(Errand& errand);
    void transmit(Errand& errand);
    bool tries_again(const ErrandPtr& errand, const sip::Message& response);
    bool tries_next_server(Errand& errand);
    void send_mended(const ErrandPtr& errand, Time wait, const std::string& target);

    Stage& stage_;
    const std::size_t actor_;
    Transactions& transactions_;
    Credentials credentials_;
    std::map<TransactionId, ErrandPtr> errands_;
};

// A request outside of dialogs, with a new Call-ID and tag and without Via (RFC 3261 8.1.1).
sip::Message request_outside(Stage& stage, std::size_t actor, const std::string& method, const std::string& uri,
                             const std::string& from, const std::string& to);

// The next in its row.
void raise_cseq(sip::Message& request);

// The seconds of Expires; `otherwise` where there are none.
long long expires_of(const sip::Message& message, long long otherwise);

}  // namespace sipdex::simulator
