#include "simulator/agents/publisher.h"

#include "simulator/session/presence_document.h"

namespace sipdex::simulator {

Publisher::Publication Publisher::read_publication(source::Table& options, const std::string& does) {
    Publication publication;
    publication.event = options.text_or("event", publication.event);
    if (does == "publish") {
        publication.basic = options.text("basic");
        if (!publication.basic.empty() && publication.basic != "open" && publication.basic != "closed")
            options.problem("basic", "RFC 3863 4.1.4 knows \"open\" and \"closed\"");
        publication.note = options.text_or("note", "");
    }
    publication.expires = does == "withdraw" ? 0 : options.number_or("expires", publication.expires);
    return publication;
}

void Publisher::check(source::Table& options) { read_identity(options); }

bool Publisher::check_action(const std::string& does, source::Table& options) {
    if (does != "publish" && does != "refresh" && does != "withdraw") return false;
    read_publication(options, does);
    return true;
}

void Publisher::act(const ActionPlan& action) {
    const auto publication =
        options_of(action, [&](source::Table& fields) { return read_publication(fields, action.does); });
    if (!publication.basic.empty()) document_ = presence_document(identity_.uri, publication.basic, publication.note);
    publish(publication);
}

// RFC 3903 4.1, table 1: body and SIP-If-Match tell an initial publication, a refresh, a modification and a
// removal apart.
void Publisher::publish(const Publication& publication) {
    const bool initial = etag_.empty();
    if (initial && publication.expires == 0) return;  // there is nothing to withdraw
    sip::Message request = request_outside(stage_, actor_, "PUBLISH", identity_.uri, from_value(), identity_.uri);
    request.add("Event", publication.event);
    if (!initial) request.add("SIP-If-Match", etag_);
    request.add("Expires", std::to_string(publication.expires));
    if (initial || !publication.basic.empty()) {
        request.add("Content-Type", presence_document_type);
        request.body = document_;
    }
    errands_.send(std::move(request), [this, publication](const sip::Message& sent, const sip::Message* response) {
        conclude(publication, sent, response);
    });
}

// RFC 3903 5.
void Publisher::conclude(const Publication& publication, const sip::Message& sent, const sip::Message* response) {
    if (!response) return;
    if (response->status >= 200 && response->status < 300)
        etag_ = publication.expires == 0 ? "" : std::string(response->header("SIP-ETag").value_or(""));
    if (response->status != 412 || !sent.header("SIP-If-Match")) return;
    etag_.clear();
    if (publication.expires == 0) return;
    stage_.decided(actor_, "publishes-anew", {std::string(*sent.header("SIP-If-Match"))}, "RFC 3903 §5");
    publish(publication);
}

}  // namespace sipdex::simulator
