// What the pages of exchanges have in common: recordings told in the reader's words.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "page/fact_words.h"
#include "page/pages.h"
#include "simulator/plan/exchange.h"

namespace sipdex::page {

// The exchange of the catalog; nothing for one that is not there, or is no exchange ("common").
std::optional<simulator::Exchange> script_of(const Reader& reader, const std::string& id);
std::vector<simulator::Step> common_steps(const Reader& reader);

// A recording with its roles, narration and decisions. Messages before `story_ends` are narrated by the
// exchange of that id, those from there on as in every exchange.
Replay told(const Reader& reader, const std::string& id, recording::Recording recording,
            std::optional<std::size_t> story_ends);

// Where a trainee could decide otherwise, and what would be changed for that.
std::vector<Question> questions_of(const Reader& reader, const simulator::Exchange& exchange,
                                   const recording::Recording& recording);

// A decision in the reader's words; empty for one that has none.
document::Text decision_words(const Reader& reader, const recording::Recording& recording,
                              const recording::Decision& decision);

document::Text change_words(const Reader& reader, const simulator::Exchange& exchange, const simulator::Change& change);
std::string problem_words(const Reader& reader, const simulator::ChangeProblem& problem);

// What the signs of a ladder mean, those that it has: "▲ 4xx request failure · - - sent again".
document::Paragraph legend_of(const Reader& reader, const document::Ladder& ladder);

// Every message with what happened and why, and every decision at its moment.
std::vector<document::Block> steps_of(const Reader& reader, const Replay& replay);

// A label in strong type, and the text behind it.
document::Text labelled(const std::string& label, const document::Text& text);

// A decision with its rule as one paragraph.
document::Text with_rule(const Reader& reader, const document::Text& words, const document::Text& rule);

double seconds(recording::Time time);

}  // namespace sipdex::page
