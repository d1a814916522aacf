#include <algorithm>
#include <set>

#include "document/markup.h"
#include "page/desk.h"
#include "page/fact_words.h"
#include "page/pages.h"
#include "page/speaker.h"
#include "page/vocabulary_links.h"

namespace sipdex::page {

namespace {

using document::Block;
using document::List;
using document::Paragraph;
using document::Section;
using document::Text;

// Collects the sections of one response; what has no content is left out.
class Writer {
public:
    Writer(const Reader& reader, const catalog::Response& response)
        : reader_(reader),
          words_(reader.words),
          response_(response),
          prose_(reader.catalog.prose("response/" + response.id, reader.language())) {}

    document::Document write() {
        document::Document page = blank(reader_, document::Document::Kind::response, title_of(response_));
        page.mastheads = {masthead(reader_, response_, prose_)};
        page.summary = passage("summary");
        sections_ = &page.sections;
        at_a_glance();
        if (!prose_.find("summary")) not_written();
        steps();
        paragraphs("meaning", words_.section_meaning(), "description");
        causes();
        paragraphs("notices", words_.section_notices(), "notices");
        paragraphs("escalate", words_.section_escalate(), "escalate");
        list("collect", words_.section_collect(), "collect", false);
        related();
        list("pitfalls", words_.section_pitfalls(), "pitfall", false);
        headers();
        fact("retry", words_.section_retry(), {retry_words(reader_, response_), failover_line()},
             {"fact.retry", "fact.failover"}, {response_.retry.source, response_.failover.source});
        fact("proxy", words_.section_proxy(), {proxy_words(reader_, response_)}, {"fact.proxy"},
             {response_.proxy.source});
        fact("dialog", words_.section_dialog(), {dialog_words(reader_, response_)}, {"fact.dialog"},
             {response_.dialog.source});
        q850();
        facts();
        products();
        exchanges();
        sources();
        add_desk_notes(reader_, {response_.id}, page);
        return page;
    }

private:
    Text passage(const std::string& key) const { return text_of(reader_, prose_.find(key)); }

    void add(std::string id, std::string title, std::vector<Block> blocks, bool folded = false) {
        if (!blocks.empty()) sections_->push_back({std::move(id), std::move(title), std::move(blocks), false, folded});
    }

    void at_a_glance() {
        document::FactTable table;
        const auto row = [&](const char* id, std::string label, Text cell,
                             std::vector<document::FactTable::Verdict> verdicts = {}) {
            if (!cell.empty())
                table.rows.push_back(
                    {document::plain(std::move(label)), {std::move(cell)}, false, std::move(verdicts), id});
        };
        row("try-again", words_.glance_try_again(), try_again(reader_, response_, prose_), {verdict_of(response_)});
        if (!response_.steps.empty())
            row("whose-turn", words_.glance_whose_turn(),
                document::plain(addressee_words(reader_, response_.steps.front().who)));
        row("first-check", words_.glance_first_check(), first_check(reader_, response_, prose_));
        row("tell", words_.glance_tell(), passage("tell"));
        Text produced = passage("produced");
        if (produced.empty()) produced = fact_cell("generated-by");
        row("produced-by", words_.glance_produced_by(), std::move(produced));
        if (!table.rows.empty())
            sections_->push_back({"at-a-glance", words_.section_at_a_glance(), {std::move(table)}, true, false});
    }

    Text fact_cell(const std::string& id) const {
        for (WordedFact& fact : facts_of(reader_, response_))
            if (fact.id == id) return std::move(fact.cell);
        return {};
    }

    void not_written() {
        std::vector<Block> blocks = {
            document::Callout{document::Callout::Kind::missing,
                              sentence(reader_, &language::Words::text_not_written, title_of(response_))}};
        if (!response_.registered())
            blocks.push_back(document::Callout{
                document::Callout::Kind::warning,
                sentence(reader_, &language::Words::not_registered_note, words_.response_status(response_.status),
                         Markup{"[" + fallback_of(response_.code) + "]"})});
        add("not-written", words_.section_meaning(), std::move(blocks));
    }

    void paragraphs(std::string id, std::string title, const std::string& key) {
        std::vector<Block> blocks;
        for (Text& text : paragraphs_of(reader_, prose_.find(key))) blocks.push_back(Paragraph{std::move(text)});
        add(std::move(id), std::move(title), std::move(blocks));
    }

