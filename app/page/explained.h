// A capture or log explained: one sentence of verdict, the findings with their proof, the calls, their ladders.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "page/brought.h"
#include "page/pages.h"

namespace sipdex::page {

struct Explain {
    std::set<std::size_t> stories = {};  // by their place; empty: all, with ladders of those that matter most
    bool with_links = false;             // calls link to ToExchange{"call/3"}: for whoever can follow these
    bool with_messages = false;          // every message with its narration; otherwise of a call that is alone
    bool with_list = true;               // the list of calls: not for whoever shows it beside (page/call_list.h)
};

// A link to the thresholds of a rule, for whoever can follow it: ToTerm{"thresholds/challenge-loop"}.
inline constexpr std::string_view thresholds_link = "thresholds/";

// A link to the sheet of a finding: ToTerm{"finding/3"}.
inline constexpr std::string_view finding_link = "finding/";

// Findings, the list of calls, ladders, and what could not be read.
document::Document explained(const Reader& reader, const Brought& brought, const Explain& how = {});

// The first sentence of that page.
document::Text verdict(const Reader& reader, const Brought& brought, const Explain& how = {});

// A call as the simulator shows an exchange: its recording, narrated by what holds in every exchange.
Replay call_replay(const Reader& reader, const Brought& brought, const std::vector<std::size_t>& stories);

// One finding as a page of its own, by its number in that page: what was seen, whose turn it is, the messages that prove it
// and those around them. Nothing where there is no such finding; findings_in() says how many there are.
std::optional<document::Document> finding_page(const Reader& reader, const Brought& brought, std::size_t number);
std::size_t findings_in(const Brought& brought);

// A finding in words.
struct ToldFinding {
    document::Text title, text, why, act;
    std::string who;        // the addressee; empty after a note
    document::Text source;  // links to the sections
};
ToldFinding told(const Reader& reader, const findings::Finding& finding);

// What the findings of a rule are called.
std::string title_of_rule(const Reader& reader, const catalog::FindingRule& rule);

// What a threshold is called, and a value of it with its unit: "time limit", "5 s". The name itself where there are no words.
std::string threshold_name(const Reader& reader, const std::string& name);
std::string threshold_value(const Reader& reader, const std::string& name, long value);

std::string title_of_story(const Reader& reader, const Brought& brought, std::size_t story);
document::Text outcome_of_story(const Reader& reader, const Brought& brought, std::size_t story);

// Why nothing was read, in a sentence for whoever brought the file: `name` is what it is called.
std::string nothing_read(const Reader& reader, const Brought& brought, const std::string& name);

// Every rule with its words, its source and its thresholds.
document::Document finding_rules(const Reader& reader);

}  // namespace sipdex::page
