#include "calls/outline.h"

#include <algorithm>

#include "sip/lines.h"
#include "sip/message.h"
#include "sip/start_line.h"
#include "sip/token.h"

namespace sipdex::calls {

namespace {

enum class Field {
    none,
    via,
    call_id,
    from,
    to,
    cseq,
    contact,
    content_length,
    record_route,
    route,
    expires,
    event,
    subscription_state,
    rseq,
    replaces
};

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
        case 'l': return is("Content-Length", 'l') ? Field::content_length : Field::none;
        case 'o': return is("Event", 'o') ? Field::event : Field::none;
        case 'e': return is("Expires", '\0') ? Field::expires : is("Event", 'o') ? Field::event : Field::none;
        case 's': return is("Subscription-State", '\0') ? Field::subscription_state : Field::none;
        case 'r':
            switch (name.size()) {
                case 4: return is("RSeq", '\0') ? Field::rseq : Field::none;
                case 5: return is("Route", '\0') ? Field::route : Field::none;
                case 8: return is("Replaces", '\0') ? Field::replaces : Field::none;
                case 12: return is("Record-Route", '\0') ? Field::record_route : Field::none;
                default: return Field::none;
            }
        case 'c':
            switch (name.size()) {
                case 4: return is("CSeq", '\0') ? Field::cseq : Field::none;
                case 7: return is("Call-ID", 'i') ? Field::call_id : is("Contact", 'm') ? Field::contact : Field::none;
                case 14: return is("Content-Length", 'l') ? Field::content_length : Field::none;
                default: return Field::none;
            }
        default: return Field::none;
    }
}

// Whether any parameter of a line of Vias might be a `received` (RFC 3261 18.2.1) that names another host than this.
bool may_be_received_elsewhere(std::string_view vias, std::string_view host) {
    constexpr std::string_view name = "received";
    for (std::size_t at = vias.find(';'); at != std::string_view::npos; at = vias.find(';', at + 1)) {
        while (at + 1 < vias.size() && sip::white.has(vias[at + 1])) ++at;
        std::string_view rest = vias.substr(at + 1);
        if (!sip::same_token(rest.substr(0, name.size()), name)) continue;
        rest.remove_prefix(name.size());
        if (!rest.starts_with('=') || rest.substr(1, rest.find(';') - 1) != host) return true;
    }
    return false;
}

void take_via(std::string_view value, Outline& outline) {
    const bool first = outline.via.empty();
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
        constexpr sip::Characters plain(sip::alphanum, "-.");
        if (first) outline.may_tell_nat = may_be_received_elsewhere(value, plain.leading(outline.sent_by));
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
        case Field::route: outline.has_route = true; break;
        case Field::record_route: outline.has_record_route = true; break;
        case Field::content_length:
        case Field::none: break;
    }
}

// Whether the first Content-Length says how much there is behind the empty line.
bool fits(std::string_view length, const sip::Lines& lines) {
    constexpr std::string_view empty_line = "\r\n\r\n";
    const std::string_view body = lines.rest();
    return lines.ended_by_empty_line() && sip::number_of(length) == body.size() &&
           std::string_view(body.data() - empty_line.size(), empty_line.size()) == empty_line;
}

// Behind the name in quotes and the URI in brackets, where the parameters of an address begin.
std::size_t parameters_begin(std::string_view value) {
    const std::size_t open = value.find('<');
    if (open == std::string_view::npos) return 0;
    // Behind a parameter it is no URI, but what somebody wrote for an address: "received=<our address>".
    if (value.substr(0, open).find_first_of("\";") == std::string_view::npos) {
        const std::size_t close = value.find('>', open);
        return close == std::string_view::npos ? value.size() : close + 1;
    }
    bool quoted = false;
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char c = value[at];
        if (quoted && c == '\\') ++at;
        else if (c == '"') quoted = !quoted;
        else if (!quoted && c == ';') return 0;
        else if (!quoted && c == '<') {
            const std::size_t close = value.find('>', at);
            return close == std::string_view::npos ? value.size() : close + 1;
        }
    }
    return 0;
}

}  // namespace

std::uint64_t field_bit(std::string_view name) {
    if (name.size() == 1) name = sip::full_name(name);
    if (name.empty()) return 0;
    const auto code = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(sip::lowered(c))); };
    return std::uint64_t{1} << ((code(name.front()) * 7 + code(name.back()) * 3 + name.size() * 5) % 64);
}

std::string_view parameter_in(std::string_view value, std::string_view name) {
    std::size_t at = value.find(';', parameters_begin(value));
    while (at < value.size()) {
        const std::size_t end = std::min(value.find(';', at + 1), value.size());
        const std::string_view one = value.substr(at + 1, end - at - 1);
        const std::size_t equals = one.find('=');
        if (equals != std::string_view::npos && sip::same_token(sip::trimmed(one.substr(0, equals)), name)) {
            const std::string_view found = sip::trimmed(one.substr(equals + 1));
            constexpr sip::Characters behind(",> \t\r\n");
            return behind.before(found);
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
    std::optional<std::string_view> length;
    for (sip::FieldLines field; lines.next_field(field);) {
        if (!field.has_colon()) continue;
        outline.fields |= field_bit(field.name);
        const Field known = field_named(field.name);
        if (known == Field::content_length && !length) length = field.value;
        else take(known, field.value, outline);
    }
    outline.has_body = !lines.rest().empty();
    outline.length_fits = length && fits(*length, lines);
    return outline;
}

Outline outline_of(const capture::Message& message) {
    return outline_of(message.missing > 0 ? whole_lines(message.octets) : message.octets);
}

}  // namespace sipdex::calls
