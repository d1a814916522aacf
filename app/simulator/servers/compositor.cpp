#include "simulator/servers/compositor.h"

#include <algorithm>

#include "simulator/engine/errands.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

Compositor::Outcome Compositor::process(const sip::Message& publish, const std::string& resource, Time now,
                                        Identifiers& identifiers) {
    expire(now);
    const auto conditions = sip::values_of(publish, "SIP-If-Match");
    const auto same = std::find_if(publications_.begin(), publications_.end(), [&](const Publication& p) {
        return !conditions.empty() && p.resource == resource && p.etag == conditions.front();
    });
    // Step 3: the condition.
    if (conditions.size() > 1) return {400, {}, 0, false};
    if (!conditions.empty() && same == publications_.end()) return {412, {}, 0, false};
    // Step 4: the interval.
    const long long wanted = expires_of(publish, limits_.usual);
    if (wanted > 0 && wanted < limits_.shortest) return {423, {}, 0, false};
    // Step 5: the document.
    const std::string_view type = publish.header("Content-Type").value_or("");
    if (!publish.body.empty() && !sip::same_token(type, limits_.content_type)) return {415, {}, 0, false};
    if (publish.body.empty() && conditions.empty()) return {400, {}, 0, false};
    Publication publication = same != publications_.end() ? *same : Publication{resource, {}, {}, {}};
    if (same != publications_.end()) publications_.erase(same);
    const bool changed = wanted == 0 || (!publish.body.empty() && publish.body != publication.document);
    if (!publish.body.empty()) publication.document = publish.body;
    // Step 6: a new tag for each success.
    publication.etag = identifiers.tag();
    publication.until = now + std::chrono::seconds(wanted);
    const std::string etag = publication.etag;
    if (wanted > 0) publications_.push_back(std::move(publication));
    return {200, etag, wanted, changed};
}

const std::string* Compositor::state_of(const std::string& resource) const {
    const auto latest = std::find_if(publications_.rbegin(), publications_.rend(),
                                     [&](const Publication& p) { return p.resource == resource; });
    return latest == publications_.rend() ? nullptr : &latest->document;
}

bool Compositor::expire(Time now) {
    return std::erase_if(publications_, [&](const Publication& p) { return p.until <= now; }) > 0;
}

}  // namespace sipdex::simulator
