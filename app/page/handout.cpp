#include "page/handout.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

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
        rung.differs = false;
    }
    return ladder;
}

bool is_asked(const Section& section) {
    return section.at_a_glance || section.id == "key-differences" || section.id == "ladder" ||
           section.id == "ladder-as-it-would-be";
}

// What a what-if starts from.
bool is_given(const Section& section) { return section.id == "changes" || section.id == "ladder-as-it-is"; }

// A story tells the messages before anybody has filled them in; it stands with the answers.
bool explains(const Section& section) { return section.id == "story"; }

Section questions_of(const Section& section) {
    Section questions = section;
    questions.blocks.clear();
    questions.at_a_glance = false;  // a glance at an empty field answers nothing
    for (const Block& block : section.blocks) {
        if (const auto* table = std::get_if<FactTable>(&block)) {
            FactTable kept = *table;
            keep_questions(kept);
            questions.blocks.emplace_back(asked(kept));
        }
        if (const auto* ladder = std::get_if<document::Ladder>(&block)) questions.blocks.emplace_back(asked(*ladder));
    }
    return questions;
}

// The same story in the words of whoever fills the sheet in: lines to write on.
Section lines_for(const Section& story) {
    constexpr std::size_t letters_by_hand = 40, fewest = 5, most = 10;
    std::size_t letters = 0;
    for (const Block& block : story.blocks)
        if (const auto* paragraph = std::get_if<document::Paragraph>(&block))
            letters += document::words_of(paragraph->text).size();
    FactTable lines;
    lines.rows.assign(std::clamp(letters / letters_by_hand, fewest, most), {{}, {room_for({})}});
    return {story.id, story.title, {std::move(lines)}};
}

Section answers_of(const Section& section, const language::Words& words) {
    Section answers = section;
    answers.id += "-answers";
    answers.title = words.handout_key() + " · " + section.title;
    answers.at_a_glance = false;
    for (Block& block : answers.blocks)
        if (auto* table = std::get_if<FactTable>(&block)) keep_questions(*table);
    if (!explains(section))
        std::erase_if(answers.blocks, [](const Block& block) {
            return !std::holds_alternative<FactTable>(block) && !std::holds_alternative<document::Ladder>(block);
        });
    return answers;
}

// Words that stand alone: "INVITE" tells a message, "reINVITE" none.
bool names(std::string_view title, std::string_view word) {
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (auto at = title.find(word); at != std::string_view::npos; at = title.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_letter(title[at - 1])) && (end == title.size() || !is_letter(title[end]))) return true;
    }
    return false;
}

// What can be said of an exchange without telling its messages: "Bob is on the phone" of "486: Bob is on the phone". Where
// the rest names a method or a code that is asked for, nothing can.
std::string untold(const document::Document& page, const language::Words& words) {
    std::string title = page.title;
    if (const auto colon = title.find(": "); colon != std::string::npos && std::isdigit(title.front() & 0xff))
        title.erase(0, colon + 2);
    for (const Section& section : page.sections)
        for (const Block& block : section.blocks)
            if (const auto* ladder = std::get_if<document::Ladder>(&block); ladder && is_asked(section))
                for (const document::Rung& rung : ladder->rungs)
                    if (names(title, rung.label.substr(0, rung.label.find(' ')))) return words.handout_title();
    return title;
}

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
    sheet.facts.clear();
    std::vector<Section> answers, stories, explanations;
    for (const Section& section : page.sections) {
        if (is_given(section)) sheet.sections.push_back(section);
        if (explains(section)) {
            stories.push_back(lines_for(section));
            explanations.push_back(answers_of(section, words));
        }
        if (!is_asked(section)) continue;
        Section questions = questions_of(section);
        if (questions.blocks.empty()) continue;
        sheet.sections.push_back(std::move(questions));
        answers.push_back(answers_of(section, words));
    }
    if (answers.empty()) return page;
    for (Section& given : sheet.sections)
        for (Block& block : given.blocks)
            if (auto* ladder = std::get_if<document::Ladder>(&block))
                for (document::Rung& rung : ladder->rungs) rung.differs = false;
    std::ranges::move(stories, std::back_inserter(sheet.sections));
    answers.front().on_new_page = true;
    sheet.summary = document::plain(words.handout_task());
    if (page.kind == document::Document::Kind::exchange) {
        sheet.title = untold(page, words);
        sheet.mastheads.clear();
    }
    for (document::Masthead& masthead : sheet.mastheads) {
        masthead.gloss = {};
        masthead.remark.clear();
    }
    std::ranges::move(answers, std::back_inserter(sheet.sections));
    std::ranges::move(explanations, std::back_inserter(sheet.sections));
    return sheet;
}

}  // namespace sipdex::page
