// What callers and phones share: who they are, the dialogs they are in, and how a call ends.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/party.h"
#include "sip/dialog.h"
#include "sip/digest.h"

namespace sipdex::simulator {

class UserAgent : public Party {
public:
    // Options of every user agent.
    struct Identity {
        std::string uri;                    // address of record, "sip:alice@example.com"
        std::string display;                // before it in From; by default the party's name
        sip::Account account;               // empty: answers no challenge
        int media_port = 49170;
        bool off = false;                   // receives nothing, answers nothing
    };
    static Identity read_identity(Fields& options);

    UserAgent(Stage& stage, std::size_t actor);

    void receive(const sip::Message& message, std::size_t from) override;
    void on_request(TransactionId server, const sip::Message& request) override;
    void on_response(TransactionId client, const sip::Message& response) override;
    void on_timeout(TransactionId client, const sip::Message& request) override;

protected:
    // An INVITE from somebody new, a CANCEL for one, and whatever else is not within a dialog.
    virtual void on_invitation(TransactionId server, const sip::Message& invite) = 0;
    virtual void on_cancel(TransactionId server, const sip::Message& cancel) = 0;
    virtual void on_dialog_over(const sip::DialogId&) {}

    std::string user() const;               // "alice"
    std::string contact() const;            // "<sip:alice@192.0.2.1:5060>"
    std::string from_value() const;         // "Alice" <sip:alice@example.com>, without a tag
    void add_session(sip::Message& message);

    // Credentials for the challenges of a 401 or 407; false when it cannot answer all of them, or has
    // tried these realms before and was not merely late (RFC 3261 22.1).
    bool add_credentials(sip::Message& request, const sip::Message& challenge);

    sip::Dialog* dialog(const sip::DialogId& id);
    void keep(const sip::Dialog& dialog);
    void hang_up(const sip::DialogId& id);
    void send_to_next_hop(sip::Message request);    // in a transaction, to the first of the servers

    const Identity identity_;

private:
    struct Realm {
        sip::Challenge challenge;
        bool proxy = false;
        std::uint32_t count = 0;
    };

    std::map<sip::DialogId, sip::Dialog> dialogs_;
    std::map<std::string, std::vector<Realm>> realms_;      // by Call-ID (RFC 3261 22.3)
    std::uint32_t session_id_ = 0;
};

}  // namespace sipdex::simulator
