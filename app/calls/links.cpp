// Stories that belong together: the legs of a back-to-back user agent, what replaces another call, what a REFER asked
// for. Nothing in SIP says so by rule, so each link tells what it rests on and how sure it is.

#include <algorithm>
#include <array>

#include "calls/grouping.h"
#include "sip/lines.h"
#include "sip/message.h"
#include "sip/token.h"

namespace sipdex::calls {

namespace {

using What = Evidence::What;

// A back-to-back user agent sets the second leg up at once, save where it looks somebody up first.
constexpr capture::Time longest_delay = std::chrono::seconds(10);
constexpr std::size_t most_candidates = 256;  // the latest calls to the same host
constexpr std::size_t shortest_number = 3, telling_digits = 7;

// What of the first INVITE of a call tells that another is about the same.
struct Traits {
    std::size_t message = none;
    std::string_view called, calling;  // users
    std::string_view replaces;
    std::string session_id;  // of the caller's end, RFC 7989 5
    std::string icid;
    std::string origin;                    // without its address, which is often rewritten
    std::string media;                     // "192.0.2.1:6004"
    std::vector<std::string_view> values;  // of fields in which a Call-ID may be passed on
};

std::string line_of(std::string_view body, std::string_view begin) {
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        const std::string_view line = sip::trimmed(body.substr(at, end - at));
        if (line.starts_with(begin)) return std::string(line.substr(begin.size()));
        at = end + 1;
    }
    return {};
}

std::string word_of(const std::string& line, std::size_t index) {
    std::size_t at = 0;
    for (; index > 0 && at < line.size(); --index) at = std::min(line.find(' ', at), line.size() - 1) + 1;
    return line.substr(std::min(at, line.size()), line.find(' ', at) - at);
}

bool may_pass_call_id(std::string_view name) {
    static constexpr std::array fields = {"References", "In-Reply-To", "Cisco-Guid", "P-Original-Call-ID"};
    return sip::same_token(name.substr(0, 2), "X-") ||
           std::ranges::any_of(fields, [&](std::string_view one) { return sip::same_token(one, name); });
}

// "+33 1 23 45 67 89" and "0123456789" end alike; short numbers must be the same.
bool same_user(std::string_view one, std::string_view other) {
    if (one.size() < shortest_number || other.size() < shortest_number) return false;
    if (one == other) return true;
    const auto digits = [](std::string_view user) {
        std::string found;
        for (const char c : user) {
            if (c >= '0' && c <= '9') found += c;
            else if (std::string_view("+-.() ").find(c) == std::string_view::npos) return std::string();
        }
        return found;
    };
    const std::string first = digits(one), second = digits(other);
    if (first.size() < telling_digits || second.size() < telling_digits) return false;
    return first.substr(first.size() - telling_digits) == second.substr(second.size() - telling_digits);
}

class Linking {
public:
    Linking(const capture::Captured& captured, Calls& calls) : captured_(captured), calls_(calls) {}

    void link() {
        for (std::size_t story = 0; story < calls_.stories.size(); ++story)
            by_call_id_.emplace(calls_.stories[story].call_id, story);
        // One after the other in time, so that a call finds those before it.
        for (std::size_t story = 0; story < calls_.stories.size(); ++story) {
            const std::size_t message = first_invite(story);
            if (message == none) continue;
            Traits traits = traits_of(message);
            link_named(story, traits);
            link_leg(story, traits);
            remember(story, std::move(traits));
        }
    }

private:
    struct Candidate {
        std::size_t story = none;
        Traits traits;
    };

    std::size_t first_invite(std::size_t story) const {
        if (calls_.stories[story].kind != Kind::call) return none;
        for (const std::size_t transaction : calls_.stories[story].transactions) {
            const Transaction& one = calls_.transactions[transaction];
            if (one.method == "INVITE" && !one.in_dialog && one.request != none) return one.request;
        }
        return none;
    }

