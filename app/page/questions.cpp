// Where an exchange stops to ask a trainee: the response that asks, the choices, and the change behind each.
#include <algorithm>

#include "document/markup.h"
#include "page/telling.h"
#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/digest.h"

namespace sipdex::page {

namespace {

using language::Words;

using recording::Recording;
using simulator::Exchange;
using simulator::Sets;

std::string option_of(const source::Value& table, std::string_view key) {
    source::Problems ignored;
    source::Table fields(table, ignored);
    const source::Value* const value = fields.value(key);
    if (!value) return {};
    return value->text() ? *value->text() : listed(fields.texts(key));
}

// The call that a party places; null when it places none.
const simulator::ActionPlan* call_of(const Exchange& exchange, const std::string& party) {
    for (const simulator::ActionPlan& action : exchange.actions)
        if (action.party == party && action.does == "call") return &action;
    return nullptr;
}

// What the challenger knows the password to be; empty when it has no such account.
std::string right_password(const Exchange& exchange, const std::string& realm, const std::string& user) {
    for (const simulator::PartyPlan& party : exchange.parties) {
        if (option_of(party.options, "realm") != realm) continue;
        source::Problems ignored;
        source::Table fields(party.options, ignored);
        if (auto accounts = fields.table("accounts")) return accounts->text_or(user, "");
    }
    return {};
}

class Examiner {
public:
    Examiner(const Reader& reader, const Exchange& exchange, const Recording& recording)
        : reader_(reader), exchange_(exchange), recording_(recording) {}

    std::vector<Question> questions() {
        for (std::size_t i = 0; i < recording_.messages.size(); ++i) {
            const recording::Transmission& sent = recording_.messages[i];
            if (sent.message.is_request() || !sent.received || sent.retransmission) continue;
            const simulator::PartyPlan& party = exchange_.parties[sent.to];
            const int status = sent.message.status;
            if (status >= 300 && status < 400) ask_contact(i, party);
            else if (status == 401 || status == 407) ask_password(i, party);
            else if (status == 488 || status == 606) ask_offer(i, party);
        }
        return std::move(questions_);
    }

private:
    // The first time a party is asked something decides; later it answers the same.
    bool asked_before(const std::string& what, const std::string& party) {
        const auto one = std::pair(what, party);
        if (std::find(asked_.begin(), asked_.end(), one) != asked_.end()) return true;
        asked_.push_back(one);
        return false;
    }

    void add(Question& question, document::Text words, Sets change, bool taken) {
        if (simulator::problem_of(change, exchange_).what != simulator::ChangeProblem::What::none) return;
        question.choices.push_back({std::move(words), std::move(change), taken});
    }

    void keep(Question question) {
        if (question.choices.size() >= 2) questions_.push_back(std::move(question));
    }

    Question question(std::size_t message, document::Text words, const std::string& rule) const {
        return {message, std::move(words), document::text_of_source(rule), {}};
    }

    void ask_contact(std::size_t message, const simulator::PartyPlan& party) {
        const simulator::ActionPlan* const call = call_of(exchange_, party.id);
        if (!call || asked_before("choose", party.id)) return;
        const std::string written = option_of(call->options, "choose"), taken = written.empty() ? "best" : written;
        Question asks = question(message, sentence(reader_, &Words::question_contact, party.name), "RFC 3261 §8.1.3.4");
        for (const sip::Contact& contact : sip::contacts_in(recording_.messages[message].message)) {
            const std::string uri = sip::to_text(contact.address.uri),
                              q = contact.address.parameters.value("q").value_or("none");
            const std::string& name = contact.address.display_name;
            add(asks, sentence(reader_, &Words::choice_contact, name.empty() ? "no" : "yes", q, name, uri),
                {party.id, "choose", uri}, taken == uri);
        }
        add(asks, sentence(reader_, &Words::choice_best_contact), {party.id, "choose", "best"}, taken == "best");
        add(asks, sentence(reader_, &Words::choice_no_contact), {party.id, "choose", "none"}, taken == "none");
        keep(std::move(asks));
    }

    void ask_password(std::size_t message, const simulator::PartyPlan& party) {
        const sip::Message& challenge = recording_.messages[message].message;
        const bool proxy = challenge.status == 407;
        const auto field = challenge.header(proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        const auto read = field ? sip::parse_challenge(*field) : std::nullopt;
        const std::string user = option_of(party.options, "username"), own = option_of(party.options, "password");
        if (!read || user.empty() || asked_before("password", party.id)) return;
        const std::string right = right_password(exchange_, read->realm, user);
        const std::string wrong = right == "wrong" ? "quite wrong" : "wrong";
        Question asks = question(message, sentence(reader_, &Words::question_password, party.name),
                                 proxy ? "RFC 3261 §22.3" : "RFC 3261 §22.2");
        if (!right.empty())
            add(asks, sentence(reader_, &Words::choice_right_password), {party.id, "password", right}, own == right);
        add(asks, sentence(reader_, &Words::choice_wrong_password),
            {party.id, "password", own.empty() || own == right ? wrong : own}, own != right);
        add(asks, sentence(reader_, &Words::choice_no_credentials), {party.id, "username", "none"}, false);
        keep(std::move(asks));
    }

    void ask_offer(std::size_t message, const simulator::PartyPlan& party) {
        const simulator::ActionPlan* const call = call_of(exchange_, party.id);
        if (!call || asked_before("second_offer", party.id)) return;
        const std::string first = option_of(call->options, "offer"), second = option_of(call->options, "second_offer");
        const int status = recording_.messages[message].message.status;
        Question asks = question(message, sentence(reader_, &Words::question_offer, party.name),
                                 status == 488 ? "RFC 3261 §21.4.26" : "RFC 3261 §21.6.4");
        if (!second.empty())
            add(asks, sentence(reader_, &Words::choice_offer, second), {party.id, "second_offer", second}, true);
        if (!first.empty())
            add(asks, sentence(reader_, &Words::choice_same_offer, first), {party.id, "second_offer", first},
                second == first);
        add(asks, sentence(reader_, &Words::choice_no_offer), {party.id, "second_offer", "none"}, second.empty());
        keep(std::move(asks));
    }

    const Reader& reader_;
    const Exchange& exchange_;
    const Recording& recording_;
    std::vector<std::pair<std::string, std::string>> asked_;
    std::vector<Question> questions_;
};

}  // namespace

std::vector<Question> questions_of(const Reader& reader, const simulator::Exchange& exchange,
                                   const recording::Recording& recording) {
    return Examiner(reader, exchange, recording).questions();
}

}  // namespace sipdex::page
