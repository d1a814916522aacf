#include "page/beside.h"

#include <algorithm>
#include <vector>

#include "page/call_id.h"
#include "page/telling.h"
#include "sip/cseq.h"

namespace sipdex::page {

namespace {

using recording::Recording;
using recording::Transmission;

// A message as it is compared.
struct Said {
    std::size_t message = 0;
    std::size_t from = 0, to = 0;  // parties in the order in which they appear
    std::string what;              // "INVITE"; "486 INVITE" is a 486 in answer to one
    bool operator==(const Said& other) const { return from == other.from && to == other.to && what == other.what; }
};

// What is shown of it: "INVITE", "486".
std::string label_of(const Transmission& sent) {
    return sent.message.is_request() ? sent.message.method : std::to_string(sent.message.status);
}

std::vector<Said> course_of(const Recording& recording) {
    std::vector<std::size_t> parties;
    const auto place_of = [&](std::size_t actor) {
        const auto known = std::ranges::find(parties, actor);
        if (known == parties.end()) parties.push_back(actor);
        return static_cast<std::size_t>(std::ranges::find(parties, actor) - parties.begin());
    };
    std::vector<Said> course;
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        const Transmission& sent = recording.messages[i];
        if (sent.retransmission) continue;
        Said said{i, place_of(sent.from), 0, label_of(sent)};
        said.to = place_of(sent.to);
        if (!sent.message.is_request())
            if (const auto cseq = sip::cseq_of(sent.message)) said.what += " " + cseq->method;
        course.push_back(std::move(said));
    }
    return course;
}

std::string name_of(const Recording& recording, std::size_t actor) { return recording.actors[actor].name; }

document::Text words_of(const Reader& reader, const Replay& first, const Replay& second, const Said* one,
                        const Said* other) {
    const std::string first_name = name_beside(reader, first), second_name = name_beside(reader, second);
    struct Told {
        std::string label, from, to, number;
    };
    const auto told = [](const Replay& replay, const Said& said) {
        const Transmission& sent = replay.recording.messages[said.message];
        return Told{label_of(sent), name_of(replay.recording, sent.from), name_of(replay.recording, sent.to),
                    std::to_string(number_of(replay.recording, said.message))};
    };
    if (one && other) {
        const Told a = told(first, *one), b = told(second, *other);
        return sentence(reader, &language::Words::beside_differs, first_name, a.label, a.from, a.to, a.number,
                        second_name, b.label, b.from, b.to, b.number);
    }
    const Told next = one ? told(first, *one) : told(second, *other);
    return sentence(reader, &language::Words::beside_ends, one ? second_name : first_name,
                    one ? first_name : second_name, next.label, next.from, next.to, next.number);
}

document::Section ladder_section(const Reader& reader, const std::string& id, const Replay& replay,
                                 std::optional<std::size_t> differs) {
    document::Section section{id, replay.title.empty() ? name_beside(reader, replay) : replay.title, {}};
    document::Ladder ladder = ladder_of(replay.recording, replay.roles, differs);
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i)  // as the difference in words names them
        ladder.rungs[i].number = number_of(replay.recording, i);
    document::Paragraph legend = legend_of(reader, ladder);
    section.blocks.emplace_back(std::move(ladder));
    section.blocks.emplace_back(std::move(legend));
    return section;
}

}  // namespace

std::string name_beside(const Reader& reader, const Replay& replay) {
    if (const auto story = call_of(replay.id)) return reader.words.finding_call(std::to_string(*story + 1));
    return reader.words.beside_exchange(replay.id);
}

std::optional<Replay::FirstDifference> first_difference(const Reader& reader, const Replay& first,
                                                        const Replay& second) {
    const std::vector<Said> one = course_of(first.recording), other = course_of(second.recording);
    const std::size_t both = std::min(one.size(), other.size());
    std::size_t at = 0;
    while (at < both && one[at] == other[at]) ++at;
    if (at == one.size() && at == other.size()) return std::nullopt;
    const Said *here = at < one.size() ? &one[at] : nullptr, *there = at < other.size() ? &other[at] : nullptr;
    return Replay::FirstDifference{words_of(reader, first, second, here, there),
                                   here ? here->message : first.recording.messages.size(),
                                   there ? there->message : second.recording.messages.size()};
}

document::Document beside(const Reader& reader, const Replay& first, const Replay& second) {
    document::Document page = blank(reader, document::Document::Kind::call,
                                    reader.words.beside_title(name_beside(reader, first), name_beside(reader, second)));
    const auto difference = first_difference(reader, first, second);
    page.summary = difference ? difference->words : sentence(reader, &language::Words::beside_same);
    const auto marked = [&](std::size_t message, const Replay& replay) {
        return difference && message < replay.recording.messages.size() ? std::optional(message) : std::nullopt;
    };
    page.sections.push_back(
        ladder_section(reader, "first", first, marked(difference ? difference->as_it_is : 0, first)));
    page.sections.push_back(
        ladder_section(reader, "second", second, marked(difference ? difference->changed : 0, second)));
    return page;
}

}  // namespace sipdex::page
