// What callers and phones share: who they are, what they can do, the dialogs they are in, and how a call ends.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/agents/call.h"
#include "simulator/agents/screening.h"
#include "simulator/engine/errands.h"
#include "simulator/engine/party.h"
#include "sip/dialog.h"
#include "sip/digest.h"

namespace sipdex::simulator {

class UserAgent : public Party {
public:
    // Options of every user agent, besides those of its screening.
    struct Identity {
        std::string uri;       // address of record, "sip:alice@example.com"
        std::string display;   // before it in From; by default the party's name
        sip::Account account;  // empty: answers no challenge
        int media_port = 49170;
        bool says_202 = false;     // to a REFER, as devices older than RFC 7647 do
        Time reservation_takes{};  // its part of what a precondition demands
        bool off = false;          // receives nothing, answers nothing
        Screening screening;
    };
    static Identity read_identity(source::Table& options);

    UserAgent(Stage& stage, std::size_t actor);

    void receive(const sip::Message& message, std::size_t from) override;
    void on_response(TransactionId client, const sip::Message& response) override { errands_.take(client, response); }
    void on_timeout(TransactionId client, const sip::Message&) override { errands_.time_out(client); }
    void on_end(TransactionId id) override { errands_.on_end(id); }
    void on_request(TransactionId server, const sip::Message& request) override;

protected:
    // An INVITE from somebody new, a CANCEL for one, and whatever comes within a dialog, its number already noted.
    // Unless a kind knows better, there is no phone that rings, and nothing to cancel.
    virtual void on_invitation(TransactionId server, const sip::Message& invite) { answer(server, invite, 480); }
    virtual void on_cancel(TransactionId server, const sip::Message& cancel) { answer(server, cancel, 481); }
    virtual void on_request_within(TransactionId server, const sip::Message& request, Call& call);  // 405

    std::string user() const;        // "alice"
    std::string contact() const;     // "<sip:alice@192.0.2.1:5060>"
    std::string from_value() const;  // "Alice" <sip:alice@example.com>, without a tag

    // Adds what a user agent says of itself: Allow, and Supported and Recv-Info where there is something to say. A
    // response speaks of Info Packages only where its request has done so.
    void add_abilities(sip::Message& request) const;
    void add_abilities(sip::Message& response, const sip::Message& request) const;

    // RFC 4028 7.1: with session timers, Supported stands in every request but ACK.
    void add_supported(sip::Message& request) const;

    // A session description for the call that the message belongs to; its version grows when it differs from the
    // last one (RFC 3264 8).
    std::string description(const sip::Message& message, const Media& media);
    void describe(sip::Message& message, const Media& media);  // puts it into the body
    const Media& able() const { return *identity_.screening.media; }
    bool supports(std::string_view tag) const;

    void refuse(TransactionId server, const sip::Message& request, const Refusal& refusal);

    // Credentials for the challenges of a 401 or 407; false when it cannot answer all of them, or has
    // tried these realms before and was not merely late (RFC 3261 22.1).
    virtual bool add_credentials(sip::Message& request, const sip::Message& challenge);
    // RFC 3261 22.3: whoever asked for credentials under this Call-ID gets them again, unasked.
    void repeat_credentials(sip::Message& request);

    Call* call_of(const sip::DialogId& id);  // null when it is over
    Call* latest_call();                     // the confirmed one that came up last
    std::vector<sip::DialogId> confirmed_calls() const;
    std::size_t talking() const { return confirmed_calls().size(); }
    Call& keep(const sip::Dialog& dialog, bool owner);
    virtual void forget(const sip::DialogId& id);  // the call is over
    void forget_all();                             // as a phone that loses power
    void hang_up(const sip::DialogId& id);

    const Identity identity_;
    Errands errands_;

private:
    struct Realm {
        sip::Challenge challenge;
        bool proxy = false;
        std::uint32_t count = 0;
    };
    struct Described {
        std::uint32_t id = 0;
        std::uint32_t version = 0;
        Media media;
        std::string host;
    };

    std::map<sip::DialogId, Call> calls_;
    std::size_t counted_ = 0;
    std::map<std::string, std::vector<Realm>> realms_;  // by Call-ID (RFC 3261 22.3)
    std::map<std::string, Described> described_;        // by Call-ID
};

}  // namespace sipdex::simulator
