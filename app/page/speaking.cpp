#include "page/speaking.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "evidence/pattern.h"
#include "facts/facts.h"
#include "sip/cseq.h"
#include "sip/reason.h"
#include "sip/token.h"

namespace sipdex::page {

namespace {

using catalog::Speaker;
using evidence::FoundMessage;

// One thing in a message that a sign or a phrase may fit.
struct Clue {
    std::string_view in;  // "phrase", "server", "field" …
    std::string name;     // of the header field, for "field"
    std::string value;
};

struct Case {
    std::vector<Clue> clues;
    std::string code, method;
};

// Numbers of somebody's own within a text: "560486", "Error 32011".
void add_numbers(std::string_view text, std::vector<Clue>& clues) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = text.find_first_of("0123456789", at),
                          end =
                              std::min(text.find_first_not_of("0123456789", std::min(begin, text.size())), text.size());
        if (begin == std::string_view::npos) return;
        const bool alone = (begin == 0 || text[begin - 1] == ' ' || text[begin - 1] == ';') &&
                           (end == text.size() || text[end] == ' ' || text[end] == ';');
        const std::size_t least =
            begin == 0 && end == text.size() ? 4 : 5;  // a shorter one only where it is the whole text
        if (alone && end - begin >= least && end - begin <= 6)
            clues.push_back({"number", {}, std::string(text.substr(begin, end - begin))});
        at = end;
    }
}

// A phrase as it was sent, and without what somebody put in a bracket behind it.
void add_phrase(std::string_view in, const std::string& phrase, std::vector<Clue>& clues) {
    clues.push_back({in, {}, phrase});
    const std::size_t bracket = phrase.rfind(" (");
    if (bracket != std::string::npos && bracket > 0 && phrase.ends_with(')'))
        clues.push_back({in, {}, phrase.substr(0, bracket)});
    add_numbers(phrase, clues);
}

void add_reasons(const sip::Message& message, std::vector<Clue>& clues) {
    for (const sip::Reason& reason : sip::reasons_of(message)) {
        if (!reason.text.empty()) {
            clues.push_back({"reason-text", {}, reason.text});
            add_numbers(reason.text, clues);
        }
        if (!reason.cause) continue;
        const std::string cause = reason.protocol + ";cause=" + std::to_string(*reason.cause);
        clues.push_back({"reason-cause", {}, cause});
        std::string form = cause;
        for (const sip::Parameter& parameter : reason.parameters.list)
            if (!sip::same_token(parameter.name, "cause"))
                form += ";" + parameter.name + (parameter.value ? "=" + *parameter.value : std::string());
        clues.push_back({"reason-form", {}, form});
    }
}

// Who retypes a Warning, or writes it badly, keeps at least what stands between its quotes.
void add_quoted_warnings(const sip::Message& message, std::vector<Clue>& clues) {
    for (const sip::HeaderField& field : message.fields) {
        const std::size_t opens = field.value().find('"'), closes = field.value().rfind('"');
        if (sip::same_field(field.name(), "Warning") && opens < closes && closes != std::string::npos)
            clues.push_back({"warning-text", {}, field.value().substr(opens + 1, closes - opens - 1)});
    }
}

// A flood of header fields says no more than its first ones, nor a repeated one more than once.
void keep_telling(std::vector<Clue>& clues) {
    constexpr std::size_t most = 300;
    std::set<std::tuple<std::string_view, std::string_view, std::string_view>> seen;
    std::vector<Clue> kept;
    for (const Clue& clue : clues) {
        if (kept.size() == most) break;
        if (seen.emplace(clue.in, clue.name, clue.value).second) kept.push_back(clue);
    }
    clues = std::move(kept);
}

