#include "recording/sipp.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "recording/sipp_part.h"
#include "sip/name_addr.h"
#include "sip/via.h"

namespace sipdex::recording {

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

// Words inside a message: SIPp takes brackets for keywords, and a CDATA section ends at "]]>".
std::string literal(const std::string& text) { return replaced(replaced(text, "\\x", "\\x5Cx"), "[", "\\x5B"); }

// Words inside a comment, which two hyphens would end.
std::string comment(const std::string& text) { return "<!-- " + replaced(text, "--", "- -") + " -->"; }

bool is_one_of(const std::string& name, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names, [&](std::string_view other) { return sip::same_field(name, other); });
}

bool has_tag(const sip::Message& message, const char* field) {
    const auto address = sip::address_in(message, field);
    return address && !address->tag().empty();
}

class Script {
public:
    Script(const Recording& recording, std::size_t party, std::vector<Cue> cues)
        : recording_(recording), me_(recording.actors[party]), cues_(std::move(cues)) {
        if (!cues_.empty()) first_call_ = call_of(cues_.front());
    }

    std::string written() {
        // What is sent is written first: it decides what must be remembered of what is received.
        std::vector<std::string> sent(cues_.size());
        for (std::size_t i = 0; i < cues_.size(); ++i)
            if (cues_[i].sent) sent[i] = cues_[i].message->message.is_request() ? request(i) : response(i);
        std::string xml = head();
        for (std::size_t i = 0; i < cues_.size(); ++i) {
            const Cue& cue = cues_[i];
            xml += "\n  " + comment(title_of(cue)) + "\n";
            if (cue.pause > Time{})
                xml += "  <pause milliseconds=\"" + std::to_string((cue.pause.count() + 500) / 1000) + "\"/>\n";
            xml += cue.sent ? send(cue, sent[i]) : receive(i);
        }
        return xml + "\n</scenario>\n";
    }

private:
    static std::string call_of(const Cue& cue) {
        return std::string(cue.message->message.header("Call-ID").value_or(""));
    }
    const sip::Message& message(std::size_t cue) const { return cues_[cue].message->message; }

    std::string title_of(const Cue& cue) const {
        const Transmission& sent = *cue.message;
        return std::to_string(cue.number) + ". " + recording_.actors[sent.from].name + " → " +
               recording_.actors[sent.to].name + ": " + sip::label_of(sent.message) +
               (sent.rule.empty() ? "" : " (" + sent.rule + ")");
    }

