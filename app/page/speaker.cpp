#include "page/speaker.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "document/markup.h"
#include "page/articles.h"
#include "page/desk.h"
#include "page/fact_words.h"
#include "page/pages.h"

namespace sipdex::page {

namespace {

using catalog::Speaker;
using document::FactTable;
using document::Text;
using language::Words;

void append(Text& text, const Text& more) { text.spans.insert(text.spans.end(), more.spans.begin(), more.spans.end()); }

// "User channel limit exceeded D#" as somebody reads it: what varies is an ellipsis, a digit an n.
std::string shown_pattern(std::string pattern) {
    std::string shown;
    for (const char c : pattern) {
        if (c == '*') shown += "…";
        else if (c == '#') shown += 'n';
        else if (c == '@') shown += 'X';
        else shown += c;
    }
    return shown;
}

Text code_links(const Reader& reader, const std::vector<std::string>& codes) {
    Text text;
    for (const std::string& code : codes) {
        if (!reader.catalog.title_of_response(code)) continue;
        if (!text.empty()) text.spans.push_back({", "});
        text.spans.push_back({code, document::Span::Style::plain, document::ToResponse{code}});
    }
    return text;
}

class Writer {
public:
    Writer(const Reader& reader, const Speaker& speaker)
        : reader_(reader),
          words_(reader.words),
          speaker_(speaker),
          prose_(reader.catalog.prose("speaker/" + speaker.id, reader.language())) {}

    document::Document write() {
        page_ = blank(reader_, document::Document::Kind::term, speaker_.name);
        page_.summary = text_of(reader_, prose_.find("summary"));
        glance();
        profiles();
        prose("wire", words_.section_speaker_wire());
        phrases();
        mappings();
        failover();
        prose("options", words_.section_speaker_options());
        prose("differs", words_.section_speaker_differs());
        signs();
        sources();
        return std::move(page_);
    }

private:
    void add(std::string id, std::string title, std::vector<document::Block> blocks, bool folded = false) {
        if (!blocks.empty())
            page_.sections.push_back({std::move(id), std::move(title), std::move(blocks), false, folded});
    }

    std::vector<document::Block> paragraphs(const std::string& key) const {
        std::vector<document::Block> blocks;
        for (Text& text : paragraphs_of(reader_, prose_.find(key)))
            blocks.push_back(document::Paragraph{std::move(text)});
        return blocks;
    }

    void prose(const std::string& key, std::string title) { add(key, std::move(title), paragraphs(key)); }

    void glance() {
        FactTable table;
        table.rows.push_back({document::plain(words_.vocabulary_fact("kind")),
                              {document::plain(words_.speaker_kind(speaker_.kind))},
                              false});
        if (const Speaker* base = reader_.catalog.speaker(speaker_.runs_on))
            table.rows.push_back({document::plain(words_.speaker_runs_on()),
                                  {document::link(base->name, document::ToTerm{"speaker/" + base->id})},
                                  false});
        page_.sections.push_back({"at-a-glance", words_.section_at_a_glance(), {std::move(table)}, true, false});
    }

    void profiles() {
        document::List list = profiles_of(reader_, speaker_.id);
        if (!list.items.empty()) add("desk-profiles", words_.profiles_title(), {std::move(list)});
    }

    // Each of its words with its codes, what it means there, and what is behind it.
    void phrases() {
        FactTable wire, logs;
        for (const Speaker::Phrase& phrase : speaker_.phrases) {
            Text label;
            if (!phrase.codes.empty()) {
                label = code_links(reader_, phrase.codes);
                label.spans.push_back({" "});
            }
            label.spans.push_back({(phrase.name.empty() ? "" : phrase.name + ": ") + shown_pattern(phrase.text),
                                   document::Span::Style::wire,
                                   {}});
            Text meaning = text_of(reader_, prose_.find("phrase." + phrase.id));
            (phrase.in == "name" || phrase.in == "number" ? logs : wire)
                .rows.push_back({std::move(label), {std::move(meaning)}, false});
        }
        if (!wire.rows.empty()) add("phrases", words_.section_speaker_phrases(), {std::move(wire)});
        if (!logs.rows.empty()) add("names", words_.section_speaker_names(), {std::move(logs)});
    }

    std::string cause_named(int cause) const {
        const auto entry = reader_.catalog.entry("cause", std::to_string(cause));
        return words_.q850_cause(std::to_string(cause),
                                 entry ? name_of_cause(reader_, entry->name, entry->title) : std::string());
    }

