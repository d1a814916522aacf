#include "page/pasted.h"

#include <algorithm>
#include <map>
#include <set>

#include "document/markup.h"
#include "evidence/evidence.h"
#include "language/characters.h"
#include "page/articles.h"
#include "page/desk.h"
#include "page/evidence_vocabulary.h"
#include "page/fact_words.h"
#include "page/message_problem.h"
#include "page/pages.h"
#include "page/pasted_answer.h"
#include "page/pasted_fields.h"
#include "page/pasted_profile.h"
#include "sip/reason.h"
#include "sip/token.h"

namespace sipdex::page {

namespace {

using document::Item;
using document::Text;
using evidence::Direction;
using evidence::Found;
using evidence::FoundMessage;
using evidence::Mention;
using language::Words;

// More than any server writes; a page of thousands would help nobody.
constexpr std::size_t most_items = 40, most_others = 8;

const char* branch_of(Direction direction) {
    return direction == Direction::received ? "received" : direction == Direction::sent ? "sent" : "unknown";
}

class Writer {
public:
    Writer(const Reader& reader, const Found& found) : reader_(reader), words_(reader.words), found_(found) {}

    std::optional<Pasted> write() {
        if (const FoundMessage* answer = answer_among(found_)) by_response(*answer);
        else if (const FoundMessage* request = request_among(found_)) by_request(*request);
        else if (const Mention* mention = mention_among(found_); mention && (mention->sure || found_.messages.empty()))
            by_mention(*mention);
        else if (!found_.messages.empty()) by_fields(found_.messages.front());
        else return std::nullopt;
        if (items_.empty()) return std::nullopt;
        others();
        if (found_.stopped_early)
            item({}, sentence(reader_, &Words::pasted_too_long, static_cast<long>(evidence::most_octets >> 20)));
        finish();
        return std::move(pasted_);
    }

private:
    void item(PastedEvidence evidence, Text words) {
        Text label = evidence.line > 0 ? document::plain(words_.pasted_line(std::to_string(evidence.line))) : Text{};
        items_.push_back({std::move(label), std::move(words)});
        if (evidence.line > 0) pasted_.evidence.push_back(std::move(evidence));
    }

    static std::string label_of(const FoundMessage& found) { return language::shown(sip::label_of(found.message)); }
    static PastedEvidence evidence_of(const FoundMessage& found) {
        if (found.message.is_request())
            return {found.first_line, "request", found.message.method, found.message.request_uri};
        return {found.first_line, "response", std::to_string(found.message.status), found.message.reason_phrase};
    }

    // --- the four ways in which a text can be answered

    void by_response(const FoundMessage& answer) {
        subject_ = &answer;
        const std::string code = std::to_string(answer.message.status), method = method_of(answer);
        pasted_.codes.push_back(code);
        const bool profile = network_blocked(answer.message) && reader_.catalog.response("603-network-blocked");
        pasted_.response = profile ? "603-network-blocked" : code;
        item(evidence_of(answer), sentence(reader_, &Words::pasted_answer, method.empty() ? "none" : method,
                                           branch_of(answer.direction), label_of(answer)));
        const auto responses = std::ranges::count_if(found_.messages, is_response);
        if (responses > 1 && answer.message.status >= 200)
            item({}, sentence(reader_, &Words::pasted_answer_of_several, static_cast<long>(responses - 1)));
        phrase(answer.message, profile);
        pasted_.who = recognise(reader_, answer, found_.messages);
        situation_ = pasted_.who.situation.empty() ? situation_of(method, code) : pasted_.who.situation;
        speaker();
        own_profile();
        fields(answer);
    }

    void by_request(const FoundMessage& request) {
        subject_ = &request;
        item(evidence_of(request),
             sentence(reader_, &Words::pasted_request, branch_of(request.direction), request.message.method));
        const bool reasoned = request.message.header("Reason").has_value();
        if (reasoned && (request.message.method == "BYE" || request.message.method == "CANCEL"))
            item({}, sentence(reader_, &Words::pasted_request_reasoned));
        pasted_.who = recognise(reader_, request, found_.messages);
        situation_ = pasted_.who.situation;
        speaker();
        own_profile();
        fields(request);
    }

