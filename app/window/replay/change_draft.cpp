#include "window/replay/change_draft.h"
#include "source/duration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sip/cseq.h"
#include "sip/token.h"

namespace sipdex::window {

namespace {

using Does = ChangeDraft::Does;
using Takes = simulator::ChangeableOption::Takes;

constexpr double longest = 3600;  // seconds

std::string ordinal(std::size_t number) {
    const bool teens = number % 100 / 10 == 1;
    const char* end = teens ? "th" : number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
    return fmt::format("{}{}", number, end);
}

// "INVITE alice -> proxy", "200 to INVITE bob -> proxy"
std::string pattern_of(const recording::Recording& recording, const recording::Transmission& sent) {
    std::string name = sent.message.method;
    if (!sent.message.is_request()) {
        const auto cseq = sip::cseq_of(sent.message);
        name = fmt::format("{} to {}", sent.message.status, cseq ? cseq->method : "*");
    }
    return fmt::format("{} {} -> {}", name, recording.actors[sent.from].id, recording.actors[sent.to].id);
}

DraftedChange lacking(std::string problem) { return {{}, std::move(problem), false}; }

DraftedChange wrong(std::string problem) { return {{}, std::move(problem), true}; }

DraftedChange timed(const std::string& before, const std::string& seconds, const Words& words) {
    if (const auto duration = duration_of(seconds)) return {before + *duration, {}, false};
    constexpr double half = 0.5;  // shows how the language writes a fraction
    return sip::trimmed(seconds).empty() ? lacking(words.window_change_no_seconds(half))
                                         : wrong(words.window_change_wrong_seconds(seconds, half));
}

DraftedChange drafted_answer(const ChangeDraft& draft, const Words& words) {
    if (draft.status == 0) return lacking(words.window_change_no_answer());
    DraftedChange made{fmt::format("{} answers {}", draft.party, draft.status), {}, false};
    if (!sip::trimmed(draft.seconds).empty()) made = timed(made.change + " after ", draft.seconds, words);
    if (const std::string field(sip::trimmed(draft.field)); made.problem.empty() && !field.empty()) {
        const auto colon = field.find(':');
        if (colon == std::string::npos || !sip::is_token(sip::trimmed(field.substr(0, colon))))
            return wrong(words.window_change_wrong_field(field));
        made.change += " with " + field;
    }
    return made;
}

DraftedChange drafted_option(const ChangeDraft& draft, const Offer& offer, const Words& words) {
    const auto* party = changeable_of(offer, draft.party);
    if (!party || draft.option.empty()) return lacking(words.window_change_no_option());
    const auto option = std::find_if(party->options.begin(), party->options.end(),
                                     [&](const auto& one) { return one.name == draft.option; });
    const std::string value(sip::trimmed(draft.value));
    if (option == party->options.end() || value.empty()) return lacking(words.window_change_no_value());
    const std::string before = fmt::format("{}'s {} is ", draft.party, draft.option);
    if (value == "none") return {before + value, {}, false};
    if (option->takes == Takes::duration) return timed(before, value, words);
    if (option->takes == Takes::number && value.find_first_not_of("0123456789") != std::string::npos)
        return wrong(words.window_change_wrong_number(value));
    return {before + value, {}, false};
}

}  // namespace

const simulator::Changeable* changeable_of(const Offer& offer, const std::string& party) {
    for (const simulator::Changeable& one : offer.parties)
        if (one.party == party) return &one;
    return nullptr;
}

std::vector<Does> deeds_of(const Offer& offer, const std::string& party) {
    std::vector<Does> deeds;
    if (party.empty()) {
        deeds = {Does::loses, Does::delays};
        if (offer.loses_messages) deeds.push_back(Does::loses_nothing);
        return deeds;
    }
    const auto* one = changeable_of(offer, party);
    if (!one) return deeds;
    if (one->answers) deeds.push_back(Does::answers);
    if (one->delays) deeds.push_back(Does::answers_later);
    if (one->answers) deeds.push_back(Does::never_answers);
    if (one->chooses) deeds.push_back(Does::chooses);
    deeds.push_back(one->off ? Does::comes_on : Does::goes_off);
    if (!one->options.empty()) deeds.push_back(Does::has_option);
    return deeds;
}

std::vector<NamedMessage> named_messages(const recording::Recording& recording) {
    std::vector<NamedMessage> names;
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        std::string pattern = pattern_of(recording, recording.messages[i]);
        const auto known =
            std::find_if(names.begin(), names.end(), [&](const NamedMessage& one) { return one.pattern == pattern; });
        if (known == names.end()) names.push_back({std::move(pattern), i, 1});
        else ++known->count;
    }
    return names;
}