    void list(std::string id, std::string title, const std::string& group, bool ordered) {
        List items{ordered, {}};
        for (const catalog::Passage& each : prose_.below(group)) items.items.push_back({{}, text_of(reader_, &each)});
        if (!items.items.empty()) add(std::move(id), std::move(title), {std::move(items)});
    }

    void causes() {
        List items;
        for (const catalog::Cause& cause : response_.causes)
            items.items.push_back({document::plain(fault_words(reader_, cause.where)), passage("cause." + cause.id)});
        if (!items.items.empty()) add("causes", words_.section_causes(), {std::move(items)});
    }

    void steps() {
        List items{true, {}};
        for (const catalog::Step& step : response_.steps)
            items.items.push_back({document::plain(addressee_words(reader_, step.who)), passage("step." + step.id)});
        if (!items.items.empty()) add("steps", words_.section_steps(), {std::move(items)});
    }

    void related() {
        List items;
        for (const std::string& id : response_.related) {
            const auto title = reader_.catalog.title_of_response(id);
            if (!title) continue;
            items.items.push_back(
                {{},
                 with_summary(reader_, document::link(*title, document::ToComparison{{response_.id, id}}),
                              reader_.catalog.pair(response_.id, id))});
        }
        for (const std::string& id : reader_.catalog.groups_with(response_.id)) {
            const catalog::Prose words = reader_.catalog.prose("group/" + id, reader_.language());
            const Text title = text_of(reader_, words.find("title"));
            items.items.push_back(
                {{}, document::link(words_.related_group(document::words_of(title)), document::ToTerm{"group/" + id})});
        }
        if (!items.items.empty()) add("related", words_.section_related(), {std::move(items)});
    }

    // Whether a text cites every section of a source itself.
    static bool names_all(const Text& text, const std::string& source) {
        const std::string words = document::words_of(text);
        for (const document::Span& span : document::text_of_source(source).spans)
            if (std::holds_alternative<document::ToRfc>(span.target) && words.find(span.text) == std::string::npos)
                return false;
        return !words.empty();
    }

    void headers() {
        document::FactTable table;
        for (const catalog::HeaderFact& header : response_.headers) {
            Text cell = strength_words(reader_, header);
            for (document::Span& span : cell.spans)
                if (span.style == document::Span::Style::plain) span.style = document::Span::Style::strong;
            const Text why = passage("header." + header.name);
            if (!why.empty()) {
                cell.spans.push_back({". "});
                cell.spans.insert(cell.spans.end(), why.spans.begin(), why.spans.end());
                cell.language = why.language;
            }
            if (!names_all(why, header.source)) {
                const Text source = document::text_of_source(header.source);
                cell.spans.push_back({" ("});
                cell.spans.insert(cell.spans.end(), source.spans.begin(), source.spans.end());
                cell.spans.push_back({")"});
            }
            table.rows.push_back({header_name(reader_, header.name), {std::move(cell)}, false});
        }
        if (!table.rows.empty()) add("headers", words_.section_headers(), {std::move(table)});
    }

    std::string failover_line() const {
        const std::string answer = failover_words(reader_, response_);
        return answer.empty() ? answer : words_.failover_line(answer);
    }

    // The bare values as lead lines with their sources, then what the words add, which may be all there is.
    void fact(std::string id, std::string title, const std::vector<std::string>& values,
              const std::vector<std::string>& notes, const std::vector<std::string>& sources) {
        std::vector<Block> blocks;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!values[i].empty()) blocks.push_back(Paragraph{value_line(values[i], sources[i])});
            for (Text& note : paragraphs_of(reader_, prose_.find(notes[i])))
                blocks.push_back(Paragraph{std::move(note)});
        }
        add(std::move(id), std::move(title), std::move(blocks), true);
    }

    Text value_line(const std::string& value, const std::string& source) const {
        Text text = marked(reader_, {"*" + value + "*"});
        if (source.empty()) return text;
        text.spans.push_back({" ("});
        const Text linked = document::text_of_source(source);
        text.spans.insert(text.spans.end(), linked.spans.begin(), linked.spans.end());
        text.spans.push_back({")"});
        return text;
    }