    Traits traits_of(std::size_t message) const {
        Traits traits;
        traits.message = message;
        const capture::Message& captured = captured_.messages[message];
        const Outline outline = outline_of(captured);
        traits.called = user_in(outline.request_uri);
        if (traits.called.empty()) traits.called = user_in(outline.to);
        traits.calling = user_in(outline.from);
        traits.replaces = outline.replaces;
        sip::Lines lines(captured.octets);
        lines.start_line();
        for (sip::FieldLines field; lines.next_field(field);) {
            if (sip::same_token(field.name, "Session-ID"))
                traits.session_id = sip::lowered(sip::trimmed(field.value.substr(0, field.value.find(';'))));
            else if (sip::same_token(field.name, "P-Charging-Vector"))
                traits.icid = parameter_in(std::string(";").append(field.value), "icid-value");
            else if (may_pass_call_id(field.name)) traits.values.push_back(field.value);
            else if (sip::same_token(field.name, "Refer-To") || sip::same_token(field.name, "Referred-By"))
                traits.values.push_back(field.value);
        }
        const std::string_view body = lines.rest();
        const std::string origin = line_of(body, "o="), connection = line_of(body, "c="), audio = line_of(body, "m=");
        // An identifier of the session that is not just a number counted from 1 (RFC 8866 5.2).
        if (const std::string id = word_of(origin, 1); id.size() > 4) traits.origin = id + ' ' + word_of(origin, 2);
        const std::string address = word_of(connection, 2), port = word_of(audio, 1);
        if (!address.empty() && address != "0.0.0.0" && !port.empty() && port != "0")
            traits.media = address + ' ' + port;
        return traits;
    }

    // Links that a header field names: Replaces, and Call-IDs that are passed on.
    void link_named(std::size_t story, const Traits& traits) {
        if (!traits.replaces.empty()) {
            const auto place = by_call_id_.find(sip::trimmed(traits.replaces.substr(0, traits.replaces.find(';'))));
            if (place != by_call_id_.end() && place->second != story)
                calls_.links.push_back({.first = place->second,
                                        .second = story,
                                        .why = Link::Why::replacement,
                                        .certainty = Certainty::certain,
                                        .through = none,
                                        .evidence = {{What::replaces, calls_.stories[place->second].messages.front(),
                                                      traits.message, std::string(place->first)}}});
        }
        link_transfer(story, traits);
    }

    // A call to the Refer-To of a REFER that came shortly before, made by who received it.
    void link_transfer(std::size_t story, const Traits& traits) {
        const Placed& placed = calls_.placed[traits.message];
        constexpr std::size_t most_refers = 64;
        collect_refers(traits.message);
        std::size_t seen = 0;
        for (auto refer = refers_.rbegin(); refer != refers_.rend() && seen++ < most_refers; ++refer) {
            const Placed& asked = calls_.placed[*refer];
            if (asked.story == story || asked.to != placed.from) continue;
            if (captured_.messages[traits.message].time - captured_.messages[*refer].time > longest_delay) break;
            const auto parsed = sip::parse(captured_.messages[*refer].octets);
            const auto target = parsed.message ? parsed.message->header("Refer-To") : std::nullopt;
            if (!target || !same_user(user_in(*target), traits.called)) continue;
            calls_.links.push_back(
                {.first = asked.story,
                 .second = story,
                 .why = Link::Why::transfer,
                 .certainty = Certainty::likely,
                 .through = placed.from,
                 .evidence = {{What::refers, *refer, traits.message, std::string(user_in(*target))}}});
            return;
        }
    }

    void collect_refers(std::size_t until) {
        for (; refers_until_ < until; ++refers_until_) {
            if (!captured_.messages[refers_until_].octets.starts_with("REFER ")) continue;
            if (calls_.placed[refers_until_].repeat == Repeat::original && calls_.placed[refers_until_].story != none)
                refers_.push_back(refers_until_);
        }
    }

    void link_leg(std::size_t story, const Traits& traits) {
        std::optional<Link> best;
        const auto consider = [&](const Candidate& candidate) {
            auto found = compared(candidate, story, traits);
            if (found && (!best || found->certainty < best->certainty ||
                          (found->certainty == best->certainty && found->evidence.size() >= best->evidence.size())))
                best = std::move(found);
        };
        std::vector<std::size_t> places;
        const auto add = [&](const auto& map, const auto& key) {
            if (const auto place = map.find(key); place != map.end()) places.push_back(place->second);
        };
        if (!traits.session_id.empty()) add(by_session_, traits.session_id);
        if (!traits.icid.empty()) add(by_icid_, traits.icid);
        for (const std::string_view value : traits.values)
            if (const auto named = by_call_id_.find(value); named != by_call_id_.end()) add(by_story_, named->second);
        const Party& sender = calls_.parties[calls_.placed[traits.message].from];
        if (const auto arrived = by_host_.find(host(sender)); arrived != by_host_.end()) {
            const auto& all = arrived->second;
            const capture::Time now = captured_.messages[traits.message].time;
            for (std::size_t i = all.size(); i > 0 && all.size() - i < most_candidates; --i) {
                if (now - captured_.messages[candidates_[all[i - 1]].traits.message].time > longest_delay) break;
                places.push_back(all[i - 1]);
            }
        }
        for (const std::size_t place : places) consider(candidates_[place]);
        if (best) calls_.links.push_back(std::move(*best));
    }

