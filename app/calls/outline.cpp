#include "calls/outline.h"

#include <algorithm>

#include "sip/lines.h"
#include "sip/start_line.h"
#include "sip/token.h"

namespace sipdex::calls {

namespace {

enum class Field { none, via, call_id, from, to, cseq, contact, expires, event, subscription_state, rseq, replaces };

// By first letter and length before anything is compared, for every line of every message comes by here.
Field field_named(std::string_view name) {
    const auto is = [&](std::string_view full, char compact) {
        return name.size() == 1 ? compact != '\0' && sip::lowered(name[0]) == compact : sip::same_token(name, full);
    };
    switch (sip::lowered(name.empty() ? '\0' : name.front())) {
        case 'v': return is("Via", 'v') ? Field::via : Field::none;
        case 'i': return is("Call-ID", 'i') ? Field::call_id : Field::none;
        case 'f': return is("From", 'f') ? Field::from : Field::none;
        case 't': return is("To", 't') ? Field::to : Field::none;
        case 'm': return is("Contact", 'm') ? Field::contact : Field::none;
        case 'o': return is("Event", 'o') ? Field::event : Field::none;
        case 'e': return is("Expires", '\0') ? Field::expires : is("Event", 'o') ? Field::event : Field::none;
        case 's': return is("Subscription-State", '\0') ? Field::subscription_state : Field::none;
        case 'r': return is("RSeq", '\0') ? Field::rseq : is("Replaces", '\0') ? Field::replaces : Field::none;
        case 'c':
            switch (name.size()) {
                case 4: return is("CSeq", '\0') ? Field::cseq : Field::none;
                case 7: return is("Call-ID", 'i') ? Field::call_id : is("Contact", 'm') ? Field::contact : Field::none;
                default: return Field::none;
            }
        default: return Field::none;
    }
}

void take_via(std::string_view value, Outline& outline) {
    // Several in one line are separated by commas; neither a host nor a branch holds one.
    for (std::size_t begin = 0; begin < value.size();) {
        const std::size_t end = std::min(value.find(',', begin), value.size());
        const std::string_view one = sip::trimmed(value.substr(begin, end - begin));
        begin = end + 1;
        if (one.empty()) continue;
        if (!outline.via.empty()) {
            outline.branch_below = parameter_in(one, "branch");
            return;
        }
        outline.via = one;
        outline.branch = parameter_in(one, "branch");
        const std::size_t slash = one.rfind('/', one.find(';'));
        std::string_view rest = one.substr(slash == std::string_view::npos ? 0 : slash + 1);
        rest = sip::trimmed(rest.substr(0, rest.find(';')));  // "UDP 192.0.2.1:5060"
        const std::size_t space = rest.find_first_of(" \t");
        outline.sent_by = space == std::string_view::npos ? std::string_view() : sip::trimmed(rest.substr(space));
    }
}

void take_cseq(std::string_view value, Outline& outline) {
    const std::size_t space = std::min(value.find_first_of(" \t\r\n"), value.size());
    outline.cseq = sip::number_of(value.substr(0, space)).value_or(0);
    outline.cseq_method = sip::trimmed(value.substr(space));
}

void take(Field field, std::string_view value, Outline& outline) {
    const auto first = [&](std::string_view& place) {
        if (place.empty()) place = value;
    };
    switch (field) {
        case Field::via:
            if (outline.via.empty() || outline.branch_below.empty()) take_via(value, outline);
            break;
        case Field::call_id: first(outline.call_id); break;
        case Field::from:
            if (outline.from.empty()) outline.from_tag = parameter_in(value, "tag");
            first(outline.from);
            break;
        case Field::to:
            if (outline.to.empty()) outline.to_tag = parameter_in(value, "tag");
            first(outline.to);
            break;
        case Field::cseq:
            if (outline.cseq_method.empty()) take_cseq(value, outline);
            break;
        case Field::contact: first(outline.contact); break;
        case Field::expires: first(outline.expires); break;
        case Field::event: first(outline.event); break;
        case Field::subscription_state: first(outline.subscription_state); break;
        case Field::rseq: first(outline.rseq); break;
        case Field::replaces: first(outline.replaces); break;
        case Field::none: break;
    }
}

// Behind the name in quotes and the URI in brackets, where the parameters of an address begin.
std::size_t parameters_begin(std::string_view value) {
    bool quoted = false;
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char c = value[at];
        if (quoted && c == '\\') ++at;
        else if (c == '"') quoted = !quoted;
        else if (!quoted && c == '<') {
            const std::size_t close = value.find('>', at);
            return close == std::string_view::npos ? value.size() : close + 1;
        }
    }
    return 0;
}

}  // namespace

std::string_view parameter_in(std::string_view value, std::string_view name) {
    std::size_t at = value.find(';', parameters_begin(value));
    while (at < value.size()) {
        const std::size_t end = std::min(value.find(';', at + 1), value.size());
        const std::string_view one = value.substr(at + 1, end - at - 1);
        const std::size_t equals = one.find('=');
        if (equals != std::string_view::npos && sip::same_token(sip::trimmed(one.substr(0, equals)), name)) {
            const std::string_view found = sip::trimmed(one.substr(equals + 1));
            return found.substr(0, found.find_first_of(",> \t\r\n"));
        }
        at = end;
    }
    return {};
}

std::string_view uri_in(std::string_view value) {
    const std::size_t behind = parameters_begin(value);
    if (behind == 0) return sip::trimmed(value.substr(0, value.find(';')));
    const std::size_t open = value.rfind('<', behind - 1);
    const std::size_t close = value[behind - 1] == '>' ? behind - 1 : behind;
    return open == std::string_view::npos ? std::string_view() : value.substr(open + 1, close - open - 1);
}

std::string_view user_in(std::string_view value) {
    std::string_view uri = uri_in(value);
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos) return {};
    const bool telephone = sip::same_token(uri.substr(0, colon), "tel");
    uri.remove_prefix(colon + 1);
    const std::size_t end = uri.find(telephone ? ';' : '@');
    if (end == std::string_view::npos) return telephone ? uri : std::string_view();
    return uri.substr(0, end);
}

std::string_view whole_lines(std::string_view octets) {
    if (octets.find("\r\n\r\n") != std::string_view::npos || octets.find("\n\n") != std::string_view::npos)
        return octets;
    const std::size_t last = octets.rfind('\n');
    return last == std::string_view::npos ? octets : octets.substr(0, last + 1);
}

Outline outline_of(std::string_view octets) {
    Outline outline;
    sip::Lines lines(octets);
    const auto first = lines.start_line();
    sip::StartLine start;
    if (!first || !sip::read_start_line(*first, &start, nullptr)) return outline;
    outline.method = start.method;
    outline.request_uri = start.request_uri;
    outline.status = start.status;
    outline.reason_phrase = start.reason_phrase;
    for (sip::FieldLines field; lines.next_field(field);)
        if (field.has_colon()) take(field_named(field.name), field.value, outline);
    return outline;
}

Outline outline_of(const capture::Message& message) {
    return outline_of(message.missing > 0 ? whole_lines(message.octets) : message.octets);
}

}  // namespace sipdex::calls
