#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "document/markup.h"
#include "page/desk.h"
#include "page/fact_words.h"
#include "page/pages.h"
#include "page/vocabulary_links.h"
#include "user/page_name.h"

namespace sipdex::page {

namespace {

using document::Block;
using document::Columns;
using document::Item;
using document::Text;
using language::Words;

struct Subject {
    catalog::Response facts;
    catalog::Prose prose;
};

class Writer {
public:
    Writer(const Reader& reader, std::vector<Subject> subjects)
        : reader_(reader), words_(reader.words), subjects_(std::move(subjects)) {
        if (subjects_.size() == 2) {
            const auto pair = reader.catalog.pair(subjects_[0].facts.id, subjects_[1].facts.id);
            if (pair) {
                pair_ = reader.catalog.prose("pair/" + pair->ids[0] + "-" + pair->ids[1], reader.language());
                pair_sources_ = pair->sources;
            }
        }
        for (const Subject& subject : subjects_)
            heads_.push_back(document::link(title_of(subject.facts), document::ToResponse{subject.facts.id}));
    }

    document::Document write() {
        document::Document page = blank(reader_, document::Document::Kind::comparison, title());
        for (const Subject& subject : subjects_)
            page.mastheads.push_back(masthead(reader_, subject.facts, subject.prose));
        page.summary = text_of(reader_, pair_.find("summary"));
        sections_ = &page.sections;
        at_a_glance();
        differences();
        trace();
        when();
        causes();
        steps();
        descriptions();
        sources();
        add_desk_notes(reader_, kept_names(), page);
        return page;
    }

private:
    // Notes on the pair stand before those on its codes.
    std::vector<std::string> kept_names() const {
        document::ToComparison all;
        for (const Subject& subject : subjects_) all.ids.push_back(subject.facts.id);
        std::vector<std::string> names = all.ids;
        names.insert(names.begin(), user::name_of_page(all));
        return names;
    }

    std::string title() const {
        const std::string first = title_of(subjects_[0].facts), second = title_of(subjects_[1].facts);
        return subjects_.size() == 2
                   ? words_.comparison_title(first, second)
                   : words_.comparison_title_more(first, second, static_cast<long>(subjects_.size()) - 2);
    }

    void add(std::string id, std::string title, std::vector<Block> blocks) {
        sections_->push_back({std::move(id), std::move(title), std::move(blocks), false, false});
    }

    Text passage(const Subject& subject, const std::string& key) const {
        return text_of(reader_, subject.prose.find(key));
    }

    // Items of each subject beside each other; the shorter lists end in empty cells.
    Columns side_by_side(const std::vector<std::vector<Item>>& of_each, bool ordered) const {
        Columns columns{heads_, ordered, {}};
        std::size_t most = 0;
        for (const auto& items : of_each) most = std::max(most, items.size());
        for (std::size_t row = 0; row < most; ++row) {
            columns.rows.emplace_back();
            for (const auto& items : of_each) columns.rows.back().push_back(row < items.size() ? items[row] : Item{});
        }
        return columns;
    }

    void add_columns(std::string id, std::string title, const std::vector<std::vector<Item>>& of_each,
                     bool ordered = false) {
        Columns columns = side_by_side(of_each, ordered);
        if (!columns.rows.empty()) add(std::move(id), std::move(title), {std::move(columns)});
    }

    void at_a_glance() {
        document::FactTable table{heads_, {}};
        const auto row = [&](const char* id, std::string label, auto cell_of) {
            document::FactTable::Row made{document::plain(std::move(label)), {}, false, {}, id};
            bool any = false;
            for (const Subject& subject : subjects_) {
                made.cells.push_back(cell_of(subject));
                any = any || !made.cells.back().empty();
            }
            if (any) table.rows.push_back(std::move(made));
        };
        row("try-again", words_.glance_try_again(),
            [&](const Subject& s) { return try_again(reader_, s.facts, s.prose); });
        if (!table.rows.empty())
            for (const Subject& subject : subjects_) table.rows.back().verdicts.push_back(verdict_of(subject.facts));
        row("first-check", words_.glance_first_check(),
            [&](const Subject& s) { return first_check(reader_, s.facts, s.prose); });
        row("tell", words_.glance_tell(), [&](const Subject& s) { return passage(s, "tell"); });
        row("produced-by", words_.glance_produced_by(), [&](const Subject& s) { return passage(s, "produced"); });
        if (!table.rows.empty())
            sections_->push_back({"at-a-glance", words_.section_at_a_glance(), {std::move(table)}, true, false});
    }