    void q850() {
        document::FactTable table;
        const auto row = [&](std::string label, const std::vector<catalog::Q850Mapping>& mappings) {
            for (const catalog::Q850Mapping& mapping : mappings) {
                Text cell = document::plain(q850_words(reader_, mapping));
                cell.spans.push_back({" ("});
                const Text source = document::text_of_source(mapping.source);
                cell.spans.insert(cell.spans.end(), source.spans.begin(), source.spans.end());
                cell.spans.push_back({")"});
                table.rows.push_back({document::plain(label), {std::move(cell)}, false});
            }
        };
        row(words_.fact_from_q850(), response_.from_q850);
        row(words_.fact_to_q850(), response_.to_q850);
        if (!table.rows.empty()) add("q850", words_.section_q850(), {std::move(table)}, true);
    }

    // What a section of its own tells is not told again among the facts.
    bool has_section(const std::string& id) const {
        return std::ranges::any_of(*sections_, [&](const document::Section& section) { return section.id == id; });
    }

    void facts() {
        document::FactTable table;
        for (WordedFact& fact : facts_of(reader_, response_)) {
            if (fact.cell.empty() || fact.id.ends_with("q850") ||
                has_section(fact.id == "failover" ? "retry" : fact.id))
                continue;
            Text cell = std::move(fact.cell);
            if (fact.id == "methods")
                if (const Text note = passage("fact.methods"); !note.empty()) {
                    cell.spans.push_back({". "});
                    cell.spans.insert(cell.spans.end(), note.spans.begin(), note.spans.end());
                }
            table.rows.push_back({document::plain(fact.label), {std::move(cell)}, false});
        }
        add("facts", words_.section_facts(), {std::move(table)}, true);
    }

    // Practice beside the RFC: the words in which products send this code.
    void products() {
        document::FactTable table = phrases_for(reader_, response_.id);
        if (!table.rows.empty()) add("products", words_.section_products(), {std::move(table)}, true);
    }

    void exchanges() {
        List items;
        for (const std::string& id : reader_.catalog.exchanges_showing(response_.id)) {
            const catalog::Prose words = reader_.catalog.prose("exchange/" + id, reader_.language());
            const catalog::Passage* title = words.find("title");
            if (!title) continue;
            Text text = document::link(title->markup, document::ToExchange{id});
            text.spans.push_back({" · "});
            text.spans.push_back({words_.replay_command(id), document::Span::Style::wire, {}});
            items.items.push_back({{}, std::move(text)});
        }
        if (!items.items.empty()) add("exchanges", words_.section_exchanges(), {std::move(items)});
    }

    void sources() {
        List items;
        for (const std::string& source : response_.sources) {
            Text text = document::text_of_source(source);
            if (const std::string title = rfc_title(source); !title.empty()) text.spans.push_back({" — " + title});
            items.items.push_back({{}, std::move(text)});
        }
        if (!items.items.empty()) add("sources", words_.section_sources(), {std::move(items)}, true);
    }

    // "SIP: Session Initiation Protocol" for the first section of an RFC; its others follow it.
    std::string rfc_title(const std::string& source) {
        if (!source.starts_with("RFC ")) return {};
        const std::string number = source.substr(4, source.find(' ', 4) - 4);
        if (!titled_.insert(number).second) return {};
        const auto rfc = reader_.catalog.entry("rfc", number);
        return rfc ? rfc->title : std::string();
    }

    const Reader& reader_;
    const language::Words& words_;
    const catalog::Response& response_;
    catalog::Prose prose_;
    std::set<std::string> titled_;  // RFCs whose title stands on the page
    std::vector<Section>* sections_ = nullptr;
};

}  // namespace

document::Document response(const Reader& reader, const std::string& id) {
    if (const auto found = reader.catalog.response(id))
        return with_vocabulary_links(reader, Writer(reader, *found).write());
    const bool code = id.size() == 3 && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (code && id[0] >= '1' && id[0] <= '6')
        return notice(reader, sentence(reader, &language::Words::unknown_response, id,
                                       Markup{"[" + fallback_of(std::stoi(id)) + "]"}));
    return notice(reader, sentence(reader, &language::Words::unknown_response_plain, id));
}

}  // namespace sipdex::page