Case case_of(const FoundMessage& found) {
    const sip::Message& message = found.message;
    Case one;
    if (message.status > 0) {
        one.code = std::to_string(message.status);
        add_phrase(message.status == 100 ? "trying" : "phrase", message.reason_phrase, one.clues);
    }
    const auto cseq = sip::cseq_of(message);
    one.method = message.method.empty() && cseq ? cseq->method : message.method;
    for (const sip::HeaderField& field : message.fields) {
        const std::string_view name = sip::full_name(field.name());
        one.clues.push_back({"field", std::string(name), field.value()});
        if (sip::same_token(name, "Server")) one.clues.push_back({"server", {}, field.value()});
        if (sip::same_token(name, "User-Agent")) one.clues.push_back({"user-agent", {}, field.value()});
        // A response names its maker in either.
        if (sip::same_token(name, "User-Agent") && message.status > 0)
            one.clues.push_back({"server", {}, field.value()});
    }
    add_reasons(message, one.clues);
    const std::size_t before = one.clues.size();
    for (const sip::Warning& warning : sip::warnings_of(message)) {
        one.clues.push_back({"warning-agent", {}, warning.agent});
        one.clues.push_back({"warning-text", {}, warning.text});
    }
    if (one.clues.size() == before) add_quoted_warnings(message, one.clues);
    keep_telling(one.clues);
    return one;
}

bool fits(const Clue& clue, std::string_view in, std::string_view name, std::string_view pattern) {
    return clue.in == in && (name.empty() || sip::same_token(clue.name, name)) && evidence::fits(pattern, clue.value);
}

int rank_of(std::string_view certainty) { return certainty == "sure" ? 3 : certainty == "likely" ? 2 : 1; }

// What speaks for one speaker: its strongest sign, the most telling of equals.
struct Evidence {
    const Speaker* speaker = nullptr;
    const Speaker::Sign* sign = nullptr;
    const Speaker::Phrase* phrase = nullptr;  // the best that fits, with or without a sign
    int rank = 0;
    std::size_t told = 0;    // how much of it is fixed
    bool by_phrase = false;  // the phrase alone gave it its rank
};

class Recogniser {
public:
    Recogniser(const Reader& reader, const Case& one) : reader_(reader), case_(one) {
        const auto response = reader.catalog.response(one.code);
        if (response) registered_ = response->phrase;
    }

    Recognised read() {
        for (const Speaker& speaker : reader_.catalog.speakers()) weigh(speaker);
        weigh_shared_phrases();
        std::ranges::stable_sort(found_, [](const Evidence& a, const Evidence& b) {
            return std::pair(a.rank, a.told) > std::pair(b.rank, b.told);
        });
        prefer_products_to_what_they_run_on();
        Recognised result;
        for (const Evidence& one : found_) {
            if (one.rank == 0) continue;
            if (!result.speaker) result.speaker = speaking(one);
            else if (result.others.size() < 4) result.others.push_back(speaking(one));
        }
        if (result.speaker) explain(result);
        ask_profiles(result);
        return result;
    }

private:
    // The registered phrase tells nobody, nor does a pattern that it fits, nor a cause, which is everybody's; a phrase of its
    // own tells its speaker, less so when several have it.
    bool tells_by_itself(const Speaker::Phrase& phrase) const {
        constexpr std::size_t least_told = 4;
        if (phrase.in == "reason-cause" || phrase.in == "reason-form") return false;
        return evidence::fixed_in(phrase.text) >= least_told &&
               (phrase.in != "phrase" || !evidence::fits(phrase.text, registered_));
    }

    bool takes(const Speaker::Phrase& phrase) const {
        if (!phrase.codes.empty() && !case_.code.empty() &&
            std::ranges::find(phrase.codes, case_.code) == phrase.codes.end())
            return false;
        // Words of its own are its words in answer to any method; the registered phrase means what it says for the method only.
        return phrase.method.empty() || case_.method.empty() || phrase.method == case_.method ||
               tells_by_itself(phrase);
    }