    void by_mention(const Mention& mention) {
        const std::string code = std::to_string(mention.code);
        pasted_.who = recognise(reader_, mention, found_.mentions);
        situation_ = pasted_.who.situation;
        if (mention.kind == Mention::Kind::own) {
            if (!pasted_.who.speaker) return;
            const bool number = mention.text.find_first_not_of("0123456789") == std::string::npos;
            item({mention.line, "mention", mention.text, mention.text},
                 number ? sentence(reader_, &Words::pasted_own_number, mention.text)
                        : sentence(reader_, &Words::pasted_own_words, mention.text));
            // The last three digits of six repeat the response where they are one.
            if (!pasted_.who.codes.empty()) pasted_.response = pasted_.who.codes.front();
            else if (number && mention.text.size() == 6 && reader_.catalog.response(mention.text.substr(3)))
                pasted_.response = mention.text.substr(3);
            if (!pasted_.response.empty()) pasted_.codes.push_back(pasted_.response);
        } else if (mention.kind == Mention::Kind::response) {
            pasted_.response = code;
            pasted_.codes.push_back(code);
            item({mention.line, "mention", code, mention.text},
                 mention.sure
                     ? sentence(reader_, &Words::pasted_mention, mention.method.empty() ? "none" : mention.method, code)
                     : sentence(reader_, &Words::pasted_mention_unsure, code));
            phrase(mention.text, code);
            if (situation_.empty()) situation_ = situation_of(mention.method, code);
        } else {
            cause_ = mention.code > 0 ? code : "";
            item({mention.line, "mention", mention.text.empty() ? code : mention.text, mention.text},
                 cause_words(code));
        }
        speaker();
        own_profile();
    }

    // Header fields without a start line: a Reason decides, and the page says so.
    void by_fields(const FoundMessage& fragment) {
        pasted_.who = recognise(reader_, fragment, {});
        situation_ = pasted_.who.situation;
        const auto reasons = sip::reasons_of(fragment.message);
        for (const sip::Reason& reason : reasons) {
            if (!reason.cause || !pasted_.response.empty()) continue;
            const std::string cause = std::to_string(*reason.cause);
            if ((reason.is("SIP") || reason.is("STIR")) && reader_.catalog.response(cause)) pasted_.response = cause;
            else if (reason.is("Q.850")) pasted_.response = response_of_cause(*reason.cause);
        }
        std::string deciding = "Reason";
        // A field of a product's own may tell which code it comes with.
        if (pasted_.response.empty() && !pasted_.who.codes.empty()) {
            pasted_.response = pasted_.who.codes.front();
            deciding = fragment.message.fields.front().name();
        }
        if (!pasted_.response.empty()) {
            pasted_.codes.push_back(pasted_.response.substr(0, 3));
            item({}, sentence(reader_, &Words::pasted_reason_decides, deciding, Markup{"[" + pasted_.response + "]"}));
        }
        speaker();
        own_profile();
        fields(fragment);
    }

    // --- what is said of it

    void phrase(const sip::Message& message, bool profile) {
        if (profile) return item({}, sentence(reader_, &Words::pasted_network_blocked));
        if (message.status == 603 && message.reason_phrase == "Network Blocked")
            return item({}, sentence(reader_, &Words::pasted_phrase_only));
        phrase(message.reason_phrase, std::to_string(message.status));
    }

    void phrase(const std::string& phrase, const std::string& code) {
        const auto facts = reader_.catalog.response(code);
        if (facts && !phrase.empty() && !sip::same_token(phrase, facts->phrase))
            item({}, sentence(reader_, &Words::pasted_other_phrase, phrase, facts->phrase));
        if (!facts)
            item({}, sentence(reader_, &Words::pasted_unknown_code, code,
                              Markup{"[" + fallback_of(std::stoi(code)) + "]"}));
    }

