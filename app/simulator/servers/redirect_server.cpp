#include "simulator/servers/redirect_server.h"

#include <algorithm>

#include "sip/name_addr.h"

namespace sipdex::simulator {

std::vector<RedirectServer::Redirection> RedirectServer::read_redirections(source::Table& options) {
    std::vector<Redirection> redirections;
    for (source::Table& fields : options.tables("redirect")) {
        Redirection redirection;
        redirection.of = fields.text("of");
        const Time after = fields.duration_or("after", Time{});
        redirection.answer = read_answer(fields);
        redirection.answer.after = after;
        if (redirection.answer.status < 300 || redirection.answer.status > 399)
            fields.problem("status", "a redirect server answers with 3xx");
        redirection.contacts = fields.texts("contacts");
        if (redirection.contacts.empty()) fields.problem("contacts", "a redirection needs 'contacts' to try");
        for (const std::string& contact : redirection.contacts)
            if (!sip::parse_name_addr(contact)) fields.problem("contacts", "'" + contact + "' is no address");
        fields.done();
        redirections.push_back(std::move(redirection));
    }
    return redirections;
}

void RedirectServer::check(source::Table& options) { read_redirections(options); }

RedirectServer::RedirectServer(Stage& stage, std::size_t actor)
    : Party(stage, actor), redirections_(options_of(stage, actor, read_redirections)) {}

void RedirectServer::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "CANCEL") {
        // RFC 3261 8.3: a redirect server answers a CANCEL with 2xx, whatever it is for.
        return answer(server, request, 200);
    }
    const auto found = std::find_if(redirections_.begin(), redirections_.end(),
                                    [&](const Redirection& r) { return r.of == request.request_uri; });
    if (found == redirections_.end()) return answer(server, request, 404);
    stage_.clock.after(found->answer.after, [this, server, redirection = &*found] {
        const sip::Message* const asked = transactions_.request_of(server);
        if (!asked) return;
        sip::Message response = response_to(*asked, redirection->answer.status, redirection->answer.phrase);
        for (const std::string& contact : redirection->contacts) response.add("Contact", contact);
        furnish(response, redirection->answer);
        transactions_.respond(server, std::move(response));
    });
}

}  // namespace sipdex::simulator
