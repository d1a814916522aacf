#include <map>

#include "document/markup.h"
#include "page/articles.h"
#include "page/fact_words.h"
#include "page/pages.h"

namespace sipdex::page {

namespace {

using document::Text;

// How one gets from the first question to a node: the shortest way, question by question.
struct Taken {
    std::string question, answer;
};
std::vector<Taken> way_to(const catalog::SymptomPath& path, const std::string& node) {
    std::map<std::string, Taken> came_by;  // node → the question and answer that led there first
    std::vector<std::string> open = {path.questions.front().id};
    for (std::size_t i = 0; i < open.size(); ++i)
        if (const auto* question = path.question(open[i]))
            for (const auto& answer : question->answers)
                if (answer.to != open.front() && came_by.try_emplace(answer.to, Taken{question->id, answer.id}).second)
                    open.push_back(answer.to);
    std::vector<Taken> way;
    for (auto at = came_by.find(node); at != came_by.end() && way.size() < came_by.size();
         at = came_by.find(at->second.question))
        way.insert(way.begin(), at->second);
    return way;
}

// The answers given so far; each leads back to its question.
void add_way(const Reader& reader, const catalog::SymptomPath& path, const std::string& node,
             const catalog::Prose& prose, document::Document& page) {
    document::FactTable table;
    for (const Taken& taken : way_to(path, node)) {
        const std::string key = "question." + taken.question;
        const Text answer = text_of(reader, prose.find(key + ".answer." + taken.answer));
        const bool first = taken.question == path.questions.front().id;
        Text link = document::link(document::words_of(answer),
                                   document::ToTerm{"path/" + path.id + (first ? "" : "/" + taken.question)});
        link.language = answer.language;
        table.rows.push_back({text_of(reader, prose.find(key + ".text")), {std::move(link)}, false});
    }
    if (!table.rows.empty())
        page.sections.push_back({"so-far", reader.words.path_so_far(), {std::move(table)}, false, false});
}

void ask(const Reader& reader, const catalog::SymptomPath& path, const catalog::SymptomPath::Question& question,
         const catalog::Prose& prose, document::Document& page) {
    const std::string key = "question." + question.id;
    page.summary = text_of(reader, prose.find(key + ".text"));
    document::List answers{true, {}, true};
    for (const auto& answer : question.answers) {
        const Text words = text_of(reader, prose.find(key + ".answer." + answer.id));
        Text text = document::link(document::words_of(words), document::ToTerm{"path/" + path.id + "/" + answer.to});
        text.language = words.language;
        answers.items.push_back({{}, std::move(text)});
    }
    page.sections.push_back({"answers", reader.words.path_answers(), {std::move(answers)}, true, false});
}

// "timer H" leads to the timer's page, a header field to its own.
Text look_at_text(const Reader& reader, const std::vector<std::string>& names) {
    Text text;
    for (const std::string& name : names) {
        if (!text.empty()) text.spans.push_back({", "});
        const bool timer = name.starts_with("timer ");
        const std::string id = timer ? "timer/" + name.substr(6) : "header/" + name;
        const bool known = reader.catalog.entry(timer ? "timer" : "header", timer ? name.substr(6) : name).has_value();
        text.spans.push_back({timer ? reader.words.timer_named(name.substr(6)) : name,
                              timer ? document::Span::Style::plain : document::Span::Style::wire,
                              known ? document::Target(document::ToTerm{id}) : document::Target()});
    }
    return text;
}

void conclude(const Reader& reader, const catalog::SymptomPath::Outcome& outcome, const catalog::Prose& prose,
              document::Document& page) {
    const std::string key = "outcome." + outcome.id;
    page.summary = text_of(reader, prose.find(key + ".text"));
    document::List candidates{true, {}};
    for (const std::string& code : outcome.responses) {
        const auto title = reader.catalog.title_of_response(code);
        if (!title) continue;
        Text text = document::link(*title, document::ToResponse{code});
        const catalog::Prose words = reader.catalog.prose("response/" + code, reader.language());
        if (const Text summary = text_of(reader, words.find("summary")); !summary.empty()) {
            text.spans.push_back({" — "});
            text.spans.insert(text.spans.end(), summary.spans.begin(), summary.spans.end());
            text.language = summary.language;
        }
        candidates.items.push_back({{}, std::move(text)});
    }
    page.sections.push_back({"candidates", reader.words.path_candidates(), {std::move(candidates)}, true, false});
    document::Section check{"check", reader.words.path_check(), {}, false, false};
    for (Text& text : paragraphs_of(reader, prose.find(key + ".check")))
        check.blocks.push_back(document::Paragraph{std::move(text)});
    if (Text names = look_at_text(reader, outcome.look_at); !names.empty())
        check.blocks.push_back(
            document::FactTable{{}, {{document::plain(reader.words.path_look_at()), {std::move(names)}, false}}});
    page.sections.push_back(std::move(check));
    document::Section act{"act", reader.words.section_steps(), {}, false, false};
    for (Text& text : paragraphs_of(reader, prose.find(key + ".act")))
        act.blocks.push_back(document::Paragraph{std::move(text)});
    page.sections.push_back(std::move(act));
    if (outcome.responses.size() >= 2) {
        const std::string one = reader.catalog.title_of_response(outcome.responses[0]).value_or(""),
                          other = reader.catalog.title_of_response(outcome.responses[1]).value_or("");
        document::List list;
        list.items.push_back(
            {{}, document::link(reader.words.comparison_title(one, other), document::ToComparison{outcome.responses})});
        page.sections.push_back({"compare", reader.words.path_compare(), {std::move(list)}, false, false});
    }
}

// In the order in which a finger meets them: questions are named by letters, outcomes by numbers.
class TreeWriter {
public:
    TreeWriter(const Reader& reader, const catalog::SymptomPath& path, const catalog::Prose& prose)
        : reader_(reader), path_(path), prose_(prose) {}

