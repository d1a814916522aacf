#include "simulator/engine/party.h"

#include "facts/facts.h"
#include "sip/dialog.h"
#include "sip/name_addr.h"
#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::simulator {

Party::Party(Stage& stage, std::size_t actor) : stage_(stage), actor_(actor), transactions_(stage, actor, *this) {}

void Party::receive(const sip::Message& message, std::size_t from) { transactions_.receive(message, from); }

sip::Message Party::response_to(const sip::Message& request, int status, const std::string& phrase) {
    std::string tag;
    if (status != 100) {
        // RFC 3261 8.2.6.2, 9.2, 19.3: one tag for a request and its CANCEL, another for whatever else may come.
        const auto via = sip::top_via(request);
        std::string& mine = tags_[via ? via->sent_by() + ' ' + via->branch() : ""];
        if (mine.empty()) mine = stage_.identifiers.tag();
        tag = mine;
    }
    return sip::response_to(request, status, phrase.empty() ? facts::reason_phrase(status) : phrase, tag);
}

void Party::answer(TransactionId server, const sip::Message& request, int status, const std::string& phrase) {
    transactions_.respond(server, response_to(request, status, phrase));
}

std::vector<std::size_t> next_servers(const Stage& stage, const sip::Message& request) {
    const auto uri = sip::next_hop(request);
    return uri ? stage.names.servers_of(*uri) : std::vector<std::size_t>{};
}

}  // namespace sipdex::simulator