    void weigh(const Speaker& speaker) {
        Evidence evidence;
        evidence.speaker = &speaker;
        for (const Speaker::Sign& sign : speaker.signs)
            for (const Clue& clue : case_.clues) {
                if (!fits(clue, sign.in, sign.name, sign.pattern)) continue;
                const auto weight = std::pair(rank_of(sign.certainty), evidence::fixed_in(sign.pattern));
                if (weight > std::pair(evidence.rank, evidence.told)) {
                    evidence.sign = &sign;
                    std::tie(evidence.rank, evidence.told) = weight;
                }
            }
        // Of the phrases that fit, one that says what is behind it, then the one of which most is fixed.
        std::pair<bool, std::size_t> best{false, 0};
        for (const Speaker::Phrase& phrase : speaker.phrases)
            for (const Clue& clue : case_.clues) {
                const std::pair says{!phrase.situation.empty() || !phrase.codes.empty(),
                                     evidence::fixed_in(phrase.text)};
                if (says < best || !takes(phrase) || !fits(clue, phrase.in, phrase.name, phrase.text)) continue;
                best = says;
                evidence.phrase = &phrase;
            }
        if (evidence.sign || evidence.phrase) found_.push_back(evidence);
    }

    void weigh_shared_phrases() {
        const auto shared = std::ranges::count_if(
            found_, [&](const Evidence& one) { return one.phrase && tells_by_itself(*one.phrase); });
        for (Evidence& one : found_) {
            if (!one.phrase || !tells_by_itself(*one.phrase)) continue;
            const int rank = shared == 1 ? 2 : 1;
            const std::size_t told = evidence::fixed_in(one.phrase->text);
            if (std::pair(rank, told) > std::pair(one.rank, one.told)) {
                one.rank = rank;
                one.by_phrase = true;
            }
            one.told += told;
        }
    }

    // A product shows the signs of what it runs on, too; where it shows one of its own, it is the speaker.
    void prefer_products_to_what_they_run_on() {
        if (found_.empty()) return;
        const auto product = std::ranges::find_if(found_, [&](const Evidence& one) {
            return one.rank > 0 && one.speaker->runs_on == found_.front().speaker->id;
        });
        if (product != found_.end()) std::rotate(found_.begin(), product, product + 1);
    }

    Speaking speaking(const Evidence& one) const {
        static const char* const certainties[] = {"possible", "possible", "likely", "sure"};
        Speaking result{one.speaker->id, one.speaker->name, certainties[one.rank], {}};
        if (one.by_phrase || !one.sign)
            result.why = sentence(reader_, &language::Words::speaker_by_phrase, one.speaker->name);
        else result.why = text_of(reader_, prose_of(*one.speaker).find("sign." + one.sign->id));
        return result;
    }

    const catalog::Prose& prose_of(const Speaker& speaker) const {
        auto& kept = prose_[speaker.id];
        if (kept.empty()) kept = reader_.catalog.prose("speaker/" + speaker.id, reader_.language());
        return kept;
    }

    // The meaning of the words: the speaker's own, or those of what it runs on.
    void explain(Recognised& result) const {
        const Speaker& speaker = *reader_.catalog.speaker(result.speaker->id);
        for (const Evidence& one : found_) {
            if (one.speaker->id != speaker.id && one.speaker->id != speaker.runs_on) continue;
            result.writes_reasons_itself = result.writes_reasons_itself || writes_reasons(*one.speaker);
            if (!one.phrase || !result.meaning.empty()) continue;
            result.meaning = text_of(reader_, prose_of(*one.speaker).find("phrase." + one.phrase->id));
            result.situation = one.phrase->situation;
            result.codes = one.phrase->codes;
        }
    }

    // The private phrase of a profile that fits one of the words that people choose.
    const user::Profile::Phrase* phrase_in(const user::Profile& profile, std::string& words) const {
        for (const user::Profile::Phrase& phrase : profile.phrases) {
            if (phrase.code && !case_.code.empty() && std::to_string(phrase.code) != case_.code) continue;
            for (const Clue& clue : case_.clues) {
                const bool chosen = clue.in == "phrase" || clue.in == "trying" || clue.in == "reason-text" ||
                                    clue.in == "warning-text" || clue.in == "name";
                if (!chosen || !evidence::fits(phrase.text, clue.value)) continue;
                words = clue.value;
                return &phrase;
            }
        }
        return nullptr;
    }

