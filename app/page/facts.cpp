#include "page/facts.h"

#include <algorithm>

#include "page/fact_words.h"

namespace sipdex::page {

namespace {

using document::Fact;
using document::Text;

class Lister {
public:
    Lister(const Reader& reader, const catalog::Response& response, std::vector<Fact>& to)
        : reader_(reader),
          words_(reader.words),
          response_(response),
          prose_(reader.catalog.prose("response/" + response.id, reader.language())),
          to_(to) {}

    void list() {
        const catalog::Response& r = response_;
        const std::string digit = std::to_string(r.code / 100);
        add("phrase", r.phrase, document::wire(r.phrase), r.defined_in);
        add("class", digit, document::plain(words_.class_name(digit)), {});
        add("status", r.status, document::plain(words_.response_status(r.status)), {});
        add("final", r.final() ? "yes" : "no", document::plain(r.final() ? words_.final_yes() : words_.final_no()), {});
        for (const char* key : {"gloss", "summary", "tell"}) add(key, {}, passage(key), {});
        for (const catalog::Sourced& by : r.generated_by)
            add("generated-by", by.value, document::plain(words_.generated_by(branch(by.value))), by.source);
        methods();
        add("retry", r.retry.value, document::plain(retry_words(reader_, r)), r.retry.source);
        add("failover", r.failover.value, document::plain(failover_words(reader_, r)), r.failover.source);
        add("proxy", r.proxy.value, document::plain(proxy_words(reader_, r)), r.proxy.source);
        add("dialog", r.dialog.value, document::plain(dialog_words(reader_, r)), r.dialog.source);
        for (const catalog::HeaderFact& header : r.headers)
            add("header/" + header.name, header.strength + (header.when.empty() ? "" : " " + header.when),
                strength_words(reader_, header), header.source);
        for (const catalog::Q850Mapping& cause : r.from_q850) q850("from-q850", cause);
        for (const catalog::Q850Mapping& cause : r.to_q850) q850("to-q850", cause);
        for (const catalog::Cause& cause : r.causes)
            add("cause/" + cause.id, cause.where, passage("cause." + cause.id), {});
        for (const catalog::Step& step : r.steps) add("step/" + step.id, step.who, passage("step." + step.id), {});
        for (const std::string& other : r.related)
            if (const auto title = reader_.catalog.title_of_response(other))
                add("related", other, document::plain(*title), {});
    }

private:
    Text passage(const std::string& key) const { return text_of(reader_, prose_.find(key)); }

    void add(std::string id, std::string value, Text words, std::string source) {
        if (!value.empty() || !document::words_of(words).empty())
            to_.push_back({response_.id, std::move(id), std::move(value), std::move(words), std::move(source)});
    }

    void methods() {
        const catalog::Methods& methods = response_.methods;
        if (!methods.of.empty())
            add("methods", listed(methods.of), document::plain(listed(methods.of)), methods.source);
        else if (!methods.except.empty())
            add("methods", "any except " + listed(methods.except),
                document::plain(words_.methods_any_except(listed(methods.except))), methods.source);
        else if (!methods.source.empty()) add("methods", "any", document::plain(words_.methods_any()), methods.source);
    }

    void q850(const std::string& way, const catalog::Q850Mapping& cause) {
        add(way, std::to_string(cause.cause) + (cause.condition.empty() ? "" : " " + cause.condition),
            document::plain(q850_words(reader_, cause)), cause.source);
    }

    const Reader& reader_;
    const language::Words& words_;
    const catalog::Response& response_;
    catalog::Prose prose_;
    std::vector<Fact>& to_;
};

}  // namespace

document::Document with_facts(const Reader& reader, document::Document page) {
    page.facts.clear();
    // What somebody pasted is what that page is about.
    if (std::ranges::find(page.sections, "pasted", &document::Section::id) != page.sections.end()) return page;
    for (const document::Masthead& masthead : page.mastheads)
        if (const auto response = reader.catalog.response(masthead.id)) Lister(reader, *response, page.facts).list();
    return page;
}

}  // namespace sipdex::page
