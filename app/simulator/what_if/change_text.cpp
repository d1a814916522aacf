// Changes as a person writes them; what_if.h shows each form.
#include <algorithm>
#include <sstream>

#include "simulator/what_if/what_if.h"
#include "sip/token.h"
#include "source/duration.h"

namespace sipdex::simulator {

namespace {

using What = ChangeProblem::What;
using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
    std::istringstream stream{std::string(text)};
    Words words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

std::string joined(Words::const_iterator begin, Words::const_iterator end) {
    std::string text;
    for (auto word = begin; word != end; ++word) text += (text.empty() ? "" : " ") + *word;
    return text;
}

ReadChange wrong(What what, std::string subject, std::vector<std::string> known = {}) {
    ReadChange read;
    read.problem = {what, std::move(subject), {}, std::move(known), {}};
    read.problem.meant = source::nearest(read.problem.subject, read.problem.known).value_or("");
    return read;
}

ReadChange right(Change change) { return {std::move(change), {}}; }

// "alice" of "alice's"; an apostrophe may be typed or typeset.
std::optional<std::string> owner(const std::string& word) {
    for (const std::string_view ending : {"'s", "’s"})
        if (word.size() > ending.size() && word.ends_with(ending)) return word.substr(0, word.size() - ending.size());
    return std::nullopt;
}

// 2 of "2nd".
std::optional<long long> ordinal(const std::string& word) {
    const auto letters = word.find_first_not_of("0123456789");
    if (letters == 0 || letters == std::string::npos || letters > 3) return std::nullopt;
    const std::string ending = word.substr(letters);
    if (ending != "st" && ending != "nd" && ending != "rd" && ending != "th") return std::nullopt;
    const long long number = std::stoll(word.substr(0, letters));
    return number > 0 ? std::optional(number) : std::nullopt;
}

// Ids stand for themselves; names are found whatever their case.
std::string id_of(const std::string& word, const Exchange& exchange) {
    for (const PartyPlan& party : exchange.parties)
        if (party.id == word) return word;
    for (const PartyPlan& party : exchange.parties)
        if (sip::same_token(party.name, word) || sip::same_token(party.id, word)) return party.id;
    return word;
}

// "603 [Decline] [after 2s] [with Retry-After: 60]…", "after 10s"
ReadChange read_answer(const std::string& party, const Words& words, const PhraseOf& phrase_of) {
    Answers answer;
    answer.party = party;
    std::size_t at = 0;
    const auto ends = [&] { return at == words.size() || words[at] == "after" || words[at] == "with"; };
    if (!ends()) {
        const std::string& status = words[at++];
        if (status.size() != 3 || status.find_first_not_of("0123456789") != std::string::npos)
            return wrong(What::wrong_status, status);
        answer.status = std::stoi(status);
        if (answer.status < 100 || answer.status > 699) return wrong(What::wrong_status, status);
        const std::size_t phrase = at;
        while (!ends()) ++at;
        answer.phrase = joined(words.begin() + static_cast<std::ptrdiff_t>(phrase),
                               words.begin() + static_cast<std::ptrdiff_t>(at));
        if (answer.phrase.empty()) answer.phrase = phrase_of(answer.status);
    }
    while (at < words.size()) {
        const bool after = words[at++] == "after";
        const std::size_t begin = at;
        while (!ends()) ++at;
        const std::string text =
            joined(words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(at));
        if (!after) {
            if (text.find(':') == std::string::npos || text.front() == ':')
                return wrong(What::not_understood, "with " + text);
            answer.headers.push_back(text);
        } else if (!(answer.after = source::read_duration(text))) {
            return wrong(What::wrong_duration, text);
        }
    }
    if (answer.status == 0 && !answer.after)
        return wrong(What::not_understood, party + " answers " + joined(words.begin(), words.end()));
    return right(std::move(answer));
}

ReadChange read_loss(Words words, const Exchange& exchange) {
    Loses loss;
    if (words == Words{"nothing"}) return right(loss);
    if (!words.empty())
        if (const auto nth = ordinal(words.front())) {
            loss.nth = *nth;
            words.erase(words.begin());
        }
    // The way, "bob -> proxy", may name parties as people do.
    if (words.size() >= 3 && words[words.size() - 2] == "->")
        for (std::string* const end : {&words[words.size() - 3], &words.back()})
            if (*end != "*") *end = id_of(*end, exchange);
    loss.message = joined(words.begin(), words.end());
    return loss.message.empty() ? wrong(What::wrong_message, "") : right(loss);
}

ReadChange read_link(const Words& words, const Exchange& exchange) {
    if (words.size() != 3) return wrong(What::not_understood, joined(words.begin(), words.end()));
    const auto latency = source::read_duration(words[2]);
    if (!latency) return wrong(What::wrong_duration, words[2]);
    return right(LinkTakes{id_of(words[0], exchange), id_of(words[1], exchange), *latency});
}

ReadChange read_words(const Words& words, const Exchange& exchange, const PhraseOf& phrase_of) {
    const std::string whole = joined(words.begin(), words.end());
    if (words.empty()) return wrong(What::not_understood, whole);
    const Words rest(words.begin() + 1, words.end());
    if (words[0] == "lose") return read_loss(rest, exchange);
    if (words[0] == "link") return read_link(rest, exchange);
    if (const auto whose = owner(words[0])) {
        if (words.size() < 4 || words[2] != "is") return wrong(What::not_understood, whole);
        return right(Sets{id_of(*whose, exchange), words[1], joined(words.begin() + 3, words.end())});
    }
    const std::string party = id_of(words[0], exchange);
    std::vector<std::string> ids;
    for (const PartyPlan& each : exchange.parties) ids.push_back(each.id);
    if (std::find(ids.begin(), ids.end(), party) == ids.end()) {
        std::vector<std::string> beginnings = ids;
        beginnings.insert(beginnings.end(), {"lose", "link"});
        ReadChange read = wrong(What::unknown_party, words[0], beginnings);
        read.problem.known = ids;
        return read;
    }
    const std::string said = joined(rest.begin(), rest.end());
    if (said == "never answers") return right(NeverAnswers{party});
    if (said == "is off" || said == "is on") return right(Switched{party, said == "is off"});
    if (words.size() > 2 && words[1] == "answers")
        return read_answer(party, Words(words.begin() + 2, words.end()), phrase_of);
    if (words.size() > 2 && words[1] == "chooses")
        return right(Sets{party, "choose", joined(words.begin() + 2, words.end())});
    if (words.size() < 2 || words[1] == "is" || words[1] == "answers" || words[1] == "never" || words[1] == "chooses")
        return wrong(What::not_understood, whole);
    return wrong(What::unknown_verb, words[1], {"answers", "never answers", "chooses", "is off", "is on"});
}

std::string ordinal_of(long long number) {
    const long long last = number % 10, tens = number % 100 / 10;
    return std::to_string(number) + (tens == 1 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

struct Writer {
    std::string operator()(const Answers& change) const {
        std::string text = change.party + " answers";
        if (change.status != 0) text += " " + std::to_string(change.status);
        if (!change.phrase.empty()) text += " " + change.phrase;
        if (change.after) text += " after " + source::duration_text(*change.after);
        for (const std::string& header : change.headers) text += " with " + header;
        return text;
    }
    std::string operator()(const NeverAnswers& change) const { return change.party + " never answers"; }
    std::string operator()(const Switched& change) const { return change.party + (change.off ? " is off" : " is on"); }
    std::string operator()(const LinkTakes& change) const {
        return "link " + change.one + " " + change.other + " " + source::duration_text(change.latency);
    }
    std::string operator()(const Loses& change) const {
        if (change.message.empty()) return "lose nothing";
        return "lose " + (change.nth > 0 ? ordinal_of(change.nth) + " " : "") + change.message;
    }
    std::string operator()(const Sets& change) const {
        if (change.option == "choose") return change.party + " chooses " + change.value;
        return change.party + "'s " + change.option + " is " + change.value;
    }
};

}  // namespace

ReadChange read_change(std::string_view text, const Exchange& exchange, const PhraseOf& phrase_of) {
    ReadChange read = read_words(words_of(text), exchange, phrase_of);
    if (!read.change) return read;
    read.problem = problem_of(*read.change, exchange);
    if (read.problem.what != What::none) read.change.reset();
    return read;
}

std::string to_text(const Change& change) { return std::visit(Writer{}, change); }

}  // namespace sipdex::simulator
