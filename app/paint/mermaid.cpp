#include "paint/mermaid.h"

#include <optional>
#include <vector>

#include "language/characters.h"

namespace sipdex::paint {

namespace {

using namespace document;
using language::clean;

// Mermaid ends a statement at ";" and a line break, begins a comment at "%%" and an entity at "#". Entities stand for
// all of these, and for angle brackets, which could be taken for HTML.
std::string escaped(const std::string& words) {
    std::string result;
    for (const char each : clean(words)) {
        if (std::string_view(";#<>%").find(each) != std::string_view::npos)
            result += "#" + std::to_string(static_cast<int>(each)) + ";";
        else result += each == '\n' ? ' ' : each;
    }
    return result;
}

// What is told of each message: the first paragraph after it.
std::vector<std::string> told_in(const Document& document) {
    std::vector<std::string> told;
    bool open = false;
    for (const Section& section : document.sections)
        for (const Block& block : section.blocks) {
            if (std::holds_alternative<Message>(block)) told.emplace_back();
            else if (const auto* paragraph = std::get_if<Paragraph>(&block); paragraph && open)
                told.back() = words_of(paragraph->text);
            open = std::holds_alternative<Message>(block);
        }
    return told;
}

std::string name_of(std::size_t party) { return "p" + std::to_string(party + 1); }

std::string arrow(const Rung& rung) {
    const std::string line = rung.status == 0 ? "-" : "--";
    return line + (rung.arrives ? ">>" : "x");
}

std::string drawn(const Ladder& ladder, const std::vector<std::string>& told, const PaintWords& words) {
    std::string lines;
    for (std::size_t i = 0; i < ladder.parties.size(); ++i)
        lines += "    participant " + name_of(i) + " as " + escaped(ladder.parties[i].name) + "\n";
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
        const Rung& rung = ladder.rungs[i];
        if (rung.from >= ladder.parties.size() || rung.to >= ladder.parties.size()) continue;
        const std::string from = name_of(rung.from), to = name_of(rung.to);
        const std::string remark =
            joined_by_dots({rung.repeated ? words.repeated : "", rung.arrives ? "" : words.lost});
        lines += "    " + from + arrow(rung) + to + ": " + escaped(rung.label) +
                 (remark.empty() ? "" : " (" + escaped(remark) + ")") + "\n";
        if (i >= told.size() || told[i].empty()) continue;
        lines += "    Note over " + from + (from == to ? "" : "," + to) + ": " + escaped(told[i]) + "\n";
    }
    return lines;
}

}  // namespace

std::string mermaid(const Document& document, const Options& options) {
    const std::vector<std::string> told = told_in(document);
    std::string diagrams;
    for (const Section& section : document.sections)
        for (const Block& block : section.blocks)
            if (const auto* ladder = std::get_if<Ladder>(&block))
                diagrams += (diagrams.empty() ? "" : "\n") + ("sequenceDiagram\n    title " + escaped(document.title)) +
                            "\n    autonumber\n" + drawn(*ladder, told, options.words);
    return diagrams.empty() ? "sequenceDiagram\n    title " + escaped(document.title) + "\n" : diagrams;
}

}  // namespace sipdex::paint