NamedMessage named_message(const recording::Recording& recording, std::size_t message) {
    NamedMessage name{pattern_of(recording, recording.messages[message]), message, 0};
    for (std::size_t i = message + 1; i-- > 0;)
        if (pattern_of(recording, recording.messages[i]) == name.pattern) {
            ++name.count;
            name.first = i;
        }
    return name;
}

ChangeDraft draft_for(const Offer& offer, const recording::Recording& recording, std::optional<std::size_t> message) {
    ChangeDraft draft;
    if (message) {
        const auto& sent = recording.messages[*message];
        const NamedMessage name = named_message(recording, *message);
        draft.message = name.pattern;
        draft.nth = name.count;
        draft.one = recording.actors[sent.from].id;
        draft.other = recording.actors[sent.to].id;
        draft.party = recording.actors[sent.message.is_request() ? sent.to : sent.from].id;
    }
    // Rather a party that could also accept than one that passes answers on; the called party stands at the end.
    const auto* answering = changeable_of(offer, draft.party);
    if (answering && !answering->answers) answering = nullptr;
    for (auto one = offer.parties.rbegin(); one != offer.parties.rend(); ++one)
        if (one->answers && (!answering || (one->accepts && !answering->accepts))) answering = &*one;
    draft.party = answering ? answering->party : std::string();
    draft.does = draft.party.empty() ? Does::loses : Does::answers;
    return draft;
}

std::optional<std::string> duration_of(const std::string& typed) {
    std::string text(sip::trimmed(typed));
    std::replace(text.begin(), text.end(), ',', '.');
    if (text.empty()) return std::nullopt;
    if (text.find_first_not_of("0123456789.") == std::string::npos) text += "s";
    // A space before the unit, as some languages have it.
    std::erase_if(text, [](char c) { return c == ' '; });
    const auto time = source::read_duration(text);
    if (!time || time->count() < 0 || double(time->count()) / 1e6 > longest) return std::nullopt;
    return source::duration_text(*time);
}

DraftedChange drafted(const ChangeDraft& draft, const Offer& offer, const Words& words) {
    switch (draft.does) {
        case Does::answers: return drafted_answer(draft, words);
        case Does::answers_later: return timed(draft.party + " answers after ", draft.seconds, words);
        case Does::never_answers: return {draft.party + " never answers", {}, false};
        case Does::goes_off: return {draft.party + " is off", {}, false};
        case Does::comes_on: return {draft.party + " is on", {}, false};
        case Does::chooses: return {draft.party + " chooses " + draft.contact, {}, false};
        case Does::has_option: return drafted_option(draft, offer, words);
        case Does::loses:
            if (draft.message.empty()) return lacking(words.window_change_no_message());
            return {fmt::format("lose {}{}", draft.nth ? ordinal(draft.nth) + " " : "", draft.message), {}, false};
        case Does::loses_nothing: return {"lose nothing", {}, false};
        case Does::delays:
            if (draft.one == draft.other) return lacking(words.window_change_same_ends());
            return timed(fmt::format("link {} {} ", draft.one, draft.other), draft.seconds, words);
    }
    return {};
}

}  // namespace sipdex::window