    std::string head() const {
        std::string command = "sipp -sf FILE -m 1";
        if (!challenged_by_.empty()) command += " -au USERNAME -ap PASSWORD -auth_uri " + challenged_by_;
        if (!cues_.empty() && cues_.front().sent) {
            const std::string& other = recording_.actors[cues_.front().message->to].address;
            command += " " + other;
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE scenario SYSTEM \"sipp.dtd\">\n" +
               comment("Sipdex, exchange " + recording_.exchange + ", seen from " + me_.id + " (" + me_.address +
                       "). Run it with: " + command) +
               "\n<scenario name=\"" + recording_.exchange + " " + me_.id + "\">\n";
    }

    // This party's own address, wherever it stands, becomes SIPp's.
    std::string own(std::string text, bool session = false) const {
        const std::string host = me_.address.substr(0, me_.address.rfind(':'));
        text = literal(text);
        text = replaced(text, literal(me_.address), "[local_ip]:[local_port]");
        if (!session) return replaced(text, literal(host), "[local_ip]");
        const bool six = host.front() == '[';
        return replaced(text, six ? host.substr(1, host.size() - 2) : host, "[media_ip]");
    }

    // Tags are drawn anew in each call that SIPp plays.
    static std::string own_tag(const sip::NameAddr& address) {
        return ";tag=" + literal(address.tag()) + "-[pid]-[call_number]";
    }

    static std::string without_tag(sip::NameAddr address) {
        address.parameters.remove("tag");
        return sip::to_text(address);
    }

    // ---- what the party sends ----

    std::string response(std::size_t i) {
        const sip::Message& answer = message(i);
        std::string text = "SIP/2.0 " + std::to_string(answer.status) + " " + literal(answer.reason_phrase) + "\n";
        std::set<std::string> written;
        for (const sip::HeaderField& field : answer.fields) {
            const std::string name(sip::full_name(field.name()));
            if (name == "Content-Length") continue;
            if (!is_one_of(name, {"Via", "From", "To", "Call-ID", "CSeq", "Record-Route"})) {
                text += name + ": " + own(field.value()) + "\n";
                continue;
            }
            if (!written.insert(name).second) continue;
            text += repeated(i, name);
            if (name == "To" && has_tag(answer, "To") && !has_tag(message(*cues_[i].request), "To"))
                text += own_tag(*sip::address_in(answer, "To"));
            text += "\n";
        }
        return text + body(answer);
    }

    // A header field as the request had it (RFC 3261 8.2.6.2): that of the last message, or one remembered.
    std::string repeated(std::size_t i, const std::string& name) {
        const std::size_t request = cues_[i].request.value();
        std::size_t last = i;
        while (cues_[last].sent) --last;
        if (last == request) return "[last_" + name + ":]";
        return (is_line(name) ? "" : name + ": ") + "[$" + remember(request, name) + "]";
    }

    std::string request(std::size_t i) {
        const sip::Message& request = message(i);
        // An ACK of a failure and a CANCEL go where their INVITE went (RFC 3261 17.1.1.3, 9.1).
        const std::size_t model = cues_[i].request.value_or(i);
        const bool in_dialog = has_tag(message(model), "To");
        const auto remote = in_dialog ? remote_target(model) : std::nullopt;
        std::string text = request.method + " " + (remote ? "[next_url]" : own(request.request_uri)) +
                           version_of(*cues_[i].message) + "\n";
        bool routed = false, authenticated = false;
        for (const sip::HeaderField& field : request.fields) {
            const std::string name(sip::full_name(field.name()));
            if (name == "Content-Length") continue;
            if (name == "Via") text += via(i);
            else if (name == "From" || name == "To") text += name + ": " + party(i, name);
            else if (name == "Call-ID")
                text += "Call-ID: " + (call_of(cues_[i]) == first_call_ ? "" : literal(call_of(cues_[i])) + "///") +
                        "[call_id]";
            else if (name == "Route" && remote) text += std::exchange(routed, true) ? "" : "[routes]";
            else if (name == "Authorization" || name == "Proxy-Authorization")
                text += std::exchange(authenticated, true) ? "" : credentials(i);
            else if (name == "SIP-If-Match")
                text += "SIP-If-Match: " + learned(i, "SIP-ETag").value_or(literal(field.value()));
            else if (name == "RAck") text += "RAck: " + acknowledged(i, field.value());
            else text += name + ": " + own(field.value());
            if (!text.ends_with('\n')) text += "\n";
        }
        return text + body(request);
    }

    // "5277 1 INVITE": the number is whatever the other side gives its response (RFC 3262 7.2).
    std::string acknowledged(std::size_t i, const std::string& rack) {
        const auto number = learned(i, "RSeq");
        return number ? *number + literal(rack.substr(rack.find(' '))) : literal(rack);
    }

    // " SIP/2.0", or what a party wrongly writes there.
    static std::string version_of(const Transmission& sent) {
        const std::string octets = sent.octets(), line = octets.substr(0, octets.find('\r'));
        return literal(line.substr(line.rfind(' ')));
    }

    // A transaction has a branch of its own; ACK of a failure and CANCEL repeat that of their INVITE.
    std::string via(std::size_t i) const {
        auto via = *sip::top_via(message(i));
        const std::string back =
            cues_[i].request ? "-" + std::to_string(cues_[i].index - cues_[*cues_[i].request].index) : "";
        std::string text = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch" + back + "]";
        via.parameters.remove("branch");
        return text + literal(sip::to_text(via.parameters));
    }

    // From and To of a request. In a dialog that the other side began, they are those of its request, exchanged
    // (RFC 3261 12.2.1.1).
    std::string party(std::size_t i, const std::string& field) {
        const auto address = sip::address_in(message(i), field);
        if (!address) return literal(std::string(message(i).header(field).value_or("")));
        const auto began = beginning_of(call_of(cues_[i]));
        const bool theirs = began && !cues_[*began].sent && has_tag(message(i), "To");
        if (field == "From")
            return (theirs ? "[$" + remember(*began, "To") + "]" : literal(without_tag(*address))) + own_tag(*address);
        if (theirs) return "[$" + remember(*began, "From") + "]";
        return literal(without_tag(*address)) + (address->tag().empty() ? "" : "[peer_tag_param]");
    }

    std::optional<std::size_t> beginning_of(const std::string& call) const {
        for (std::size_t i = 0; i < cues_.size(); ++i)
            if (call_of(cues_[i]) == call) return i;
        return std::nullopt;
    }

    // The message that told where requests of the dialog go (RFC 3261 12.1, 12.2).
    std::optional<std::size_t> remote_target(std::size_t i) {
        for (std::size_t before = i; before-- > 0;) {
            const sip::Message& earlier = message(before);
            if (cues_[before].sent || call_of(cues_[before]) != call_of(cues_[i]) || !earlier.header("Contact") ||
                earlier.status >= 300)
                continue;
            routes_from_.insert(before);
            return before;
        }
        return std::nullopt;
    }

