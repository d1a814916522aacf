#include "paint/csv.h"

#include <algorithm>

#include "language/characters.h"

namespace sipdex::paint {

namespace {

using namespace document;

// A spreadsheet takes a cell that begins like this for a formula, and what was pasted may be anybody's: an apostrophe before
// it makes it words. The wide forms are those of East Asian keyboards.
bool would_calculate(std::string_view cell) {
    const std::size_t begin = cell.find_first_not_of(' ');
    if (begin == std::string_view::npos) return false;
    const std::string_view rest = cell.substr(begin);
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"},
        [&](std::string_view sign) { return rest.starts_with(sign); });
}

// RFC 4180 2: quotes around what holds a comma, a quote or a line break, and a quote within them twice.
std::string cell(const std::string& words) {
    std::string cleaned = language::clean(words);
    if (would_calculate(cleaned)) cleaned.insert(0, "'");
    if (cleaned.find_first_of(",\"\r\n") == std::string::npos) return cleaned;
    std::string quoted = "\"";
    for (const char each : cleaned) quoted += each == '"' ? "\"\"" : std::string(1, each);
    return quoted + "\"";
}

class Writer {
public:
    Writer(const Document& document, const Options& options) : document_(document), options_(options) {}

    std::string written() {
        row("code", "fact", "value", "words", "source");
        for (const Fact& fact : document_.facts)
            row(fact.subject, fact.id, fact.value, words_of(shown(fact.words, document_, options_.words)), fact.source);
        // What a desk has written belongs to no catalog; it stands on the page alone.
        for (const Section* section : in_reading_order(document_))
            if (document_.facts.empty() || section->id == "desk-notes") {
                id_ = section->id;
                for (const Block& any : section->blocks) std::visit([&](const auto& each) { block(each); }, any);
            }
        return std::move(out_);
    }

private:
    void row(const std::string& code, const std::string& fact, const std::string& value, const std::string& words,
             const std::string& source) {
        out_ += cell(code) + "," + cell(fact) + "," + cell(value) + "," + cell(words) + "," + cell(source) + "\r\n";
    }

    // The RFC sections that a text names.
    static std::string sources_of(const Text& text) {
        std::string sources;
        for (const Span& span : text.spans)
            if (const auto* rfc = std::get_if<ToRfc>(&span.target))
                sources += (sources.empty() ? "" : "; ") + ("RFC " + std::to_string(rfc->number)) +
                           (rfc->section.empty() ? "" : " §" + rfc->section);
        return sources;
    }

    // The code that a text leads to: what an entry is about.
    static std::string code_of(const Text& text) {
        for (const Span& span : text.spans)
            if (const auto* response = std::get_if<ToResponse>(&span.target)) return response->id;
        return {};
    }

    void entry(const Text& label, const Text& text, const std::string& code) {
        const std::string name = words_of(label);
        row(code, id_ + (name.empty() ? "" : "/" + name), {}, words_of(shown(text, document_, options_.words)),
            sources_of(text));
    }

    void block(const Paragraph& paragraph) { entry({}, paragraph.text, {}); }
    void block(const Callout& callout) { entry({}, callout.text, {}); }
    void block(const List& list) {
        for (const Item& item : list.items) entry(item.label, item.text, code_of(item.text));
    }
    void block(const FactTable& table) {
        for (const FactTable::Row& each : table.rows)
            for (std::size_t i = 0; i < each.cells.size(); ++i)
                entry(each.label, each.cells[i],
                      i < table.heads.size() ? code_of(table.heads[i]) : code_of(each.label));
    }
    void block(const Columns& columns) {
        for (const auto& cells : columns.rows)
            for (std::size_t i = 0; i < cells.size(); ++i)
                if (!cells[i].empty())
                    entry(cells[i].label, cells[i].text, i < columns.heads.size() ? code_of(columns.heads[i]) : "");
    }
    void block(const Ladder& ladder) {
        for (const Rung& rung : ladder.rungs)
            if (rung.from < ladder.parties.size() && rung.to < ladder.parties.size())
                row(rung.status ? std::to_string(rung.status) : "", id_,
                    rung.untimed ? std::string() : std::to_string(rung.at.count()),
                    ladder.parties[rung.from].name + " → " + ladder.parties[rung.to].name + ": " + rung.label, {});
    }
    void block(const Message& message) { row({}, id_, message.title, message.octets, {}); }
    void block(const Tree& tree) {
        for (const Tree::Node& node : tree.nodes) {
            row({}, id_, node.mark, words_of(node.text), {});
            for (const Tree::Answer& answer : node.answers)
                row({}, id_ + "/" + node.mark, tree.nodes[answer.to].mark, words_of(answer.text), {});
            for (const FactTable::Row& each : node.rows)
                row(code_of(each.label), id_ + "/" + node.mark, {},
                    words_of(each.label) + (each.cells.empty() ? "" : ": " + words_of(each.cells.front())), {});
        }
    }

    const Document& document_;
    const Options& options_;
    std::string id_;  // of the section at hand
    std::string out_;
};

}  // namespace

std::string csv(const Document& document, const Options& options) { return Writer(document, options).written(); }

}  // namespace sipdex::paint
