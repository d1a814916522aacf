#include "page/pasted_fields.h"

#include <algorithm>
#include <array>

#include "language/characters.h"
#include "page/articles.h"
#include "page/fact_words.h"
#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/digest.h"
#include "sip/reason.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::page {

namespace {

using document::Text;
using evidence::FoundMessage;
using language::Words;

void append(Text& text, const Text& more) { text.spans.insert(text.spans.end(), more.spans.begin(), more.spans.end()); }

// Adds " — meaning" where the catalog knows one.
void append_meaning(const Reader& reader, const std::string& subject, Text& text) {
    const catalog::Prose prose = reader.catalog.prose(subject, reader.language());
    if (const Text meaning = text_of(reader, prose.find("text")); !meaning.empty()) {
        text.spans.push_back({" — "});
        append(text, meaning);
    }
}

constexpr std::size_t most_told = 100;

class Teller {
public:
    Teller(const Reader& reader, const FoundMessage& found, const Recognised& who)
        : reader_(reader), found_(found), message_(found.message), who_(who) {
        const auto cseq = sip::cseq_of(message_);
        method_ = !message_.method.empty() ? message_.method : cseq ? cseq->method : "";
    }

    std::vector<ToldField> tell() {
        reasons();
        warnings();
        for (std::size_t i = 0; i < message_.fields.size(); ++i) field(message_.fields[i], found_.field_lines[i]);
        missing_tags();
        sip_fragment();
        return std::move(told_);
    }

private:
    // Nobody reads more of one message: what comes behind is counted, without words.
    bool is_enough() const { return told_.size() >= most_told; }

    template <class Message, class... Given>
    void add(PastedEvidence evidence, Message message, const Given&... given) {
        told_.push_back({std::move(evidence), is_enough() ? Text{} : sentence(reader_, message, given...)});
    }

    std::size_t line_of(std::size_t field) const { return found_.field_lines[field]; }

    void reasons() {
        for (std::size_t i = 0; i < message_.fields.size(); ++i) {
            if (!sip::same_field(message_.fields[i].name(), "Reason")) continue;
            for (const std::string_view value : sip::values_of(message_.fields[i].value())) {
                const auto reason = sip::parse_reason(value);
                const std::string as_written(value);
                if (is_enough()) told_.push_back({{line_of(i), "reason", {}, as_written}, {}});
                else if (!reason || !reason->cause)
                    add({line_of(i), "reason", reason ? reason->protocol : "", as_written},
                        &Words::pasted_reason_without_cause, as_written);
                else add_reason(*reason, line_of(i), as_written);
            }
        }
    }

    void add_reason(const sip::Reason& reason, std::size_t line, const std::string& as_written) {
        const std::string cause = std::to_string(*reason.cause), has_text = reason.text.empty() ? "no" : "yes";
        PastedEvidence evidence{line, "reason", reason.protocol, as_written};
        const auto title = reader_.catalog.title_of_response(cause);
        const Markup linked{title ? "[" + cause + "]" : cause};
        if (reason.is("Q.850")) {
            Text text = sentence(reader_, &Words::pasted_q850, has_text, cause, reason.text);
            if (const auto entry = reader_.catalog.entry("cause", cause)) {
                text.spans.push_back({" "});
                text.spans.push_back({title_of_entry(reader_, *entry), document::Span::Style::strong,
                                      document::ToTerm{"cause/" + cause}});
                append_meaning(reader_, "cause/" + cause, text);
            }
            told_.push_back({std::move(evidence), std::move(text)});
            if (!said_whose_)
                told_.push_back({{},
                                 sentence(reader_, &Words::pasted_q850_whose, whose(),
                                          who_.speaker ? who_.speaker->name : std::string())});
            said_whose_ = true;
        } else if (reason.is("STIR")) {
            add(std::move(evidence), &Words::pasted_stir, has_text, linked, reason.text);
        } else if (reason.is("SIP")) {
            // What is no response code is a number of the speaker's own.
            const bool own = *reason.cause < 100 || *reason.cause > 699;
            add(std::move(evidence), &Words::pasted_reason_sip,
                own                                ? "own"
                : message_.status == *reason.cause ? "same"
                                                   : "other",
                has_text, linked, reason.text);
        } else {
            add(std::move(evidence), &Words::pasted_reason_other, has_text, reason.protocol, cause, reason.text);
        }
    }