    // Answers the challenge before; without one, what was written is all that there is.
    std::string credentials(std::size_t i) {
        for (std::size_t before = i; before-- > 0;) {
            const int status = message(before).status;
            if (cues_[before].sent || (status != 401 && status != 407)) continue;
            challenges_.insert(before);
            if (challenged_by_.empty())
                challenged_by_ = replaced(replaced(message(i).request_uri, "sips:", ""), "sip:", "");
            return "[authentication]";
        }
        const auto field = message(i).header("Authorization");
        return field ? "Authorization: " + literal(std::string(*field))
                     : "Proxy-Authorization: " +
                           literal(std::string(message(i).header("Proxy-Authorization").value_or("")));
    }

    // What an earlier response of this call said in a header field.
    std::optional<std::string> learned(std::size_t i, const std::string& name) {
        for (std::size_t before = i; before-- > 0;)
            if (!cues_[before].sent && message(before).header(name)) return "[$" + remember(before, name) + "]";
        return std::nullopt;
    }

    std::string body(const sip::Message& sent) const {
        const bool session = sent.header("Content-Type").value_or("").starts_with("application/sdp");
        return "Content-Length: [len]\n\n" + own(replaced(sent.body, "\r\n", "\n"), session);
    }

    std::string send(const Cue& cue, const std::string& text) const {
        const sip::Message& message = cue.message->message;
        // SIPp repeats over UDP what is answered: requests, and final responses to an INVITE (RFC 3261 17.1.1.2, 13.3.1.4).
        const bool repeats =
            message.is_request() ? message.method != "ACK" : message.status >= 200 && method_of(message) == "INVITE";
        std::string xml = std::string("  <send") + (repeats ? " retrans=\"500\"" : "") + ">\n    <![CDATA[\n\n";
        const std::size_t size = text.find_last_not_of('\n') + 1;
        for (std::size_t begin = 0, end; begin < size; begin = end + 1) {
            end = std::min(text.find('\n', begin), size);
            const std::string line = text.substr(begin, end - begin);
            xml += (line.empty() ? "" : "      " + replaced(line, "]]>", "]\\x5D>")) + "\n";
        }
        return xml + "\n    ]]>\n  </send>\n";
    }

    // ---- what the party receives ----

    // Names a variable that holds a header field of a message received.
    std::string remember(std::size_t cue, const std::string& name) {
        std::string variable;
        for (const char letter : name)
            if (letter != '-') variable += letter;
        variable += std::to_string(cues_[cue].number);
        remembered_[cue][name] = variable;
        return variable;
    }

    // Nothing hangs on a provisional response when a final one comes next.
    bool is_optional(std::size_t i) const {
        while (i < cues_.size() && !cues_[i].sent && message(i).status > 0 && message(i).status < 200) ++i;
        return i < cues_.size() && !cues_[i].sent && message(i).status >= 200;
    }

    std::string receive(std::size_t i) const {
        const sip::Message& received = message(i);
        std::string xml = received.is_request() ? "  <recv request=\"" + received.method + "\""
                                                : "  <recv response=\"" + std::to_string(received.status) + "\"";
        if (received.status > 0 && received.status < 200 && is_optional(i)) xml += " optional=\"true\"";
        if (routes_from_.contains(i)) xml += " rrs=\"true\"";
        if (challenges_.contains(i)) xml += " auth=\"true\"";
        const auto kept = remembered_.find(i);
        if (kept == remembered_.end()) return xml + "/>\n";
        xml += ">\n    <action>\n";
        for (const auto& [name, variable] : kept->second) xml += "      " + ereg(name, variable) + "\n";
        return xml + "    </action>\n  </recv>\n";
    }

    // What may stand in a message several times is remembered as whole lines, names included.
    static bool is_line(const std::string& name) { return is_one_of(name, {"Via", "Record-Route"}); }

    static std::string ereg(const std::string& name, const std::string& variable) {
        const std::string line = name + ":[^[:cntrl:]]*";
        return is_line(name)
                   ? "<ereg regexp=\"" + line + "([[:cntrl:]]+" + line + ")*\" search_in=\"msg\" assign_to=\"" +
                         variable + "\"/>"
                   : "<ereg regexp=\".*\" search_in=\"hdr\" header=\"" + name + ":\" assign_to=\"" + variable + "\"/>";
    }

    const Recording& recording_;
    const Actor& me_;
    std::vector<Cue> cues_;
    std::string first_call_;
    std::map<std::size_t, std::map<std::string, std::string>> remembered_;  // by cue: header fields and their variables
    std::set<std::size_t> routes_from_, challenges_;
    std::string challenged_by_;  // the URI that the first credentials are for, without its scheme
};

}  // namespace

std::vector<std::size_t> parties_for_sipp(const Recording& recording) {
    std::vector<std::size_t> parties;
    for (std::size_t party = 0; party < recording.actors.size(); ++party)
        if (part_of(recording, party)) parties.push_back(party);
    return parties;
}

std::string sipp_of(const Recording& recording, std::size_t party) {
    return Script(recording, party, part_of(recording, party).value_or(std::vector<Cue>{})).written();
}

}  // namespace sipdex::recording