    bool is_registered(const std::string& phrase) const {
        return !case_.code.empty() && phrase == facts::reason_phrase(std::atoi(case_.code.c_str()));
    }

    // The latest profile that has a phrase for it, otherwise the latest for the speaker. Against a speaker that is certain,
    // that of another one stands by a phrase of its own alone.
    void ask_profiles(Recognised& result) const {
        if (!reader_.kept) return;
        const Speaker* said = result.speaker ? reader_.catalog.speaker(result.speaker->id) : nullptr;
        for (const user::Entry* entry : user::profiles(*reader_.kept)) {
            const user::Profile& profile = *entry->profile();
            if (user::is_set_aside(*reader_.kept, *entry)) continue;
            const bool by_speaker = said && profile.speaker == said->id;
            const bool others = said && !by_speaker && !profile.speaker.empty() && result.speaker->certainty == "sure";
            std::string words;
            const user::Profile::Phrase* phrase = phrase_in(profile, words);
            // A carrier may run any product: words of its own tell it all the same, those of an RFC do not.
            if (phrase && (!others || !is_registered(phrase->text))) {
                result.profile = profile;
                result.own_phrase = std::move(words);
                result.own_meaning = phrase->meaning;
                if (phrase->code) result.codes = {std::to_string(phrase->code)};
                const Speaker* speaker = reader_.catalog.speaker(profile.speaker);
                if (speaker && !result.speaker)
                    result.speaker = Speaking{speaker->id, speaker->name, "likely",
                                              sentence(reader_, &language::Words::speaker_by_profile, profile.name)};
                return;
            }
            if (by_speaker && !result.profile) result.profile = profile;
        }
    }

    // A product whose Reason can be told by its form writes it from its own causes; a gateway repeats the network's.
    static bool writes_reasons(const Speaker& speaker) {
        return speaker.kind != "gateway" && std::ranges::any_of(speaker.signs, [](const Speaker::Sign& sign) {
                   return sign.in.starts_with("reason-");
               });
    }

    const Reader& reader_;
    const Case& case_;
    std::string registered_;
    std::vector<Evidence> found_;
    mutable std::map<std::string, catalog::Prose> prose_;
};

}  // namespace

Recognised recognise(const Reader& reader, const FoundMessage& message, const std::vector<FoundMessage>& others) {
    const Case one = case_of(message);
    Recognised result = Recogniser(reader, one).read();
    if (result.speaker || result.profile || message.message.status == 0) return result;
    // The automatic 100 was written by the next hop, which may have made the final response as well.
    for (const FoundMessage& other : others) {
        if (other.message.status != 100) continue;
        const Case hop = case_of(other);
        Recognised next = Recogniser(reader, hop).read();
        if (!next.speaker) continue;
        next.speaker->certainty = "possible";
        result.speaker = std::move(next.speaker);
        result.profile = std::move(next.profile);
        result.writes_reasons_itself = next.writes_reasons_itself;
        return result;
    }
    return result;
}

Recognised recognise(const Reader& reader, const evidence::Mention& mention,
                     const std::vector<evidence::Mention>& others) {
    using Kind = evidence::Mention::Kind;
    Case one;
    if (mention.kind == Kind::response) one.code = std::to_string(mention.code);
    one.method = mention.method;
    // What else the line says belongs to the same event.
    for (const evidence::Mention& each : others) {
        if (each.line != mention.line) continue;
        if (each.kind == Kind::response && each.code == mention.code) add_phrase("phrase", each.text, one.clues);
        if (each.kind == Kind::own) one.clues.push_back({"number", {}, each.text});
        if (each.kind != Kind::response || each.text.starts_with("0x")) one.clues.push_back({"name", {}, each.text});
    }
    return Recogniser(reader, one).read();
}

}  // namespace sipdex::page
