// A redirect server answers with where else to ask and leaves the rest to the caller (RFC 3261 8.3).
#pragma once
#include <string>
#include <vector>

#include "simulator/engine/party.h"
#include "simulator/plan/answer.h"

namespace sipdex::simulator {

class RedirectServer : public Party {
public:
    static void check(source::Table& options);

    RedirectServer(Stage& stage, std::size_t actor);

    void on_request(TransactionId server, const sip::Message& request) override;

private:
    struct Redirection {
        std::string of;                     // the Request-URI it is for
        Answer answer;                      // a 3xx
        std::vector<std::string> contacts;  // values of Contact, in the order of the file
    };
    static std::vector<Redirection> read_redirections(source::Table& options);

    const std::vector<Redirection> redirections_;
};

}  // namespace sipdex::simulator