    // Only a gateway repeats what a telephone network said (RFC 3398 §7.2.4.1, RFC 6432); servers write causes of their own.
    std::string whose() const {
        if (!who_.speaker) return "unknown";
        const catalog::Speaker* speaker = reader_.catalog.speaker(who_.speaker->id);
        if (speaker && speaker->kind == "gateway") return "network";
        return who_.writes_reasons_itself ? "itself" : "unknown";
    }

    void warnings() {
        for (std::size_t i = 0; i < message_.fields.size(); ++i) {
            if (!sip::same_field(message_.fields[i].name(), "Warning")) continue;
            for (const std::string_view value : sip::values_of(message_.fields[i].value())) {
                const auto warning = sip::parse_warning(value);
                if (!warning) continue;
                if (is_enough()) {
                    told_.push_back({{line_of(i), "warning", {}, std::string(value)}, {}});
                    continue;
                }
                const std::string code = std::to_string(warning->code);
                const auto entry = reader_.catalog.entry("warning", code);
                Text text = sentence(reader_, &Words::pasted_warning, code,
                                     warning->text.empty() && entry ? entry->title : warning->text);
                if (entry) {
                    text.spans.push_back({" "});
                    text.spans.push_back({title_of_entry(reader_, *entry), document::Span::Style::plain,
                                          document::ToTerm{"warning/" + code}});
                    append_meaning(reader_, "warning/" + code, text);
                }
                told_.push_back({{line_of(i), "warning", code, std::string(value)}, std::move(text)});
            }
        }
    }

    bool is(const sip::HeaderField& field, std::string_view name) const { return sip::same_field(field.name(), name); }
    bool status_is(std::initializer_list<int> codes) const {
        return std::ranges::find(codes, message_.status) != codes.end();
    }

    // Fields whose value is told in one sentence, where it matters.
    void field(const sip::HeaderField& field, std::size_t line) {
        using Message = std::string (Words::*)(const std::string&) const;
        struct Row {
            std::string_view name;
            Message message;
        };
        static constexpr std::array rows = {Row{"Unsupported", &Words::pasted_unsupported},
                                            Row{"Geolocation-Error", &Words::pasted_geolocation_error},
                                            Row{"AlertMsg-Error", &Words::pasted_alertmsg_error},
                                            Row{"Permission-Missing", &Words::pasted_permission_missing},
                                            Row{"Recv-Info", &Words::pasted_recv_info},
                                            Row{"Allow-Events", &Words::pasted_allow_events},
                                            Row{"Error-Info", &Words::pasted_error_info},
                                            Row{"Security-Server", &Words::pasted_security_server},
                                            Row{"Call-Info", &Words::pasted_call_info},
                                            Row{"Server", &Words::pasted_server},
                                            Row{"User-Agent", &Words::pasted_server}};
        const std::string name(sip::full_name(field.name()));
        const PastedEvidence evidence{line, "field", name, field.value()};
        if (number(field, evidence) || challenge(field, evidence) || list_that_matters(field, evidence)) return;
        for (const Row& row : rows)
            if (is(field, row.name)) return add(evidence, row.message, field.value());
        if (is(field, "Contact") && message_.status >= 300 && message_.status < 400)
            return add(evidence, &Words::pasted_contact, field.value());
        const std::string prefix = sip::lowered(name.substr(0, 2));
        if (prefix == "x-" || prefix == "p-" || sip::lowered(name).starts_with("ms-"))
            add(evidence, &Words::pasted_own_field, name, field.value());
    }

    bool number(const sip::HeaderField& field, const PastedEvidence& evidence) {
        const std::string_view digits =
            std::string_view(field.value())
                .substr(0, std::min(field.value().find_first_not_of("0123456789"), field.value().size()));
        const auto value = sip::number_of(digits);
        if (!value) return false;
        const long seconds = static_cast<long>(*value);
        if (is(field, "Retry-After")) return add(evidence, &Words::pasted_retry_after, seconds), true;
        if (is(field, "Min-Expires")) return add(evidence, &Words::pasted_min_expires, seconds), true;
        if (is(field, "Min-SE")) return add(evidence, &Words::pasted_min_se, seconds), true;
        return false;
    }