    void speaker() {
        const Recognised& who = pasted_.who;
        if (!who.speaker) return;
        Text told = sentence(reader_, &Words::pasted_speaker, who.speaker->certainty, who.speaker->name);
        for (document::Span& span : told.spans)
            if (span.text.find(who.speaker->name) != std::string::npos)
                span.target = document::ToTerm{"speaker/" + who.speaker->id};
        add_words(told, who.speaker->why);
        if (!who.others.empty()) {
            std::vector<std::string> names;
            for (const Speaking& other : who.others) names.push_back(other.name);
            add_words(told, sentence(reader_, &Words::pasted_speaker_others, listed(names)));
        }
        item({}, std::move(told));
        if (who.meaning.empty()) return;
        Text means = sentence(reader_, &Words::pasted_means);
        add_words(means, who.meaning);
        item({}, std::move(means));
    }

    void own_profile() {
        const FoundMessage* message = subject_                  ? subject_
                                      : found_.messages.empty() ? nullptr
                                                                : &found_.messages.front();
        for (Text& told : told_by_profile(reader_, pasted_.who, message)) item({}, std::move(told));
    }

    static void add_words(Text& text, const Text& more) {
        if (more.empty()) return;
        text.spans.push_back({" "});
        text.spans.insert(text.spans.end(), more.spans.begin(), more.spans.end());
    }

    void fields(const FoundMessage& message) {
        for (ToldField& told : told_fields(reader_, message, pasted_.who)) {
            if (items_.size() == most_items) ++left_out_;
            if (items_.size() < most_items) item(std::move(told.evidence), std::move(told.words));
        }
        if (left_out_ > 0) item({}, sentence(reader_, &Words::pasted_more, left_out_));
        sip::Message whole = message.message;
        if (!message.has_start_line) whole.status = 100;  // any start line will do to read the fields
        const bool may_be_cut = whole.body.empty() && !whole.fields.empty();
        const std::string cut_in = may_be_cut ? whole.fields.back().name() : std::string();
        for (Text& problem : told_of_fragment(reader_, sip::octets_of(whole), cut_in)) item({}, std::move(problem));
        if (Text missing = told_missing(reader_, message); !missing.empty()) item({}, std::move(missing));
    }

    // What the speaker makes of a cause, by what is known of its words or by its own table; RFC 3398 where neither is known.
    std::string response_of_cause(int value) const {
        if (!pasted_.who.codes.empty()) return pasted_.who.codes.front();
        if (std::string own = own_response_of_cause(reader_, pasted_.who, value); !own.empty()) return own;
        const std::string cause = std::to_string(value);
        const catalog::Speaker* speaker =
            pasted_.who.speaker ? reader_.catalog.speaker(pasted_.who.speaker->id) : nullptr;
        for (; speaker; speaker = reader_.catalog.speaker(speaker->runs_on))
            for (const catalog::Speaker::Mapping& mapping : speaker->from_q850)
                if (mapping.cause == value) return mapping.response;
        const auto entry = reader_.catalog.entry("cause", cause);
        if (!entry) return {};
        for (const catalog::Sourced& fact : entry->facts)
            if (fact.source == "becomes") return fact.value.substr(0, fact.value.find(' '));
        return {};
    }

    Text cause_words(const std::string& cause) const {
        Text text = sentence(reader_, &Words::pasted_q850, "no", cause, "");
        if (const auto entry = reader_.catalog.entry("cause", cause)) {
            text.spans.clear();
            text.spans.push_back({"Q.850 " + title_of_entry(reader_, *entry), document::Span::Style::strong,
                                  document::ToTerm{"cause/" + cause}});
        }
        return text;
    }

