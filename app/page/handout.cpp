#include "page/handout.h"

#include <algorithm>

namespace sipdex::page {

namespace {

using document::Block;
using document::FactTable;
using document::Section;
using document::Text;

// Room to write: as many lines as the answer takes, about.
Text room_for(const Text& answer) {
    const std::size_t letters = document::words_of(answer).size();
    const std::size_t lines = std::clamp<std::size_t>(letters / 60 + 1, 1, 5);
    std::string empty = "\u00a0";
    for (std::size_t i = 1; i < lines; ++i) empty += "\n\u00a0";
    return document::plain(std::move(empty));
}

// Rows in which all subjects say the same tell nothing apart.
void keep_questions(FactTable& table) {
    if (table.heads.size() > 1)
        std::erase_if(table.rows, [](const FactTable::Row& row) { return !row.differs && row.verdicts.empty(); });
}

FactTable asked(const FactTable& answered) {
    FactTable table = answered;
    for (FactTable::Row& row : table.rows) {
        row.verdicts.clear();
        for (Text& cell : row.cells) cell = room_for(cell);
    }
    return table;
}

document::Ladder asked(const document::Ladder& answered) {
    document::Ladder ladder = answered;
    int number = 0;
    for (document::Rung& rung : ladder.rungs) {
        rung.label = std::to_string(++number) + ". ……………………";
        rung.status = 0;
    }
    return ladder;
}

bool is_asked(const Section& section) {
    return section.at_a_glance || section.id == "key-differences" || section.id == "ladder";
}

bool tells_nothing(const Section& section) { return section.id == "story"; }

bool is_asked(const Block& block) {
    return std::holds_alternative<FactTable>(block) || std::holds_alternative<document::Ladder>(block);
}

}  // namespace

bool has_answers_to_hide(const document::Document& page) {
    return std::ranges::any_of(page.sections, [](const Section& section) {
        return is_asked(section) &&
               std::ranges::any_of(section.blocks, [](const Block& block) { return is_asked(block); });
    });
}

document::Document handout(const document::Document& page, const language::Words& words) {
    document::Document sheet = page;
    sheet.sections.clear();
    std::vector<Section> answers;
    for (const Section& section : page.sections) {
        if (tells_nothing(section)) sheet.sections.push_back(section);
        if (!is_asked(section)) continue;
        Section questions = section, answered = section;
        questions.blocks.clear();
        answered.blocks.clear();
        for (const Block& block : section.blocks) {
            if (const auto* table = std::get_if<FactTable>(&block)) {
                FactTable kept = *table;
                keep_questions(kept);
                questions.blocks.emplace_back(asked(kept));
                answered.blocks.emplace_back(std::move(kept));
            }
            if (const auto* ladder = std::get_if<document::Ladder>(&block)) {
                questions.blocks.emplace_back(asked(*ladder));
                answered.blocks.emplace_back(*ladder);
            }
        }
        if (questions.blocks.empty()) continue;
        questions.at_a_glance = false;  // a glance at an empty field answers nothing
        sheet.sections.push_back(std::move(questions));
        answered.id += "-answers";
        answered.title = words.handout_key() + " · " + section.title;
        answered.at_a_glance = false;
        answered.on_new_page = answers.empty();
        answers.push_back(std::move(answered));
    }
    if (answers.empty()) return page;
    sheet.summary = document::plain(words.handout_task());
    for (document::Masthead& masthead : sheet.mastheads) masthead.gloss = {};
    std::ranges::move(answers, std::back_inserter(sheet.sections));
    return sheet;
}

}  // namespace sipdex::page