    void descriptions() {
        std::vector<std::vector<Item>> columns;
        for (const Subject& subject : subjects_) {
            std::vector<Item> items;
            for (Text& text : paragraphs_of(reader_, subject.prose.find("description")))
                items.push_back({{}, std::move(text)});
            if (items.empty())
                items.push_back({{}, sentence(reader_, &Words::text_not_written, title_of(subject.facts))});
            columns.push_back(std::move(items));
        }
        add_columns("meaning", words_.section_meaning(), columns);
    }

    void causes() {
        std::vector<std::vector<Item>> columns;
        for (const Subject& subject : subjects_) {
            columns.emplace_back();
            for (const catalog::Cause& cause : subject.facts.causes)
                columns.back().push_back(
                    {document::plain(fault_words(reader_, cause.where)), passage(subject, "cause." + cause.id)});
        }
        add_columns("causes", words_.section_causes(), columns);
    }

    void steps() {
        std::vector<std::vector<Item>> columns;
        for (const Subject& subject : subjects_) {
            columns.emplace_back();
            for (const catalog::Step& step : subject.facts.steps)
                columns.back().push_back(
                    {document::plain(addressee_words(reader_, step.who)), passage(subject, "step." + step.id)});
        }
        add_columns("steps", words_.section_steps(), columns, true);
    }

    // One table: what somebody has written about the pair, then the facts that differ, then those that agree. A fact
    // that the written rows tell already is not told twice.
    void differences() {
        document::FactTable table{heads_, {}};
        std::set<std::string> told;
        for (const std::string& id : difference_ids()) {
            document::FactTable::Row row{text_of(reader_, pair_.find("difference." + id + ".aspect")), {}, true};
            for (const Subject& subject : subjects_)
                row.cells.push_back(text_of(reader_, pair_.find("difference." + id + "." + subject.facts.id)));
            table.rows.push_back(std::move(row));
            told.insert(fact_of_difference(id));
        }
        std::vector<document::FactTable::Row> facts = compared_facts(told);
        std::stable_partition(facts.begin(), facts.end(), [](const auto& row) { return row.differs; });
        std::move(facts.begin(), facts.end(), std::back_inserter(table.rows));
        if (!table.rows.empty()) add("key-differences", words_.section_key_differences(), {std::move(table)});
    }

    // Which fact a written difference is about, going by the ids that pairs give to theirs.
    static std::string fact_of_difference(const std::string& id) {
        static const std::map<std::string, std::string> facts = {
            {"again", "retry"},          {"retry", "retry"},   {"fork", "proxy"},     {"proxy", "proxy"},
            {"next-server", "failover"}, {"dialog", "dialog"}, {"methods", "methods"}};
        const auto fact = facts.find(id);
        return fact == facts.end() ? id : fact->second;
    }

    std::vector<std::string> difference_ids() const {
        std::vector<std::string> ids;
        for (const std::string& key : pair_.keys())
            if (key.starts_with("difference.") && key.ends_with(".aspect"))
                ids.push_back(key.substr(11, key.size() - 11 - 7));
        return ids;
    }

    // Left out are rows that no subject knows anything about, and what the head of the page has said already.
    std::vector<document::FactTable::Row> compared_facts(const std::set<std::string>& told) const {
        std::vector<document::FactTable::Row> rows;
        std::vector<std::vector<WordedFact>> of_each;
        for (const Subject& subject : subjects_) of_each.push_back(facts_of(reader_, subject.facts));
        for (std::size_t fact = 0; fact < of_each[0].size(); ++fact) {
            const std::string& id = of_each[0][fact].id;
            if (id == "class" || id == "defined-in" || told.contains(id)) continue;
            document::FactTable::Row row{document::plain(of_each[0][fact].label), {}, false, {}, id};
            bool any = false;
            for (const auto& facts : of_each) {
                any = any || !facts[fact].cell.empty();
                row.differs = row.differs || facts[fact].value != of_each[0][fact].value;
                row.cells.push_back(facts[fact].cell.empty() ? document::plain(words_.value_none()) : facts[fact].cell);
            }
            if (any) rows.push_back(std::move(row));
        }
        return rows;
    }