    // What two calls have in common; nothing where it is not enough.
    std::optional<Link> compared(const Candidate& earlier, std::size_t story, const Traits& traits) const {
        const Traits& first = earlier.traits;
        if (earlier.story == story) return {};
        Link link{.first = earlier.story,
                  .second = story,
                  .why = Link::Why::leg,
                  .certainty = Certainty::possible,
                  .through = none,
                  .evidence = {}};
        const auto add = [&](What what, std::string_view text) {
            link.evidence.push_back({what, first.message, traits.message, std::string(text)});
        };
        bool certain = false, likely = false;
        if (!traits.session_id.empty() && traits.session_id == first.session_id) {
            add(What::session_id, traits.session_id);
            certain = true;
        }
        if (!traits.icid.empty() && traits.icid == first.icid) {
            add(What::charging_vector, traits.icid);
            certain = true;
        }
        const std::string_view call_id = calls_.stories[earlier.story].call_id, own = calls_.stories[story].call_id;
        constexpr std::size_t telling = 8;
        if (std::ranges::find(traits.values, call_id) != traits.values.end() ||
            (call_id.size() >= telling && own.find(call_id) != std::string_view::npos)) {
            add(What::names_call_id, call_id);
            certain = true;
        }
        if (!traits.origin.empty() && traits.origin == first.origin) {
            add(What::origin, traits.origin);
            likely = true;
        }
        if (!traits.media.empty() && traits.media == first.media) {
            add(What::media_address, traits.media);
            likely = true;
        }
        const bool called = same_user(traits.called, first.called), calling = same_user(traits.calling, first.calling);
        if (called) add(What::called_number, traits.called);
        if (calling) add(What::calling_number, traits.calling);
        const std::size_t arrived = calls_.placed[first.message].to, left = calls_.placed[traits.message].from;
        const bool through = host(calls_.parties[arrived]) == host(calls_.parties[left]);
        const capture::Time delay = captured_.messages[traits.message].time - captured_.messages[first.message].time;
        const bool soon = delay >= capture::Time{} && delay <= longest_delay;
        if (through) {
            add(What::through_party, to_text(calls_.parties[left]));
            link.through = left;
        }
        if (!certain) {
            // Alike numbers alone are two calls of the same people; they must have met at one host, one shortly after the
            // other, while the first had no final response.
            if (!soon || !through) return {};
            const Transaction& waiting = calls_.transactions[calls_.placed[first.message].transaction];
            if (waiting.has_final() && waiting.final < traits.message) return {};
            if (!likely && !called && !calling) return {};
            likely = likely || (called && calling);
        }
        link.certainty = certain ? Certainty::certain : likely ? Certainty::likely : Certainty::possible;
        return link;
    }

    void remember(std::size_t story, Traits traits) {
        const std::size_t place = candidates_.size();
        if (!traits.session_id.empty()) by_session_.try_emplace(traits.session_id, place);
        if (!traits.icid.empty()) by_icid_.try_emplace(traits.icid, place);
        by_host_[host(calls_.parties[calls_.placed[traits.message].to])].push_back(place);
        by_story_.emplace(story, place);
        candidates_.push_back({story, std::move(traits)});
    }

    static std::string host(const Party& party) { return party.address.known() ? host_of(party.address) : party.name; }

    const capture::Captured& captured_;
    Calls& calls_;
    std::vector<Candidate> candidates_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_host_;  // where the calls arrived
    std::unordered_map<std::string, std::size_t> by_session_, by_icid_;
    std::unordered_map<std::size_t, std::size_t> by_story_;
    std::unordered_map<std::string_view, std::size_t> by_call_id_;  // the story itself
    std::vector<std::size_t> refers_;
    std::size_t refers_until_ = 0;
};

}  // namespace

void link(const capture::Captured& captured, Calls& calls) { Linking(captured, calls).link(); }

}  // namespace sipdex::calls
