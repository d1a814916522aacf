// An event state compositor keeps what was published about somebody for as long as it was published, and
// makes one state of it (RFC 3903 6).
//
// Each successful PUBLISH gets a new entity-tag; the next one names it in SIP-If-Match. Of several publications
// about one resource the latest counts.
#pragma once
#include <string>
#include <vector>

#include "simulator/plan/identifiers.h"
#include "simulator/plan/recorded.h"
#include "sip/message.h"

namespace sipdex::simulator {

class Compositor {
public:
    struct Limits {
        long long shortest = 60;   // seconds; less is refused with 423
        long long usual = 3600;    // where the request asks for nothing
        std::string content_type;  // of the documents that it understands
    };
    explicit Compositor(Limits limits) : limits_(std::move(limits)) {}

    struct Outcome {
        int status = 200;
        std::string etag;       // of a 200
        long long expires = 0;  // of a 200: granted
        bool changed = false;   // the state is another now
    };
    // Steps 3 to 6; who is responsible for which resource and package was settled before.
    Outcome process(const sip::Message& publish, const std::string& resource, Time now, Identifiers& identifiers);

    // The document that counts now; null when nothing is published.
    const std::string* state_of(const std::string& resource) const;

    // Drops what has run out by now; true when that changed anything.
    bool expire(Time now);
    void forget() { publications_.clear(); }

private:
    struct Publication {
        std::string resource;
        std::string etag;
        std::string document;
        Time until{};
    };

    const Limits limits_;
    std::vector<Publication> publications_;  // the latest at the end
};

}  // namespace sipdex::simulator