    void trace() {
        document::List list{true, {}};
        for (const catalog::Passage& each : pair_.below("trace")) list.items.push_back({{}, text_of(reader_, &each)});
        if (list.items.empty()) {
            list.items.push_back({{},
                                  sentence(reader_, &Words::trace_status_line, title_of(subjects_[0].facts),
                                           title_of(subjects_[1].facts))});
            for (const Subject& subject : subjects_)
                for (const catalog::HeaderFact& header : subject.facts.headers)
                    if (only_in(subject, header.name) && header.name != "body" && header.name != "reason-phrase")
                        list.items.push_back({{}, header_only(subject, header)});
        }
        std::vector<Block> blocks;
        if (pair_.empty())
            blocks.push_back(
                document::Callout{document::Callout::Kind::note, sentence(reader_, &Words::pair_not_written)});
        blocks.push_back(std::move(list));
        add("trace", words_.section_trace(), std::move(blocks));
    }

    Text header_only(const Subject& subject, const catalog::HeaderFact& header) const {
        const std::string code = std::to_string(subject.facts.code);
        return header.when.empty() ? sentence(reader_, &Words::trace_header_only, header.name, code)
                                   : sentence(reader_, &Words::trace_header_only_if, header.name, code,
                                              condition_words(reader_, header));
    }

    bool only_in(const Subject& owner, const std::string& header) const {
        return std::none_of(subjects_.begin(), subjects_.end(), [&](const Subject& other) {
            return &other != &owner && std::any_of(other.facts.headers.begin(), other.facts.headers.end(),
                                                   [&](const auto& h) { return h.name == header; });
        });
    }

    Text produced_by(const Subject& subject) const {
        for (WordedFact& fact : facts_of(reader_, subject.facts))
            if (fact.id == "generated-by") return std::move(fact.cell);
        return {};
    }

    void when() {
        std::vector<std::vector<Item>> columns;
        bool any = false;
        for (const Subject& subject : subjects_) {
            Text text = text_of(reader_, pair_.find("when." + subject.facts.id));
            if (text.empty()) text = passage(subject, "produced");
            if (text.empty()) text = produced_by(subject);
            any = any || !text.empty();
            columns.push_back({{{}, std::move(text)}});
        }
        if (any) add_columns("when", words_.section_when(), columns);
    }

    void sources() {
        std::vector<std::string> all = pair_sources_;
        if (all.empty())
            for (const Subject& subject : subjects_)
                all.insert(all.end(), subject.facts.sources.begin(), subject.facts.sources.end());
        Text text;
        std::vector<std::string> seen;
        for (const std::string& source : all) {
            if (std::find(seen.begin(), seen.end(), source) != seen.end()) continue;
            seen.push_back(source);
            if (!text.empty()) text.spans.push_back({", "});
            const Text linked = document::text_of_source(source);
            text.spans.insert(text.spans.end(), linked.spans.begin(), linked.spans.end());
        }
        if (!text.empty())
            add("sources", words_.section_sources(),
                {document::Paragraph{std::move(text), document::Paragraph::Role::secondary}});
    }

    const Reader& reader_;
    const language::Words& words_;
    std::vector<Subject> subjects_;
    catalog::Prose pair_;
    std::vector<std::string> pair_sources_;
    std::vector<Text> heads_;
    std::vector<document::Section>* sections_ = nullptr;
};

}  // namespace

document::Document comparison(const Reader& reader, const std::vector<std::string>& ids) {
    std::vector<Subject> subjects;
    for (const std::string& id : ids) {
        const auto facts = reader.catalog.response(id);
        if (!facts) return response(reader, id);
        const bool twice =
            std::any_of(subjects.begin(), subjects.end(), [&](const Subject& s) { return s.facts.id == id; });
        if (!twice) subjects.push_back({*facts, reader.catalog.prose("response/" + id, reader.language())});
    }
    if (subjects.size() < 2) return response(reader, ids.empty() ? std::string() : ids[0]);
    return with_vocabulary_links(reader, Writer(reader, std::move(subjects)).write());
}

}  // namespace sipdex::page
