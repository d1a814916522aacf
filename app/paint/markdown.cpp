#include "paint/markdown.h"

#include <algorithm>

#include "language/characters.h"
#include "paint/text_ladder.h"

namespace sipdex::paint {

namespace {

using namespace document;
using language::clean;

// Words that Markdown could take for markup are escaped; on one line, so that they fit into a cell.
std::string escaped(std::string_view words) {
    std::string result;
    for (const char each : clean(words)) {
        if (std::string_view("\\`*_[]<>|#~&").find(each) != std::string_view::npos) result += '\\';
        result += each == '\n' ? ' ' : each;
    }
    return result;
}

// A code span is fenced by more backticks than it holds; a bar would end a cell even there.
std::string code(std::string_view words) {
    std::string cleaned = clean(words);
    std::ranges::replace(cleaned, '\n', ' ');
    if (cleaned.find('|') != std::string::npos) return escaped(cleaned);
    std::string fence = "`";
    while (cleaned.find(fence) != std::string::npos) fence += '`';
    return fence.size() == 1 ? "`" + cleaned + "`" : fence + " " + cleaned + " " + fence;
}

// "1." or "-" at the beginning of a paragraph would make it a list.
std::string paragraph_safe(std::string words) {
    const std::size_t digits = std::min(words.find_first_not_of("0123456789"), words.size());
    if (digits > 0 && digits < words.size() && (words[digits] == '.' || words[digits] == ')'))
        words.insert(digits, "\\");
    else if (words.starts_with('-') || words.starts_with('+') || words.starts_with('=')) words.insert(0, "\\");
    return words;
}

class Writer {
public:
    Writer(const Document& document, const Options& options) : document_(document), options_(options) {}

    std::string written() {
        out_ = "# " + escaped(document_.title) + "\n\n";
        for (const Masthead& masthead : document_.mastheads) {
            const std::string shape = masthead.code ? std::string(shape_of(masthead.code)) + " " : "";
            out_ += shape + "**" + escaped(code_and_phrase(masthead)) + "**";
            const std::string below =
                joined_by_dots({words_of(shown(masthead.gloss, document_, options_.words)), masthead.remark});
            out_ += (below.empty() ? "" : " · " + escaped(below)) + "\n\n";
        }
        if (!document_.summary.empty()) out_ += paragraph_safe(inlines(document_.summary)) + "\n\n";
        for (const Section* section : in_reading_order(document_)) {
            out_ += "## " + escaped(section->title) + "\n\n";
            for (const Block& any : section->blocks) std::visit([&](const auto& each) { block(each); }, any);
        }
        if (!document_.footer.empty()) out_ += "---\n\n" + escaped(document_.footer) + "\n";
        while (out_.ends_with("\n\n")) out_.pop_back();
        return std::move(out_);
    }

private:
    std::string inlines(const Text& text) const {
        std::string result;
        for (const Span& span : text.spans) {
            std::string words = span.style == Span::Style::wire ? code(span.text) : escaped(span.text);
            if (span.style == Span::Style::strong) words = "**" + words + "**";
            if (const ToRfc* rfc = std::get_if<ToRfc>(&span.target)) words = "[" + words + "](" + url_of(*rfc) + ")";
            result += words;
        }
        if (const std::string remark = remark_on(text, document_, options_.words); !remark.empty())
            result += " *(" + escaped(remark) + ")*";
        return result;
    }
    std::string item(const Item& item) const {
        return (item.label.empty() ? "" : "**" + escaped(words_of(item.label)) + "** ") + inlines(item.text);
    }

    void block(const Paragraph& paragraph) { out_ += paragraph_safe(inlines(paragraph.text)) + "\n\n"; }

    void block(const List& list) {
        int number = 0;
        for (const Item& each : list.items)
            out_ += (list.ordered ? std::to_string(++number) + ". " : "- ") + item(each) + "\n";
        out_ += "\n";
    }

    void table_head(const std::vector<std::string>& heads) {
        std::string rule = "|";
        out_ += "|";
        for (const std::string& head : heads) {
            out_ += " " + head + " |";
            rule += "---|";
        }
        out_ += "\n" + rule + "\n";
    }

    void block(const FactTable& table) {
        std::size_t cells = std::max<std::size_t>(1, table.heads.size());
        for (const FactTable::Row& row : table.rows) cells = std::max(cells, row.cells.size());
        std::vector<std::string> heads = {""};
        for (std::size_t i = 0; i < cells; ++i)
            heads.push_back(i < table.heads.size() ? escaped(words_of(table.heads[i])) : "");
        table_head(heads);
        for (const FactTable::Row& row : table.rows) {
            out_ += std::string("| ") + (row.differs ? "≠ " : "") + inlines(row.label) + " |";
            for (std::size_t i = 0; i < cells; ++i)
                out_ += " " + (i < row.cells.size() ? inlines(row.cells[i]) : "") + " |";
            out_ += "\n";
        }
        out_ += "\n";
    }

    void block(const Columns& columns) {
        std::vector<std::string> heads;
        if (columns.ordered) heads.emplace_back();
        for (const Text& head : columns.heads) heads.push_back(escaped(words_of(head)));
        table_head(heads);
        int number = 0;
        for (const auto& row : columns.rows) {
            out_ += columns.ordered ? "| " + std::to_string(++number) + " |" : "|";
            for (std::size_t i = 0; i < columns.heads.size(); ++i)
                out_ += " " + (i < row.size() ? item(row[i]) : "") + " |";
            out_ += "\n";
        }
        out_ += "\n";
    }

    void fenced(const std::string& lines) {
        std::string fence = "```";
        while (lines.find(fence) != std::string::npos) fence += '`';
        out_ += fence + "\n" + lines + (lines.ends_with('\n') ? "" : "\n") + fence + "\n\n";
    }

    void block(const Ladder& ladder) { fenced(text_ladder(ladder, 100, {}, options_.words)); }
    void block(const Message& message) {
        if (!message.title.empty()) out_ += "**" + escaped(message.title) + "**\n\n";
        fenced(clean(message.octets));
    }
    void block(const Tree& tree) {
        if (!tree.nodes.empty()) node(tree, 0, "");
        out_ += "\n";
    }
    void node(const Tree& tree, std::size_t at, const std::string& indent) {
        const Tree::Node& node = tree.nodes[at];
        const std::string inner = indent + "    ";
        out_ += indent + "- **" + escaped(node.mark) + "** " + inlines(node.text) + "\n";
        for (const FactTable::Row& row : node.rows) {
            const std::string sign = row.verdicts.empty() ? "" : sign_of(row.verdicts.front());
            out_ += inner + "- " + sign + (sign.empty() ? "" : " ") + "**" + escaped(words_of(row.label)) + "**" +
                    (row.cells.empty() ? "" : " " + inlines(row.cells.front())) + "\n";
        }
        for (const Tree::Answer& answer : node.answers) {
            out_ += inner + "- " + inlines(answer.text) +
                    (answer.again ? " → **" + escaped(tree.nodes[answer.to].mark) + "**" : "") + "\n";
            if (!answer.again) this->node(tree, answer.to, inner + "    ");
        }
    }
    void block(const Callout& callout) {
        out_ += std::string("> ") + (callout.kind == Callout::Kind::warning ? "**!** " : "") + inlines(callout.text) +
                "\n\n";
    }

    const Document& document_;
    const Options& options_;
    std::string out_;
};

}  // namespace

std::string markdown(const Document& document, const Options& options) { return Writer(document, options).written(); }

}  // namespace sipdex::paint
