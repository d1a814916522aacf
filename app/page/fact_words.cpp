#include "page/fact_words.h"

#include <algorithm>

#include "document/markup.h"
#include "page/articles.h"

namespace sipdex::page {

namespace {

// A value with its source behind it in brackets, the source linked.
document::Text with_source(const Reader& reader, const std::string& words, const std::string& source) {
    if (words.empty()) return {};
    document::Text text = marked(reader, {words});
    if (source.empty()) return text;
    text.spans.push_back({" ("});
    const document::Text linked = document::text_of_source(source);
    text.spans.insert(text.spans.end(), linked.spans.begin(), linked.spans.end());
    text.spans.push_back({")"});
    return text;
}

document::Text methods_text(const Reader& reader, const catalog::Methods& methods) {
    if (!methods.of.empty()) return with_source(reader, listed(methods.of), methods.source);
    if (!methods.except.empty())
        return with_source(reader, reader.words.methods_any_except(listed(methods.except)), methods.source);
    return methods.source.empty() ? document::Text{} : with_source(reader, reader.words.methods_any(), methods.source);
}

void append(document::Text& text, const document::Text& more) {
    text.spans.insert(text.spans.end(), more.spans.begin(), more.spans.end());
}

// "Contact (when it creates a dialog); Require, RSeq (when it is sent reliably)": neighbours share their condition.
document::Text headers_text(const Reader& reader, const std::vector<catalog::HeaderFact>& headers) {
    document::Text text;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        if (i > 0) text.spans.push_back({headers[i].when == headers[i - 1].when ? ", " : "; "});
        append(text, header_name(reader, headers[i].name));
        if (headers[i].when.empty() || (i + 1 < headers.size() && headers[i + 1].when == headers[i].when)) continue;
        text.spans.push_back({" ("});
        append(text, marked(reader, condition_words(reader, headers[i])));
        text.spans.push_back({")"});
    }
    return text;
}

std::vector<catalog::HeaderFact> of_strength(const catalog::Response& response, std::string_view strength) {
    std::vector<catalog::HeaderFact> headers;
    for (const catalog::HeaderFact& header : response.headers)
        if (header.strength == strength) headers.push_back(header);
    return headers;
}

// A list is the same whatever the order that its source tells it in.
std::string set_of(std::vector<std::string> values) {
    std::ranges::sort(values);
    return listed(values);
}

std::string methods_value(const catalog::Methods& methods) {
    if (!methods.of.empty()) return set_of(methods.of);
    if (!methods.except.empty()) return "any except " + set_of(methods.except);
    return methods.source.empty() ? "" : "any";
}

WordedFact headers_fact(const Reader& reader, const catalog::Response& response, const std::string& strength,
                        std::string label) {
    const std::vector<catalog::HeaderFact> headers = of_strength(response, strength);
    std::vector<std::string> values;
    for (const catalog::HeaderFact& header : headers) values.push_back(header.name + " " + header.when);
    return {strength, set_of(std::move(values)), std::move(label), headers_text(reader, headers)};
}

std::string q850_value(const std::vector<catalog::Q850Mapping>& mappings) {
    std::vector<std::string> values;
    for (const catalog::Q850Mapping& mapping : mappings)
        values.push_back(std::to_string(mapping.cause) + " " + mapping.condition);
    return set_of(std::move(values));
}

document::Text q850_text(const Reader& reader, const std::vector<catalog::Q850Mapping>& mappings) {
    std::vector<std::string> causes;
    for (const catalog::Q850Mapping& mapping : mappings) causes.push_back(q850_words(reader, mapping));
    return causes.empty() ? document::Text{} : document::plain(listed(causes));
}

}  // namespace

std::string branch(std::string token) {
    std::replace(token.begin(), token.end(), '-', '_');
    return token;
}

