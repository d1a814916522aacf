// Changes, what keeps them from being made, and where two runs differ, in the reader's words.
#include "page/telling.h"

namespace sipdex::page {

namespace {

using language::Words;
using recording::Difference;
using recording::Recording;
using recording::Transmission;
using simulator::ChangeProblem;

struct Worder {
    const Reader& reader;
    const simulator::Exchange& exchange;

    std::string name(const std::string& id) const {
        for (const simulator::PartyPlan& party : exchange.parties)
            if (party.id == id) return party.name;
        return id;
    }

    // "200 to INVITE bob -> proxy" with the parties by their names, "200 to INVITE Bob → example.com".
    std::string pattern_words(const std::string& pattern) const {
        const std::string arrow = " -> ";
        const auto at = pattern.find(arrow);
        if (at == std::string::npos) return pattern;
        const auto from = pattern.rfind(' ', at - 1) + 1;
        return pattern.substr(0, from) + name(pattern.substr(from, at - from)) + " → " +
               name(pattern.substr(at + arrow.size()));
    }

    document::Text operator()(const simulator::Answers& change) const {
        const std::string who = name(change.party);
        if (change.status == 0) return sentence(reader, &Words::change_answers_when, who, seconds(*change.after));
        const std::string answer = std::to_string(change.status) + " " + change.phrase;
        const std::string headers = listed(change.headers), with = headers.empty() ? "no" : "yes";
        return change.after
                   ? sentence(reader, &Words::change_answers_after, with, who, answer, seconds(*change.after), headers)
                   : sentence(reader, &Words::change_answers, with, who, answer, headers);
    }
    document::Text operator()(const simulator::NeverAnswers& change) const {
        return sentence(reader, &Words::change_never_answers, name(change.party));
    }
    document::Text operator()(const simulator::Switched& change) const {
        return sentence(reader, &Words::change_switched, change.off ? "off" : "on", name(change.party));
    }
    document::Text operator()(const simulator::LinkTakes& change) const {
        return sentence(reader, &Words::change_link, name(change.one), name(change.other), seconds(change.latency));
    }
    document::Text operator()(const simulator::Loses& change) const {
        if (change.message.empty()) return sentence(reader, &Words::change_loses_nothing);
        const std::string message = pattern_words(change.message);
        return change.nth == 0 ? sentence(reader, &Words::change_loses, message)
                               : sentence(reader, &Words::change_loses_nth, message, static_cast<long>(change.nth));
    }
    document::Text operator()(const simulator::Sets& change) const {
        if (change.option == "choose")
            return sentence(reader, &Words::change_chooses, change.value, name(change.party));
        return sentence(reader, &Words::change_sets, change.value, name(change.party), change.option);
    }
};

const std::string& name_of(const Recording& recording, std::size_t actor) { return recording.actors[actor].name; }

document::Text difference_sentence(const Reader& reader, const Recording& first, const Recording& second,
                                   const Difference& difference) {
    const Transmission* const a = difference.first ? &first.messages[*difference.first] : nullptr;
    const Transmission* const b = difference.second ? &second.messages[*difference.second] : nullptr;
    const Transmission& any = a ? *a : *b;
    const std::string &from = name_of(first, any.from), &to = name_of(first, any.to),
                      label = sip::label_of(any.message);
    switch (difference.what) {
        case Difference::What::none: break;
        case Difference::What::time:
            if (a->sent != b->sent)
                return sentence(reader, &Words::difference_sent, from, label, to, seconds(b->sent), seconds(a->sent));
            return sentence(reader, &Words::difference_arrives, label, from, to, seconds(*b->received),
                            seconds(*a->received));
        case Difference::What::fate:
            return sentence(reader, &Words::difference_fate, b->received ? "arrives" : "lost", label, from, to,
                            seconds(b->sent));
        case Difference::What::content:
            return sentence(reader, &Words::difference_content, static_cast<long>(difference.fields.size()), label,
                            from, to, seconds(b->sent), listed(difference.fields));
        case Difference::What::replaced:
            return sentence(reader, &Words::difference_replaced, seconds(b->sent), from, to, sip::label_of(b->message),
                            label, seconds(a->sent));
        case Difference::What::missing:
            return sentence(reader, &Words::difference_missing, label, from, to, seconds(a->sent));
        case Difference::What::added:
            return sentence(reader, &Words::difference_added, seconds(b->sent), from, label, to);
    }
    return {};
}

}  // namespace

document::Text change_words(const Reader& reader, const simulator::Exchange& exchange,
                            const simulator::Change& change) {
    return std::visit(Worder{reader, exchange}, change);
}

std::string problem_words(const Reader& reader, const ChangeProblem& problem) {
    const auto& words = reader.words;
    const std::string known = listed(problem.known), meant = problem.meant.empty() ? "none" : problem.meant;
    switch (problem.what) {
        case ChangeProblem::What::none: break;
        case ChangeProblem::What::not_understood: return words.change_not_understood(problem.subject);
        case ChangeProblem::What::unknown_party: return words.change_unknown_party(meant, problem.subject, known);
        case ChangeProblem::What::unknown_verb: return words.change_unknown_verb(meant, problem.subject, known);
        case ChangeProblem::What::wrong_duration: return words.change_wrong_duration(problem.subject);
        case ChangeProblem::What::wrong_status: return words.change_wrong_status(problem.subject);
        case ChangeProblem::What::needs_phrase: return words.change_needs_phrase(problem.subject);
        case ChangeProblem::What::only_calls:
            return words.change_only_calls(known.empty() ? "nobody" : "others", problem.subject, known);
        case ChangeProblem::What::cannot_accept:
            return words.change_cannot_accept(known.empty() ? "nobody" : "others", problem.subject, known);
        case ChangeProblem::What::nothing_to_delay: return words.change_nothing_to_delay(problem.subject);
        case ChangeProblem::What::wrong_message: return words.change_wrong_message(problem.subject);
        case ChangeProblem::What::unknown_option:
            return words.change_unknown_option(meant, problem.of, problem.subject, known);
        case ChangeProblem::What::wrong_value: return words.change_wrong_value(problem.subject, problem.of);
    }
    return {};
}

std::vector<document::Text> difference_words(const Reader& reader, const Recording& first, const Recording& second,
                                             const recording::Differences& differences) {
    if (!differences.begin) return {sentence(reader, &Words::difference_none)};
    std::vector<document::Text> told = {
        difference_sentence(reader, first, second, differences.rungs[*differences.begin])};
    if (!differences.course) told.push_back(sentence(reader, &Words::difference_time_only));
    else if (differences.course != differences.begin)
        told.push_back(difference_sentence(reader, first, second, differences.rungs[*differences.course]));
    return told;
}

}  // namespace sipdex::page