    bool challenge(const sip::HeaderField& field, const PastedEvidence& evidence) {
        if (!is(field, "WWW-Authenticate") && !is(field, "Proxy-Authenticate")) return false;
        const auto challenge = sip::parse_challenge(field.value());
        if (!challenge) return true;
        add(evidence, &Words::pasted_challenge, challenge->stale ? "stale" : "fresh", challenge->realm,
            challenge->algorithm.empty() ? "MD5" : challenge->algorithm);
        return true;
    }

    // Lists that say what would be taken, each where it is the answer.
    bool list_that_matters(const sip::HeaderField& field, const PastedEvidence& evidence) {
        if (is(field, "Allow") && status_is({405, 501}))
            return add(evidence, &Words::pasted_allow, method_.empty() ? "none" : method_, field.value()), true;
        if ((is(field, "Accept") || is(field, "Accept-Encoding") || is(field, "Accept-Language")) &&
            status_is({406, 415, 488}))
            return add(evidence, &Words::pasted_accept, std::string(sip::full_name(field.name())), field.value()), true;
        if (is(field, "Require") && (status_is({421, 494}) || message_.is_request()))
            return add(evidence, &Words::pasted_require, message_.is_request() ? "request" : "response", field.value()),
                   true;
        if (is(field, "Supported") && status_is({420, 421}))
            return add(evidence, &Words::pasted_supported, field.value()), true;
        return false;
    }

    // RFC 3261 8.1.1.3, 12.2.1.1: a request within a dialog has a tag in To and From; one that lacks it finds no dialog.
    void missing_tags() {
        if (message_.method != "BYE" && message_.status != 481) return;
        for (std::size_t i = 0; i < message_.fields.size(); ++i)
            for (const char* name : {"From", "To"}) {
                if (!is(message_.fields[i], name)) continue;
                const auto address = sip::parse_name_addr(message_.fields[i].value());
                if (address && address->tag().empty())
                    add({line_of(i), "field", name, message_.fields[i].value()}, &Words::pasted_no_tag,
                        std::string(name), message_.is_request() ? message_.method : method_);
            }
    }

    // RFC 3515 2.4.4: what became of a transfer stands in the body of a NOTIFY.
    void sip_fragment() {
        if (message_.method != "NOTIFY" || !message_.body.starts_with("SIP/2.0 ")) return;
        const std::string told = message_.body.substr(8, message_.body.find_first_of("\r\n") - 8);
        const auto title = reader_.catalog.title_of_response(told.substr(0, 3));
        add({found_.last_line, "field", "body", told}, &Words::pasted_sip_fragment,
            Markup{title ? "[" + told.substr(0, 3) + "]" : told.substr(0, 3)}, told);
    }

    const Reader& reader_;
    const FoundMessage& found_;
    const sip::Message& message_;
    const Recognised& who_;
    std::string method_;
    std::vector<ToldField> told_;
    bool said_whose_ = false;
};

}  // namespace

document::Text told_missing(const Reader& reader, const FoundMessage& found) {
    const auto lacks = [&](std::initializer_list<std::string_view> names) {
        return std::ranges::none_of(names,
                                    [&](std::string_view name) { return found.message.header(name).has_value(); });
    };
    std::vector<std::string> fields;
    const auto add = [&](bool missing, const char* field) {
        if (missing) fields.push_back(reader.words.pasted_missing_field(field));
    };
    add(!found.has_start_line, "start");
    add(!found.message.is_request() && lacks({"CSeq"}), "cseq");
    add(lacks({"Via"}), "via");
    add(lacks({"Call-ID"}), "call_id");
    add(lacks({"From", "To"}), "parties");
    if (fields.empty()) return {};
    add(found.message.status >= 300 && lacks({"Reason", "Warning", "Server", "User-Agent"}), "why");
    return sentence(reader, &Words::pasted_missing, Markup{listed(fields)});
}

std::vector<ToldField> told_fields(const Reader& reader, const FoundMessage& found, const Recognised& who) {
    return Teller(reader, found, who).tell();
}

}  // namespace sipdex::page