    // What these answers show by themselves, whoever speaks.
    std::string situation_of(const std::string& method, const std::string& code) const {
        if (method.empty()) return {};
        for (const catalog::Situation& situation : reader_.catalog.situations())
            for (const catalog::Situation::Case& one : situation.cases)
                if (one.method == method && std::ranges::find(one.responses, code) != one.responses.end())
                    return situation.id;
        return {};
    }

    bool is_known(int code) {
        const auto [at, is_new] = known_.try_emplace(code, false);
        if (is_new) at->second = reader_.catalog.response(std::to_string(code)).has_value();
        return at->second;
    }

    // All else that the text holds, in its order.
    void others() {
        std::set<std::string> codes(pasted_.codes.begin(), pasted_.codes.end()), causes;
        long more = 0;
        std::size_t told = 0;
        const auto tell = [&](PastedEvidence evidence, Text words) {
            if (evidence.kind != "request" && codes.insert(evidence.subject).second)
                pasted_.codes.push_back(evidence.subject);
            if (told++ < most_others) item(std::move(evidence), std::move(words));
            else ++more;
        };
        for (const FoundMessage& one : found_.messages) {
            if (&one == subject_ || !one.has_start_line) continue;
            if (is_request(one)) tell(evidence_of(one), sentence(reader_, &Words::pasted_other_request, label_of(one)));
            else
                tell(evidence_of(one), sentence(reader_, &Words::pasted_other_answer,
                                                method_of(one).empty() ? "none" : method_of(one), label_of(one)));
            // Why a call was ended stands in the BYE or CANCEL beside the answer.
            if (is_request(one) && one.message.header("Reason"))
                for (ToldField& field : told_fields(reader_, one, recognise(reader_, one, {})))
                    if (field.evidence.kind == "reason" && told < most_others)
                        item(std::move(field.evidence), std::move(field.words));
            if (is_request(one) && one.message.method == "BYE")
                for (ToldField& field : told_fields(reader_, one, {}))
                    if (field.evidence.kind == "field" &&
                        (field.evidence.subject == "From" || field.evidence.subject == "To"))
                        item(std::move(field.evidence), std::move(field.words));
        }
        if (subject_ == nullptr || found_.messages.empty())
            for (const Mention& one : found_.mentions) {
                const std::string code = std::to_string(one.code);
                if (one.kind == Mention::Kind::response && !codes.contains(code) && is_known(one.code))
                    tell({one.line, "mention", code, one.text},
                         sentence(reader_, &Words::pasted_other_mention, Markup{"[" + code + "]"}));
                // Many a log prints the cause behind the response.
                if (one.kind == Mention::Kind::cause && one.code > 0 && code != cause_ && causes.insert(code).second)
                    item({one.line, "mention", one.text.empty() ? code : one.text, one.text}, cause_words(code));
            }
        if (more > 0) item({}, sentence(reader_, &Words::pasted_more, more));
    }

    // --- the page

    void finish() {
        pasted_.page = page_of_subject();
        if (pasted_.page.kind == document::Document::Kind::notice) {
            Text said = std::move(pasted_.page.summary);
            pasted_.page = blank(reader_, document::Document::Kind::term,
                                 pasted_.codes.empty() ? words_.pasted_title() : pasted_.codes.front());
            pasted_.page.summary = std::move(said);
            pasted_.response.clear();
        }
        case_at_a_glance();
        add_verdict_of_profile(reader_, pasted_.who, pasted_.codes, pasted_.page);
        add_phrase_notes(reader_, phrases(), pasted_.page);
        document::List list{false, std::move(items_)};
        pasted_.page.sections.insert(pasted_.page.sections.begin(),
                                     {"pasted", words_.pasted_title(), {std::move(list)}, true, false});
    }

    document::Document page_of_subject() const {
        if (!pasted_.response.empty()) return response(reader_, pasted_.response);
        if (!cause_.empty()) return term(reader_, "cause/" + cause_);
        if (subject_)
            return blank(reader_, document::Document::Kind::term,
                         words_.pasted_request_title(subject_->message.method));
        return blank(reader_, document::Document::Kind::term, words_.pasted_title());
    }

