// The facts of a response as words in the reader's language: each one whole message, never glued.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "page/reader.h"

namespace sipdex::page {

// A fact and its label; value and cell are empty where nothing is known.
struct WordedFact {
    std::string id;     // "retry"; the same for every response
    std::string value;  // what two responses agree or differ in, whatever the language and the sources: "do-not-retry"
    std::string label;
    document::Text cell;  // the value in words, with its source
};

// Every fact, always in the same order and number, so that rows of several responses match.
std::vector<WordedFact> facts_of(const Reader& reader, const catalog::Response& response);

std::string retry_words(const Reader& reader, const catalog::Response& response);
// The rule in short; "depends on the application" helps nobody, so there it is what the words about the code say.
document::Text try_again(const Reader& reader, const catalog::Response& response, const catalog::Prose& prose);
// A link to a comparison, followed by what the pair's words say in one sentence; the link alone where nobody has written
// any.
document::Text with_summary(const Reader& reader, document::Text link, const std::optional<catalog::Pair>& pair);
// Whether trying again helps, as a sign: what `retry_words` says in words.
document::FactTable::Verdict verdict_of(const catalog::Response& response);
// How a passage begins, in one sentence or two short ones; empty where nobody has written any.
document::Text first_sentence(const Reader& reader, const catalog::Passage* passage);
// What to do first: the first sentence of the first step.
document::Text first_check(const Reader& reader, const catalog::Response& response, const catalog::Prose& prose);
std::string dialog_words(const Reader& reader, const catalog::Response& response);
std::string proxy_words(const Reader& reader, const catalog::Response& response);
std::string failover_words(const Reader& reader, const catalog::Response& response);
std::string fault_words(const Reader& reader, const std::string& where);
std::string addressee_words(const Reader& reader, const std::string& who);
document::Text strength_words(const Reader& reader,
                              const catalog::HeaderFact& header);                 // "MUST when it is sent reliably"
Markup condition_words(const Reader& reader, const catalog::HeaderFact& header);  // empty where it always holds
document::Text header_name(const Reader& reader, const std::string& name);
std::string q850_words(const Reader& reader, const catalog::Q850Mapping& mapping);

// ICU's select branches are identifiers: "do-not-retry" becomes "do_not_retry".
std::string branch(std::string token);

std::string listed(const std::vector<std::string>& words);  // "INVITE, ACK, BYE"

// What a receiver takes an unknown code for: "400" for 4xx (RFC 3261 8.1.3.2).
std::string fallback_of(int code);

}  // namespace sipdex::page