    document::Tree written() {
        add(path_.questions.front().id);
        return std::move(tree_);
    }

private:
    std::size_t add(const std::string& id) {
        const std::size_t at = tree_.nodes.size();
        at_[id] = at;
        tree_.nodes.emplace_back();
        if (const auto* question = path_.question(id)) {
            const std::string key = "question." + id;
            tree_.nodes[at].mark = std::string(1, static_cast<char>('A' + questions_++ % 26));
            tree_.nodes[at].text = text_of(reader_, prose_.find(key + ".text"));
            for (const auto& answer : question->answers) {
                document::Tree::Answer made{text_of(reader_, prose_.find(key + ".answer." + answer.id))};
                const auto known = at_.find(answer.to);
                made.again = known != at_.end();
                made.to = made.again ? known->second : add(answer.to);
                tree_.nodes[at].answers.push_back(std::move(made));
            }
        } else if (const auto* outcome = path_.outcome(id)) {
            tree_.nodes[at].mark = std::to_string(++outcomes_);
            tree_.nodes[at].text = text_of(reader_, prose_.find("outcome." + id + ".text"));
            tree_.nodes[at].rows = rows_of(*outcome);
        }
        return at;
    }

    std::vector<document::FactTable::Row> rows_of(const catalog::SymptomPath::Outcome& outcome) const {
        std::vector<document::FactTable::Row> rows;
        for (const std::string& code : outcome.responses)
            if (const auto response = reader_.catalog.response(code)) {
                const catalog::Prose words = reader_.catalog.prose("response/" + code, reader_.language());
                rows.push_back({document::link(title_of(*response), document::ToResponse{code}),
                                {text_of(reader_, words.find("gloss"))},
                                false,
                                {verdict_of(*response)},
                                code});
            }
        if (Text check = first_sentence(reader_, prose_.find("outcome." + outcome.id + ".check")); !check.empty())
            rows.push_back(
                {document::plain(reader_.words.glance_first_check()), {std::move(check)}, false, {}, "first-check"});
        if (Text names = look_at_text(reader_, outcome.look_at); !names.empty())
            rows.push_back({document::plain(reader_.words.path_look_at()), {std::move(names)}, false, {}, "look-at"});
        return rows;
    }

    const Reader& reader_;
    const catalog::SymptomPath& path_;
    const catalog::Prose& prose_;
    document::Tree tree_;
    std::map<std::string, std::size_t> at_;
    int questions_ = 0, outcomes_ = 0;
};

}  // namespace

document::Document path_tree(const Reader& reader, const std::string& id) {
    const auto path = reader.catalog.path(id);
    if (!path || path->questions.empty()) return notice(reader, sentence(reader, &language::Words::unknown_term, id));
    const catalog::Prose prose = reader.catalog.prose("path/" + id, reader.language());
    document::Document page =
        blank(reader, document::Document::Kind::term, document::words_of(text_of(reader, prose.find("says"))));
    Text signs;
    using enum document::FactTable::Verdict;
    for (const auto& [verdict, name] : {std::pair{yes, "yes"}, {on_condition, "on_condition"}, {no, "no"}})
        signs.spans.push_back(
            {std::string(document::sign_of(verdict)) + "\u00a0" + reader.words.poster_key(name) + "\u2003"});
    page.sections.push_back({"tree",
                             reader.words.path_tree(),
                             {TreeWriter(reader, *path, prose).written(),
                              document::Paragraph{std::move(signs), document::Paragraph::Role::secondary}},
                             false,
                             false});
    return page;
}

document::Document path_node(const Reader& reader, const std::string& id, const std::string& node) {
    const auto path = reader.catalog.path(id);
    if (!path || path->questions.empty()) return notice(reader, sentence(reader, &language::Words::unknown_term, id));
    const catalog::Prose prose = reader.catalog.prose("path/" + id, reader.language());
    document::Document page =
        blank(reader, document::Document::Kind::term, document::words_of(text_of(reader, prose.find("says"))));
    const std::string here = node.empty() ? path->questions.front().id : node;
    if (const auto* question = path->question(here)) ask(reader, *path, *question, prose, page);
    else if (const auto* outcome = path->outcome(here)) conclude(reader, *outcome, prose, page);
    else return notice(reader, sentence(reader, &language::Words::unknown_term, id + "/" + node));
    add_way(reader, *path, here, prose, page);
    document::List back;
    back.items.push_back({{}, document::link(reader.words.path_tree(), document::ToTerm{"path/" + id + "/tree"})});
    if (!node.empty())
        back.items.push_back({{}, document::link(reader.words.path_again(), document::ToTerm{"path/" + id})});
    back.items.push_back({{}, document::link(reader.words.index_paths(), document::ToTerm{"index/paths"})});
    page.sections.push_back({"back", reader.words.section_see_also(), {std::move(back)}, false, false});
    return page;
}

document::Document path_index(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.index_paths());
    page.summary = document::plain(reader.words.index_paths_question());
    for (const std::string_view experience : catalog::SymptomPath::experiences) {
        document::List list;
        for (const std::string& id : reader.catalog.paths_of(experience)) {
            const catalog::Prose prose = reader.catalog.prose("path/" + id, reader.language());
            const Text says = text_of(reader, prose.find("says"));
            Text text = document::link(document::words_of(says), document::ToTerm{"path/" + id});
            text.language = says.language;
            list.items.push_back({{}, std::move(text)});
        }
        const std::string name(experience);
        if (!list.items.empty())
            page.sections.push_back({name, reader.words.paths_experience(name), {std::move(list)}, false, false});
    }
    return page;
}

}  // namespace sipdex::page