    // Where the situation is known, what the page says at a glance follows it and not the code alone.
    void case_at_a_glance() {
        // A private phrase means what the profile says: what others mean by such words must not stand beside it.
        const catalog::Situation* situation = reader_.catalog.situation(situation_);
        if (!situation || !pasted_.who.own_meaning.empty()) return;
        const catalog::Prose prose = reader_.catalog.prose("situation/" + situation->id, reader_.language());
        document::FactTable table;
        const auto row = [&](std::string label, Text cell) {
            if (!cell.empty()) table.rows.push_back({document::plain(std::move(label)), {std::move(cell)}, false});
        };
        if (pasted_.who.speaker)
            row(words_.glance_produced_by(),
                document::link(pasted_.who.speaker->name, document::ToTerm{"speaker/" + pasted_.who.speaker->id}));
        row(words_.pasted_behind_it(), text_of(reader_, prose.find("name")));
        row(words_.glance_try_again(), document::plain(words_.retry_rule(branch(situation->retry))));
        row(words_.pasted_turn(), document::plain(words_.addressee(branch(situation->who))));
        row(words_.pasted_check(), text_of(reader_, prose.find("check")));
        row(words_.glance_tell(), text_of(reader_, prose.find("tell")));
        auto& sections = pasted_.page.sections;
        const auto glance = std::ranges::find(sections, "at-a-glance", &document::Section::id);
        document::Section replaced{"at-a-glance", words_.section_at_a_glance(), {std::move(table)}, true, false};
        if (glance == sections.end()) sections.insert(sections.begin(), std::move(replaced));
        else *glance = std::move(replaced);
    }

    // The words that somebody chose: of the answer, of its Reason and Warning, of the mention that decides.
    std::vector<std::string> phrases() const {
        std::vector<std::string> texts;
        const auto take = [&](const sip::Message& message) {
            texts.push_back(message.reason_phrase);
            for (const sip::Reason& reason : sip::reasons_of(message)) texts.push_back(reason.text);
            for (const sip::Warning& warning : sip::warnings_of(message)) texts.push_back(warning.text);
        };
        if (subject_) take(subject_->message);
        else if (!found_.messages.empty()) take(found_.messages.front().message);
        if (!subject_)
            for (const Mention& mention : found_.mentions) texts.push_back(mention.text);
        std::erase(texts, std::string());
        return texts;
    }

    const Reader& reader_;
    const Words& words_;
    const Found& found_;
    const FoundMessage* subject_ = nullptr;
    std::string situation_, cause_;
    std::vector<Item> items_;
    long left_out_ = 0;
    std::map<int, bool> known_;  // codes of the catalog
    Pasted pasted_;
};

}  // namespace

std::optional<Pasted> read_pasted(const Reader& reader, std::string_view text) {
    const Found found = evidence::read(text, vocabulary_of(reader));
    if (found.empty()) return std::nullopt;
    return Writer(reader, found).write();
}

bool looks_pasted(const Reader& reader, std::string_view text) {
    // Words that are typed hold none of this.
    if (text.find("SIP/2.0") == std::string_view::npos && text.find_first_of(":\n=") == std::string_view::npos &&
        text.size() < 40)
        return false;
    // The first start line of a long mail may stand far down.
    constexpr std::size_t looked_at = 4096;
    const std::size_t first = text.find("SIP/2.0");
    if (first != std::string_view::npos && first > looked_at / 2)
        text.remove_prefix(text.substr(0, first).rfind('\n') + 1);
    const Found found = evidence::read(text.substr(0, looked_at), vocabulary_of(reader));
    if (!found.messages.empty()) return true;
    const bool sure = std::ranges::any_of(
        found.mentions, [](const Mention& mention) { return mention.sure && mention.kind != Mention::Kind::own; });
    return sure && (text.find('\n') != std::string_view::npos || text.size() >= 24);
}

}  // namespace sipdex::page
