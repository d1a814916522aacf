// Requests that a user agent sends besides calls - REGISTER, SUBSCRIBE, PUBLISH, MESSAGE - each from its
// first sending to its outcome.
//
// Two answers are not an outcome yet: a challenge is answered (RFC 3261 22.2), and an interval that was too
// brief is asked for again as long as the server wants it (423, RFC 3261 10.2.8).
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "simulator/engine/transactions.h"

namespace sipdex::simulator {

class Errands {
public:
    // The request as it was last sent, and its final response; null when nobody answered.
    using Done = std::function<void(const sip::Message& sent, const sip::Message* response)>;
    // Adds credentials for a challenge; false when it has none that could help.
    using Credentials = std::function<bool(sip::Message& request, const sip::Message& challenge)>;

    // Keeps references.
    Errands(Stage& stage, std::size_t actor, Transactions& transactions, Credentials credentials);

    // Sends to the first server for the next hop, with a Via of its own.
    void send(sip::Message request, Done done);

    // False when the transaction is none of its own.
    bool take(TransactionId client, const sip::Message& response);
    bool time_out(TransactionId client);

private:
    struct Errand {
        sip::Message request;
        std::size_t server = 0;
        bool lengthened = false;
        Done done;
    };

    void transmit(const std::shared_ptr<Errand>& errand);
    bool retries(Errand& errand, const sip::Message& response);

    Stage& stage_;
    const std::size_t actor_;
    Transactions& transactions_;
    Credentials credentials_;
    std::map<TransactionId, std::shared_ptr<Errand>> errands_;
};

// A request outside of dialogs, with a new Call-ID and tag and without Via (RFC 3261 8.1.1).
sip::Message request_outside(Stage& stage, std::size_t actor, const std::string& method, const std::string& uri,
                             const std::string& from, const std::string& to);

// The next in its row: a changed request has a higher number (RFC 3261 8.1.3.5).
void raise_cseq(sip::Message& request);

// The seconds of Expires; `otherwise` where there are none.
long long expires_of(const sip::Message& message, long long otherwise);

}  // namespace sipdex::simulator