std::string listed(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

std::string retry_words(const Reader& reader, const catalog::Response& r) {
    return r.retry.value.empty() ? "" : reader.words.retry_rule(branch(r.retry.value));
}
document::Text try_again(const Reader& reader, const catalog::Response& r, const catalog::Prose& prose) {
    const catalog::Passage* const said = prose.find("fact.retry");
    const std::string rule = retry_words(reader, r);
    if (rule.empty() || (said && r.retry.value == "application-decides")) return text_of(reader, said);
    return document::plain(rule);
}

document::Text with_summary(const Reader& reader, document::Text link, const std::optional<catalog::Pair>& pair) {
    if (!pair) return link;
    const catalog::Prose words = reader.catalog.prose("pair/" + pair->ids[0] + "-" + pair->ids[1], reader.language());
    const document::Text summary = text_of(reader, words.find("summary"));
    link.spans.push_back({" — "});
    link.spans.insert(link.spans.end(), summary.spans.begin(), summary.spans.end());
    link.language = summary.language;
    return link;
}

document::FactTable::Verdict verdict_of(const catalog::Response& r) {
    using enum document::FactTable::Verdict;
    if (r.retry.value == "do-not-retry") return no;
    if (r.retry.value == "same-request-after-delay" || r.retry.value == "same-request-other-target") return yes;
    return r.retry.value == "modified-request" || r.retry.value == "after-credentials" ? on_condition : none;
}

document::Text first_sentence(const Reader& reader, const catalog::Passage* passage) {
    if (!passage) return {};
    catalog::Passage first = *passage;
    // A few words alone ("Ask what fails.") say nothing without the sentence that follows.
    constexpr std::size_t too_short = 45;
    for (std::size_t end = 0; (end = first.markup.find('.', end)) != std::string::npos; ++end) {
        if (end < too_short ||
            (end + 1 < first.markup.size() && first.markup[end + 1] != ' ' && first.markup[end + 1] != '\n'))
            continue;
        first.markup.resize(end + 1);
        break;
    }
    return text_of(reader, &first);
}

document::Text first_check(const Reader& reader, const catalog::Response& r, const catalog::Prose& prose) {
    return r.steps.empty() ? document::Text{} : first_sentence(reader, prose.find("step." + r.steps.front().id));
}

std::string dialog_words(const Reader& reader, const catalog::Response& r) {
    return r.dialog.value.empty() ? "" : reader.words.dialog_effect(branch(r.dialog.value));
}
std::string proxy_words(const Reader& reader, const catalog::Response& r) {
    return r.proxy.value.empty() ? "" : reader.words.proxy_forwarding(branch(r.proxy.value));
}
std::string failover_words(const Reader& reader, const catalog::Response& r) {
    return r.failover.value.empty() ? "" : reader.words.failover_rule(branch(r.failover.value));
}
std::string fault_words(const Reader& reader, const std::string& where) {
    return reader.words.fault_place(branch(where));
}
std::string addressee_words(const Reader& reader, const std::string& who) {
    return reader.words.addressee(branch(who));
}

Markup condition_words(const Reader& reader, const catalog::HeaderFact& header) {
    return {header.when.empty() ? std::string() : reader.words.header_condition(branch(header.when))};
}

document::Text strength_words(const Reader& reader, const catalog::HeaderFact& header) {
    const std::string strength = branch(header.strength);
    if (header.when.empty()) return sentence(reader, &language::Words::header_strength, strength);
    return sentence(reader, &language::Words::header_strength_if, strength, condition_words(reader, header));
}

document::Text header_name(const Reader& reader, const std::string& name) {
    if (name == "body") return document::plain(reader.words.header_body());
    if (name == "reason-phrase") return document::plain(reader.words.header_reason_phrase());
    document::Text text = document::wire(name);
    if (reader.catalog.has_entry("header", name)) text.spans[0].target = document::ToTerm{"header/" + name};
    return text;
}

std::string q850_words(const Reader& reader, const catalog::Q850Mapping& mapping) {
    const std::string cause = reader.words.q850_cause(
        std::to_string(mapping.cause), name_of_cause(reader, std::to_string(mapping.cause), mapping.name));
    return mapping.condition.empty()
               ? cause
               : reader.words.q850_cause_if(cause, reader.words.q850_condition(branch(mapping.condition)));
}

std::string fallback_of(int code) { return code < 200 ? "183" : std::to_string(code / 100) + "00"; }

std::vector<WordedFact> facts_of(const Reader& reader, const catalog::Response& r) {
    const language::Words& words = reader.words;
    document::Text by;
    std::vector<std::string> who;
    for (const catalog::Sourced& one : r.generated_by) {
        if (!by.empty()) by.spans.push_back({", "});
        by.spans.push_back({words.generated_by(branch(one.value))});
        who.push_back(one.value);
    }
    const std::string response_class = std::to_string(r.code / 100);
    return {
        {"class", response_class, words.fact_class(), document::plain(words.class_name(response_class))},
        {"status", r.status, words.fact_status(), document::plain(words.response_status(r.status))},
        {"defined-in", r.defined_in, words.fact_defined_in(), document::text_of_source(r.defined_in)},
        {"final", r.final() ? "yes" : "no", words.fact_final(),
         document::plain(r.final() ? words.final_yes() : words.final_no())},
        {"generated-by", set_of(std::move(who)), words.fact_generated_by(), std::move(by)},
        {"methods", methods_value(r.methods), words.fact_methods(), methods_text(reader, r.methods)},
        {"retry", r.retry.value, words.fact_retry(), with_source(reader, retry_words(reader, r), r.retry.source)},
        {"failover", r.failover.value, words.fact_failover(),
         with_source(reader, failover_words(reader, r), r.failover.source)},
        {"proxy", r.proxy.value, words.fact_proxy(), with_source(reader, proxy_words(reader, r), r.proxy.source)},
        {"dialog", r.dialog.value, words.fact_dialog(), with_source(reader, dialog_words(reader, r), r.dialog.source)},
        headers_fact(reader, r, "must", words.fact_must()),
        headers_fact(reader, r, "should", words.fact_should()),
        headers_fact(reader, r, "may", words.fact_may()),
        {"from-q850", q850_value(r.from_q850), words.fact_from_q850(), q850_text(reader, r.from_q850)},
        {"to-q850", q850_value(r.to_q850), words.fact_to_q850(), q850_text(reader, r.to_q850)},
    };
}

}  // namespace sipdex::page