    void mappings() {
        std::vector<document::Block> blocks = paragraphs("mapping");
        FactTable table;
        std::vector<int> causes;
        for (const auto* mappings : {&speaker_.from_q850, &speaker_.to_q850})
            for (const Speaker::Mapping& one : *mappings)
                if (std::ranges::find(causes, one.cause) == causes.end()) causes.push_back(one.cause);
        std::ranges::sort(causes);
        const auto codes_of = [](const std::vector<Speaker::Mapping>& mappings, int cause) {
            std::vector<std::string> codes;
            for (const Speaker::Mapping& one : mappings)
                if (one.cause == cause) codes.push_back(one.response);
            return codes;
        };
        table.heads = {document::plain(words_.speaker_from_q850()), document::plain(words_.speaker_to_q850())};
        for (const int cause : causes) {
            Text label = document::link(cause_named(cause), document::ToTerm{"cause/" + std::to_string(cause)});
            table.rows.push_back({std::move(label),
                                  {code_links(reader_, codes_of(speaker_.from_q850, cause)),
                                   code_links(reader_, codes_of(speaker_.to_q850, cause))},
                                  false});
        }
        if (!table.rows.empty()) blocks.push_back(std::move(table));
        add("mapping", words_.section_speaker_mapping(), std::move(blocks));
    }

    void failover() {
        std::vector<document::Block> blocks = paragraphs("failover");
        FactTable table;
        for (const Speaker::Failover& row : speaker_.failover) {
            Text cell = row.responses.empty() ? document::plain(words_.speaker_every_other())
                                              : code_links(reader_, row.responses);
            cell.spans.push_back({" ("});
            append(cell, document::text_of_source(row.source));
            cell.spans.push_back({")"});
            table.rows.push_back({document::plain(words_.speaker_failover(row.does)), {std::move(cell)}, false});
        }
        if (!table.rows.empty()) blocks.push_back(std::move(table));
        add("failover", words_.section_speaker_failover(), std::move(blocks));
    }

    void signs() {
        FactTable table;
        for (const Speaker::Sign& sign : speaker_.signs) {
            Text label = document::wire((sign.name.empty() ? "" : sign.name + ": ") + shown_pattern(sign.pattern));
            Text cell = sentence(reader_, &Words::speaker_sign, sign.certainty);
            cell.spans.push_back({" "});
            append(cell, text_of(reader_, prose_.find("sign." + sign.id)));
            table.rows.push_back({std::move(label), {std::move(cell)}, false});
        }
        if (!table.rows.empty()) add("signs", words_.section_speaker_signs(), {std::move(table)});
    }

    void sources() {
        document::List list;
        std::vector<std::string> seen;
        const auto take = [&](const std::string& source) {
            if (std::ranges::find(seen, source) != seen.end()) return;
            seen.push_back(source);
            list.items.push_back({{}, document::text_of_source(source)});
        };
        for (const std::string& source : speaker_.sources) take(source);
        for (const Speaker::Phrase& phrase : speaker_.phrases) take(phrase.source);
        if (!list.items.empty()) add("sources", words_.section_sources(), {std::move(list)}, true);
    }

    const Reader& reader_;
    const Words& words_;
    const Speaker& speaker_;
    catalog::Prose prose_;
    document::Document page_;
};

}  // namespace

document::Document speaker(const Reader& reader, const std::string& id) {
    const Speaker* found = reader.catalog.speaker(id);
    if (!found) return notice(reader, sentence(reader, &Words::unknown_term, id));
    return Writer(reader, *found).write();
}

document::Document speaker_index(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.index_speakers());
    for (const char* kind : {"pbx", "proxy", "sbc", "gateway", "cloud", "carrier", "network", "client"}) {
        FactTable table;
        for (const Speaker& one : reader.catalog.speakers()) {
            if (one.kind != kind) continue;
            const catalog::Prose prose = reader.catalog.prose("speaker/" + one.id, reader.language());
            table.rows.push_back({document::link(one.name, document::ToTerm{"speaker/" + one.id}),
                                  {text_of(reader, prose.find("summary"))},
                                  false});
        }
        if (!table.rows.empty())
            page.sections.push_back({kind, reader.words.speaker_kinds(kind), {std::move(table)}, false, false});
    }
    return page;
}

FactTable phrases_for(const Reader& reader, const std::string& response) {
    FactTable table;
    for (const Speaker& one : reader.catalog.speakers()) {
        catalog::Prose prose;
        for (const Speaker::Phrase& phrase : one.phrases) {
            if (phrase.in == "name" || phrase.in == "number" ||
                std::ranges::find(phrase.codes, response) == phrase.codes.end())
                continue;
            if (prose.empty()) prose = reader.catalog.prose("speaker/" + one.id, reader.language());
            Text label = document::link(one.name, document::ToTerm{"speaker/" + one.id});
            label.spans.push_back({" "});
            label.spans.push_back({(phrase.name.empty() ? "" : phrase.name + ": ") + shown_pattern(phrase.text),
                                   document::Span::Style::wire,
                                   {}});
            table.rows.push_back({std::move(label), {text_of(reader, prose.find("phrase." + phrase.id))}, false});
        }
    }
    return table;
}

}  // namespace sipdex::page
