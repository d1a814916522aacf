#include "site/compared.h"

#include <map>
#include <nlohmann/json.hpp>

#include "document/markup.h"
#include "language/characters.h"
#include "page/fact_words.h"

namespace sipdex::site {

namespace {

using document::Document;
using document::Text;
using language::Words;
using nlohmann::json;

// Stand where the titles of the codes go.
constexpr const char *first = "@1@", *second = "@2@";

std::string dumped(const json& value) {
    return language::escaped_json(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

// Not even in a script element can it end the element.
std::string without_markup(std::string written) {
    for (std::size_t at = written.find('<'); at != std::string::npos; at = written.find('<', at))
        written.replace(at, 1, "\\u003c");
    return written;
}

class Column {
public:
    Column(const Place& place, const catalog::Response& facts)
        : place_(place),
          reader_(place.language.reader),
          facts_(facts),
          prose_(reader_.catalog.prose("response/" + facts.id, reader_.language())),
          document_(blank(reader_, Document::Kind::comparison, "")),
          inside_(inside(place, document_)) {}

    json written() const {
        const document::Masthead head = masthead(reader_, facts_, prose_);
        return {{"id", facts_.id},
                {"code", facts_.code},
                {"title", page::title_of(facts_)},
                {"name", code_html(facts_.code, facts_.phrase)},
                {"address", place_.to(document::ToResponse{facts_.id})},
                {"gloss", html(head.gloss)},
                {"remark", head.remark},
                {"glance", glance()},
                {"facts", facts()},
                {"fields", fields()},
                {"all", names_of_fields()},
                {"when", html(when())},
                {"causes", causes()},
                {"steps", steps()},
                {"meaning", meaning()},
                {"sources", sources()}};
    }

private:
    std::string html(const Text& text) const { return paint::html_text(text, inside_); }
    std::string passage(const std::string& key) const { return html(page::text_of(reader_, prose_.find(key))); }

    json glance() const {
        std::string again = html(page::try_again(reader_, facts_, prose_));
        if (!again.empty()) again.insert(0, paint::html_verdict(page::verdict_of(facts_)));
        return {{"try", again},
                {"check", html(page::first_check(reader_, facts_, prose_))},
                {"tell", passage("tell")},
                {"produced", passage("produced")}};
    }

    json facts() const {
        json rows = json::array();
        for (const page::WordedFact& fact : page::facts_of(reader_, facts_))
            if (fact.id != "class" && fact.id != "defined-in")  // the head of the page has said it
                rows.push_back({fact.label, fact.value, html(fact.cell)});
        return rows;
    }

    json names_of_fields() const {
        json all = json::array();
        for (const catalog::HeaderFact& header : facts_.headers) all.push_back(header.name);
        return all;
    }

    // Header fields that one code has and the other has not tell the two apart in a trace.
    json fields() const {
        json all = json::array();
        const std::string code = std::to_string(facts_.code);
        for (const catalog::HeaderFact& header : facts_.headers) {
            if (header.name == "body" || header.name == "reason-phrase") continue;
            const Text said = header.when.empty()
                                  ? page::sentence(reader_, &Words::trace_header_only, header.name, code)
                                  : page::sentence(reader_, &Words::trace_header_only_if, header.name, code,
                                                   page::condition_words(reader_, header));
            all.push_back({header.name, html(said)});
        }
        return all;
    }

    Text when() const {
        if (Text said = page::text_of(reader_, prose_.find("produced")); !said.empty()) return said;
        for (page::WordedFact& fact : page::facts_of(reader_, facts_))
            if (fact.id == "generated-by") return std::move(fact.cell);
        return {};
    }

    json causes() const {
        json rows = json::array();
        for (const catalog::Cause& cause : facts_.causes)
            rows.push_back({page::fault_words(reader_, cause.where), passage("cause." + cause.id)});
        return rows;
    }

    json steps() const {
        json rows = json::array();
        for (const catalog::Step& step : facts_.steps)
            rows.push_back({page::addressee_words(reader_, step.who), passage("step." + step.id)});
        return rows;
    }

    json meaning() const {
        json rows = json::array();
        for (const Text& text : page::paragraphs_of(reader_, prose_.find("description")))
            rows.push_back({"", html(text)});
        if (rows.empty())
            rows.push_back({"", html(page::sentence(reader_, &Words::text_not_written, page::title_of(facts_)))});
        return rows;
    }

    json sources() const {
        json all = json::array();
        for (const std::string& source : facts_.sources) all.push_back(html(document::text_of_source(source)));
        return all;
    }

    const Place& place_;
    const page::Reader& reader_;
    const catalog::Response& facts_;
    catalog::Prose prose_;
    Document document_;
    paint::HtmlInside inside_;
};

json words_of_comparisons(const Place& place) {
    const page::Reader& reader = place.language.reader;
    const Words& words = place.language.words;
    const Document document = blank(reader, Document::Kind::comparison, "");
    const paint::HtmlInside within = inside(place, document);
    json pairs = json::object();
    for (const catalog::ListedResponse& listed : reader.catalog.responses(reader.language()))
        for (const catalog::Pair& pair : reader.catalog.pairs_with(listed.id))
            pairs[pair.ids[0] + "+" + pair.ids[1]] = place.to(document::ToComparison{pair.ids});
    return {{"title", words.comparison_title(first, second)},
            {"document", words.site_title("{title}")},
            {"status",
             paint::html_text(
                 page::sentence(reader, &Words::trace_status_line, std::string(first), std::string(second)), within)},
            {"unwritten", paint::html_text(page::sentence(reader, &Words::pair_not_written), within)},
            {"none", words.value_none()},
            {"differs", words.differs()},
            {"try", words.glance_try_again()},
            {"check", words.glance_first_check()},
            {"tell", words.glance_tell()},
            {"produced", words.glance_produced_by()},
            {"glance", words.section_at_a_glance()},
            {"differences", words.section_key_differences()},
            {"trace", words.section_trace()},
            {"when", words.section_when()},
            {"causes", words.section_causes()},
            {"steps", words.section_steps()},
            {"meaning", words.section_meaning()},
            {"sources", words.section_sources()},
            {"pairs", pairs}};
}

std::string options_of(const Place& place) {
    std::map<int, std::string> classes;
    for (const catalog::ListedResponse& listed : place.language.reader.catalog.responses(place.language.tag))
        classes[listed.code / 100] += "<option value=\"" + paint::html_escaped(listed.id) + "\">" +
                                      std::to_string(listed.code) + " " + paint::html_escaped(listed.phrase) +
                                      "</option>\n";
    std::string html;
    for (const auto& [digit, options] : classes)
        html += "<optgroup label=\"" + paint::html_escaped(place.language.words.class_name(std::to_string(digit))) +
                "\">\n" + options + "</optgroup>\n";
    return html;
}

}  // namespace

std::string compared_code(const Place& place, const std::string& id) {
    const auto facts = place.language.reader.catalog.response(id);
    return facts ? "sipdexCode(" + dumped(Column(place, *facts).written()) + ");\n" : std::string();
}

std::string compare_html(const Place& place) {
    const Words& words = place.language.words;
    const std::string options = options_of(place);
    const auto pick = [&](const char* number) {
        return std::string("<label>") + paint::html_escaped(words.site_compare_pick(number)) +
               "<select><option value=\"\">" + paint::html_escaped(words.site_compare_none()) + "</option>\n" +
               options + "</select></label>\n";
    };
    return "<noscript><p class=\"callout\" role=\"note\">" + paint::html_escaped(words.site_compare_script()) +
           "</p></noscript>\n<form class=\"pick\" hidden>\n" + pick("first") +
           "<button type=\"button\" data-go=\"swap\" title=\"" + paint::html_escaped(words.window_swap()) +
           "\" aria-label=\"" + paint::html_escaped(words.window_swap()) + "\">⇄</button>\n" + pick("second") +
           "</form>\n<div id=\"compared\" aria-live=\"polite\"></div>\n<script type=\"application/json\" "
           "id=\"compare-words\">" +
           without_markup(dumped(words_of_comparisons(place))) + "</script>\n";
}

}  // namespace sipdex::site
