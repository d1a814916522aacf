#include "window/sample_library.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>

#include "user/page_name.h"

namespace sipdex::test {

using namespace document;
using namespace window;

namespace {

struct Known {
    int code;
    const char* phrase;
    const char* gloss;
    const char* french;
    bool curated;
};
constexpr Known known[] = {
    {100, "Trying", "Being worked on", "Traitement en cours", true},
    {180, "Ringing", "Ringing", "Ça sonne", true},
    {183, "Session Progress", "Call progress", "Progression de l’appel", true},
    {199, "Early Dialog Terminated", "Early dialog ended", "Dialogue anticipé terminé", false},
    {200, "OK", "Success", "Succès", true},
    {202, "Accepted", "Accepted", "Accepté", false},
    {300, "Multiple Choices", "Several places to try", "Plusieurs destinations possibles", true},
    {301, "Moved Permanently", "Moved for good", "Déplacé définitivement", true},
    {302, "Moved Temporarily", "Moved for now", "Déplacé temporairement", true},
    {400, "Bad Request", "Malformed request", "Requête mal formée", true},
    {401, "Unauthorized", "Credentials wanted", "Authentification demandée", true},
    {403, "Forbidden", "Refused by policy", "Refusé", true},
    {404, "Not Found", "No such user", "Utilisateur inconnu", true},
    {407, "Proxy Authentication Required", "The proxy wants credentials", "Le proxy demande une authentification",
     true},
    {408, "Request Timeout", "No answer in time", "Pas de réponse à temps", true},
    {423, "Interval Too Brief", "Expiry too short", "Durée trop courte", false},
    {480, "Temporarily Unavailable", "Not reachable now", "Injoignable pour l’instant", true},
    {486, "Busy Here", "Busy at this place", "Occupé ici", true},
    {487, "Request Terminated", "Cancelled", "Annulé", true},
    {488, "Not Acceptable Here", "No common media", "Aucun média commun", true},
    {500, "Server Internal Error", "Server failure", "Erreur du serveur", true},
    {503, "Service Unavailable", "Overloaded", "Service indisponible", true},
    {600, "Busy Everywhere", "Busy everywhere", "Occupé partout", true},
    {603, "Decline", "Declined", "Décliné", true},
    {604, "Does Not Exist Anywhere", "Exists nowhere", "N’existe nulle part", true},
    {606, "Not Acceptable", "Not acceptable", "Non acceptable", true},
    {607, "Unwanted", "Unwanted call", "Appel indésirable", true},
    {608, "Rejected", "Rejected by analytics", "Rejeté par un filtre", true},
};

const Known* find(const std::string& id) {
    for (const Known& one : known)
        if (std::to_string(one.code) == id) return &one;
    return nullptr;
}

struct RfcLink {
    const char* words;
    int number;
    const char* section;
};

Text sentence(const char* words) { return plain(words); }

recording::Transmission sent(std::size_t from, std::size_t to, long at_us, long takes_us, const std::string& octets,
                             std::vector<std::string> marked) {
    recording::Transmission one;
    one.from = from;
    one.to = to;
    one.sent = recording::Time(at_us);
    one.received = recording::Time(at_us + takes_us);
    one.transport = "UDP";
    one.written = octets;
    if (const auto parsed = sip::parse(octets); parsed.message) one.message = *parsed.message;
    one.marked = std::move(marked);
    return one;
}

std::string request(const std::string& method, const std::string& via, const std::string& cseq,
                    const std::string& more = {}) {
    return method + " sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP " + via + ";branch=z9hG4bK776asdhds\r\n" +
           "Max-Forwards: 70\r\nFrom: \"Alice\" <sip:alice@example.org>;tag=1928301774\r\nTo: "
           "<sip:bob@example.com>\r\n" +
           "Call-ID: a84b4c76e66710@192.0.2.1\r\nCSeq: " + cseq + "\r\n" + more + "Content-Length: 0\r\n\r\n";
}

std::string answer(const std::string& line, const std::string& cseq, const std::string& more = {}) {
    return "SIP/2.0 " + line + "\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n" +
           "From: \"Alice\" <sip:alice@example.org>;tag=1928301774\r\nTo: <sip:bob@example.com>;tag=a6c85cf\r\n" +
           "Call-ID: a84b4c76e66710@192.0.2.1\r\nCSeq: " + cseq + "\r\n" + more + "Content-Length: 0\r\n\r\n";
}

}  // namespace

namespace {

// The few words that a mirrored window is looked at with; the rest is in English.
const std::vector<language::Pattern>& arabic_words() {
    static const std::vector<language::Pattern> words{
        {"window_class_4", "4xx فشل الطلب"},
        {"window_class_6", "6xx فشل عام"},
        {"window_compare", "مقارنة"},
        {"window_compare_with", "قارن مع…"},
        {"window_reference", "المرجع"},
        {"window_replay", "أعد التشغيل"},
        {"window_search_hint", "ابحث أو اضغط Ctrl K"},
        {"window_sheet", "ورقة"},
        {"window_simulator", "المحاكي"},
        {"window_start_lead", "ابحث عن رمز، أو قارن بين رمزين، أو أعد تشغيل ما يحدث على الشبكة."},
        {"window_start_title", "رموز استجابة SIP"}};
    return words;
}

}  // namespace

void SampleLibrary::set_language(const std::string& tag) {
    heard("set_language");
    language_ = tag;
    words_ = tag == "ar" ? language::Words(tag, arabic_words()) : language::Words(tag);
}

const char* SampleLibrary::pick(const char* english, const char* french, const char* arabic) const {
    return language_ == "fr" ? french : language_ == "ar" && arabic ? arabic : english;
}

Document SampleLibrary::response(const std::string& id) {
    heard("response");
    Document page;
    page.language = language_;
    page.right_to_left = language_ == "ar";
    const Known* one = find(id);
    if (!one) {
        page.title = "There is no code " + id;
        return page;
    }
    page.kind = Document::Kind::response;
    page.title = id + " " + one->phrase;
    page.mastheads.push_back(
        {id, one->code, one->phrase, document::plain(pick(one->gloss, one->french, "مكالمة غير مرغوب فيها")),
         pick("6xx global failure · RFC 8197 §4", "6xx échec global · RFC 8197 §4", "6xx فشل عام · RFC 8197 §4")});
    page.summary =
        sentence(pick("The called person has marked this call as unwanted, now and for calls like it.",
                      "La personne appelée a marqué cet appel comme indésirable, maintenant et pour la suite.",
                      "وضع الشخص المطلوب علامة على هذه المكالمة بأنها غير مرغوب فيها، وكذلك المكالمات المشابهة."));
    FactTable glance;
    glance.rows = {
        {sentence(pick("Try again?", "Réessayer ?", "إعادة المحاولة؟")),
         {sentence(pick("No: further calls will be refused too", "Non : les appels suivants seront refusés aussi",
                        "لا: ستُرفض المكالمات التالية أيضًا"))},
         false,
         {FactTable::Verdict::no},
         "try-again"},
        {sentence(pick("Produced by", "Produit par", "أصدره")),
         {sentence(pick("The called person, through a phone or an app",
                        "La personne appelée, par son téléphone ou une application", "الشخص المطلوب عبر هاتفه"))},
         false},
        {sentence(pick("What the caller notices", "Ce que l’appelant remarque")),
         {sentence(pick("The call ends at once, often with an announcement",
                        "L’appel se termine aussitôt, souvent avec une annonce"))},
         false},
        {sentence(pick("Tell the customer", "Dites au client")),
         {sentence(pick("“The person you called has asked not to receive calls from this number.”",
                        "« La personne appelée a demandé à ne pas recevoir d’appels de ce numéro. »"))},
         false,
         {},
         "tell"},
        {sentence(pick("Escalate when", "Faire remonter si")),
         {sentence(pick("Many different called people answer 607 within a short time",
                        "Beaucoup de personnes différentes répondent 607 en peu de temps"))},
         false},
    };
    page.sections.push_back({"glance", pick("At a glance", "En bref", "لمحة"), {glance}, true, false});
    List steps;
    steps.ordered = true;
    steps.items = {
        {sentence(pick("Agent", "Agent")),
         sentence(pick("Ask which number was dialled, and whether the caller knows the person.",
                       "Demandez quel numéro a été composé et si l’appelant connaît la personne."))},
        {sentence(pick("Agent", "Agent")),
         sentence(pick(
             "Advise to stop calling; ask the person over another channel to remove the block.",
             "Conseillez de ne plus appeler ; demandez à la personne, par un autre moyen, de retirer le blocage."))},
        {sentence(pick("Engineer", "Ingénieur")),
         sentence(pick("Compare the caller’s displayed number with the one that is meant to be shown.",
                       "Comparez le numéro affiché de l’appelant à celui qui devrait l’être."))}};
    page.sections.push_back({"steps", pick("What to do", "Que faire", "ما العمل"), {steps}, false, false});
    Text text{{{pick("A phone with a ", "Un téléphone doté d’un bouton ", "هاتف به زر "), {}, {}},
               {"Reject as unwanted", Span::Style::wire, {}},
               {pick(" button sends 607 when it is pressed during ringing. The caller’s network ",
                     " envoie 607 lorsqu’on le presse pendant la sonnerie. Le réseau de l’appelant "),
                {},
                {}},
               {pick("may", "peut"), Span::Style::strong, {}},
               {pick(" use it to label later calls from the same number. It is confused with ",
                     " s’en servir pour marquer les appels suivants. On le confond avec "),
                {},
                {}},
               {"603", {}, ToResponse{"603"}},
               {pick(" and ", " et "), {}, {}},
               {"608", {}, ToResponse{"608"}},
               {"; ", {}, {}},
               {pick("early dialogs", "les dialogues anticipés"), {}, ToTerm{"early-dialog"}},
               {pick(" end with it (", " se terminent avec lui ("), {}, {}},
               {"RFC 8197 §4", {}, ToRfc{8197, "4"}},
               {").", {}, {}}},
              {},
              false};
    page.sections.push_back(
        {"meaning", pick("What it means", "Ce que cela signifie", "ماذا يعني"), {Paragraph{text}}, false, false});
    List causes;
    causes.items = {{sentence(pick("Person", "Personne")),
                     sentence(pick("The called person pressed the button that reports a call as unwanted.",
                                   "La personne appelée a pressé le bouton qui signale un appel indésirable."))},
                    {sentence(pick("Called side", "Côté appelé")),
                     sentence(pick("A personal block list on the called person’s phone answers on their behalf.",
                                   "Une liste de blocage sur le téléphone de la personne appelée répond à sa place."))},
                    {sentence(pick("Policy", "Règle")),
                     sentence(pick("Numbers that were reported before are refused without ringing.",
                                   "Les numéros déjà signalés sont refusés sans sonnerie."))}};
    page.sections.push_back(
        {"causes", pick("Typical causes", "Causes typiques", "الأسباب المعتادة"), {causes}, false, false});
    page.sections.push_back(
        {"example",
         pick("On the wire", "Sur le réseau"),
         {Message{pick("Bob’s phone → proxy: 607 Unwanted", "Téléphone de Bob → proxy : 607 Unwanted"),
                  answer("607 Unwanted", "314159 INVITE", "Reason: Q.850;cause=21;text=\"Call rejected\"\r\n"),
                  {"Reason"}}},
         false,
         false});
    page.sections.push_back(
        {"note",
         pick("Where practice differs", "Quand la pratique diffère"),
         {Callout{
             Callout::Kind::note,
             sentence(pick(
                 "Most networks answer 603 instead, because 607 is not known to every gateway.",
                 "La plupart des réseaux répondent plutôt 603, car 607 n’est pas connu de toutes les passerelles."))}},
         false,
         false});
    page.sections.push_back(
        {"sources", pick("Sources", "Sources"), {Paragraph{link("RFC 8197 §4", ToRfc{8197, "4"})}}, false, true});
    page.footer = "Sipdex · catalog 2026.1";
    return page;
}

Document SampleLibrary::pairs(const std::string& chosen) {
    heard("pairs");
    Document page;
    page.language = language_;
    page.title = pick("Pairs that are often confused", "Paires souvent confondues");
    page.summary = plain(chosen.empty() ? words_.window_compare_empty() : words_.window_compare_one());
    List own;
    own.items.push_back({{}, link("607", document::ToComparison{{chosen, "607"}})});
    if (!chosen.empty()) page.sections.push_back({"pairs-own", words_.compare_start_one(chosen), {own}, false, false});
    List list;
    list.items.push_back({{}, link("300 / 607", document::ToComparison{{"300", "607"}})});
    page.sections.push_back({"pairs", "3xx", {list}, false, false});
    return page;
}

Document SampleLibrary::comparison(const std::vector<std::string>& ids) {
    heard("comparison");
    Document page;
    page.kind = Document::Kind::comparison;
    page.language = language_;
    std::vector<Text> heads;
    for (const std::string& id : ids) {
        const Known* one = find(id);
        if (!one) continue;
        page.mastheads.push_back({id, one->code, one->phrase, document::plain(pick(one->gloss, one->french)),
                                  one->code < 400
                                      ? pick("3xx redirection · RFC 3261 §21.3.1", "3xx redirection · RFC 3261 §21.3.1")
                                      : pick("6xx global failure · RFC 8197 §4", "6xx échec global · RFC 8197 §4")});
        heads.push_back(link(id + " " + one->phrase, ToResponse{id}));
        page.title += (page.title.empty() ? "" : " / ") + id;
    }
    page.summary = sentence(pick("A 300 offers other places to try; a 607 says that no place will ever want the call.",
                                 "Un 300 propose d’autres destinations ; un 607 dit qu’aucune ne voudra de l’appel."));
    const auto cell = [&](const char* who, const char* words) { return Item{plain(who), plain(words)}; };
    const auto rows = [&](bool ordered, std::vector<std::vector<Item>> all) {
        for (auto& row : all) row.resize(heads.size());
        return Columns{heads, ordered, std::move(all)};
    };
    FactTable glance;
    glance.heads = heads;
    const auto fact = [&](const char* label, std::vector<const char*> words, bool differs) {
        FactTable::Row row{plain(label), {}, differs};
        for (std::size_t i = 0; i < heads.size(); ++i) row.cells.push_back(plain(words[std::min(i, words.size() - 1)]));
        return row;
    };
    glance.rows = {fact(pick("Whose move it is", "À qui d’agir"),
                        {pick("The caller’s device: it picks one of the Contacts",
                              "L’appareil de l’appelant : il choisit un des Contacts"),
                         pick("Nobody’s: the attempt is over", "À personne : la tentative est terminée")},
                        true),
                   fact(pick("Try again?", "Réessayer ?"),
                        {pick("Yes, at another target", "Oui, vers une autre destination"), pick("No", "Non")}, true)};
    page.sections.push_back({"glance", pick("At a glance", "En bref"), {glance}, true, false});
    page.sections.push_back(
        {"causes",
         pick("Typical causes", "Causes typiques"),
         {rows(false,
               {{cell(pick("Called side", "Côté appelé"),
                      pick("A redirect server knows several phones and leaves the choice to the caller.",
                           "Un serveur de redirection connaît plusieurs téléphones et laisse le choix à l’appelant.")),
                 cell(pick("Person", "Personne"),
                      pick("The called person pressed the button that reports an unwanted call.",
                           "La personne appelée a pressé le bouton qui signale un appel indésirable."))},
                {cell(pick("Our network", "Notre réseau"),
                      pick("A number was moved and both the old and the new place are offered.",
                           "Un numéro a été déplacé ; l’ancienne et la nouvelle destination sont proposées.")),
                 cell(pick("Policy", "Règle"), pick("A personal block list answers without ringing.",
                                                    "Une liste de blocage personnelle répond sans sonnerie."))},
                {Item{}, cell(pick("Called side", "Côté appelé"),
                              pick("An app blocks a whole number range.",
                                   "Une application bloque toute une tranche de numéros."))}})},
         false,
         false});
    page.sections.push_back(
        {"steps",
         pick("What to do", "Que faire"),
         {rows(true, {{cell("Agent", pick("Ask whether the phone showed a choice.",
                                          "Demandez si le téléphone a affiché un choix.")),
                       cell("Agent", pick("Ask which number was dialled.", "Demandez quel numéro a été composé."))},
                      {cell(pick("Caller’s admin", "Admin. appelant"),
                            pick("Check that the device follows redirections.",
                                 "Vérifiez que l’appareil suit les redirections.")),
                       cell("Agent", pick("Advise not to call again.", "Conseillez de ne plus appeler."))}})},
         false,
         false});
    FactTable facts;
    facts.heads = heads;
    facts.rows = {
        fact(pick("Class", "Classe"), {"3xx", "6xx"}, true),
        fact(pick("Produced by", "Produit par"),
             {pick("Redirect server", "Serveur de redirection"), pick("Called person", "Personne appelée")}, true),
        fact(pick("What a forking proxy does", "Ce que fait un proxy à fourche"),
             {pick("Stores it; may try the Contacts itself", "Le garde ; peut essayer les Contacts"),
              pick("Cancels the other branches and forwards it", "Annule les autres branches et le transmet")},
             true),
        fact(pick("Final", "Définitif"), {pick("Yes", "Oui")}, false),
        fact(pick("Ends the dialog", "Termine le dialogue"), {pick("Only the transaction", "Seulement la transaction")},
             false),
        fact(pick("Registered", "Enregistré"), {pick("Yes", "Oui")}, false)};
    page.sections.push_back({"differences", pick("Key differences", "Différences clés"), {facts}, false, false});
    List trace;
    trace.ordered = true;
    trace.items = {
        {{},
         Text{{{pick("Look for ", "Cherchez "), {}, {}},
               {"Contact", Span::Style::wire, {}},
               {pick(" in the answer: a 300 carries one for each place.",
                     " dans la réponse : un 300 en porte un par destination."),
                {},
                {}}},
              {},
              false}},
        {{}, sentence(pick("See whether a new INVITE follows the ACK.", "Voyez si un nouvel INVITE suit l’ACK."))}};
    page.sections.push_back({"trace",
                             pick("How to tell them apart in a trace", "Comment les distinguer dans une trace"),
                             {trace},
                             false,
                             false});
    page.footer = "Sipdex · catalog 2026.1";
    return page;
}

Document SampleLibrary::term(const std::string& id) {
    heard("term");
    Document page;
    page.language = language_;
    if (id.starts_with("header/") || id.starts_with("method/")) {
        if (id == "header/Content-Length") return page;  // one without a page
        page.kind = Document::Kind::term;
        page.title = id.substr(7);
        page.summary = sentence(id == "header/Via" ? pick("Each hop adds one; the response goes back along them.",
                                                          "Chaque saut en ajoute un ; la réponse remonte par eux.")
                                                   : id.c_str());
        return page;
    }
    page.kind = Document::Kind::term;
    page.title = pick("early dialog", "dialogue anticipé");
    page.summary =
        sentence(pick("A dialog that a provisional response has created and no final response has confirmed.",
                      "Un dialogue créé par une réponse provisoire et qu’aucune réponse définitive n’a confirmé."));
    page.sections.push_back(
        {"source", pick("Source", "Source"), {Paragraph{link("RFC 3261 §12", ToRfc{3261, "12"})}}, false, false});
    return page;
}

void SampleLibrary::bring(const std::vector<std::string>& files) {
    heard("bring");
    using State = window::Evidence::State;
    const std::string& name = files.front();
    evidence_ = {State::read, name, 12.5, {}, evidence_.version + 1};
    if (name == "slow") evidence_.state = State::reading;
    if (name == "empty")
        evidence_.state = State::failed, evidence_.problem = pick("empty holds no SIP message that can be read.",
                                                                  "empty ne contient aucun message SIP lisible.");
}

void SampleLibrary::stop_bringing() {
    evidence_.state = window::Evidence::State::read;
    ++evidence_.version;
}

window::Evidence SampleLibrary::evidence() {
    heard("evidence");
    return evidence_;
}

Document SampleLibrary::finding(std::size_t number) {
    Document page;
    page.kind = Document::Kind::finding;
    page.language = language_;
    page.title = "Finding " + std::to_string(number);
    return page;
}

Document SampleLibrary::beside(const std::string& first, const std::string& second) {
    Document page;
    page.kind = Document::Kind::call;
    page.language = language_;
    page.title = first + " and " + second;
    return page;
}

Document SampleLibrary::explained(Explained) {
    heard("explained");
    Document page;
    page.kind = Document::Kind::call;
    page.language = language_;
    page.title = pick("What office.pcapng shows", "Ce que montre office.pcapng");
    page.summary = plain(pick("One of 2 calls shows a fault. The ACK does not arrive.",
                              "Un appel sur 2 présente un défaut. L’ACK n’arrive pas."));
    page.sections.push_back(
        {"finding-1",
         pick("Fault: The ACK does not arrive", "Défaut : L’ACK n’arrive pas"),
         {document::Paragraph{plain(
              pick("The answer was repeated twice after the ACK.", "La réponse a été répétée deux fois après l’ACK."))},
          document::Paragraph{link(pick("threshold: attempts ", "seuil : tentatives ") + std::to_string(attempts),
                                   document::ToTerm{"thresholds/ack-lost"}),
                              document::Paragraph::Role::secondary},
          document::Paragraph{link(pick("as a sheet", "en fiche"), document::ToTerm{"finding/1"}),
                              document::Paragraph::Role::secondary}}});
    FactTable calls;
    calls.heads = {plain(pick("From", "De")), plain(pick("To", "À"))};
    for (const char* id : {"1", "2"})
        calls.rows.push_back(
            {link(pick("Call ", "Appel ") + std::string(id), document::ToExchange{std::string("call/") + id}),
             {plain("alice"), plain("bob")}});
    page.sections.push_back({"calls", pick("Calls", "Appels"), {calls}});
    return page;
}

std::optional<std::string> SampleLibrary::log_pasted(const std::string& text) {
    const auto first = text.find("INVITE ");
    if (first == std::string::npos || text.find("INVITE ", first + 1) == std::string::npos) return std::nullopt;
    return "pasted:1";
}

window::Library::Calls SampleLibrary::calls() {
    if (calls_ && calls_->size() == 2 + more_calls) return calls_;
    auto made = std::make_shared<std::vector<page::ListedCall>>(2 + more_calls);
    for (std::size_t i = 0; i < made->size(); ++i) {
        page::ListedCall& call = (*made)[i];
        call.story = i;
        call.caller = i % 2 == 0 ? "alice" : "carol";
        call.called = "bob";
        call.methods = {"invite", "ack"};
        call.codes = {i % 2 == 0 ? 486 : 200};
        call.status = call.codes.front();
        call.outcome = i % 2 == 0 ? calls::Outcome::refused : calls::Outcome::ended;
        call.clock = capture::Clock::date;
        call.lasted = std::chrono::seconds(i % 2 == 0 ? 4 : 61);
        if (i % 2 == 0) call.gravity = findings::Severity::fault;
        call.sought = call.caller + "@example.com\nbob@example.com\n";
        call.sought_id = "id-" + std::to_string(i + 1);
    }
    calls_ = std::move(made);
    return calls_;
}

page::CallLine SampleLibrary::call_line(const page::ListedCall& call) {
    heard("call_line");
    page::CallLine line;
    line.time = "14:02:11.480";
    line.kind = pick("Call", "Appel");
    line.outcome = call.status == 486 ? pick("Refused with 486 by bob.", "Refusé avec 486 par bob.")
                                      : pick("Answered, and ended with a BYE.", "Décroché, puis terminé par un BYE.");
    line.duration = call.status == 486 ? "4.0 s" : "61.0 s";
    if (call.gravity) line.finding = pick("Fault: The ACK does not arrive", "Défaut : L’ACK n’arrive pas");
    return line;
}

std::optional<Replay::FirstDifference> SampleLibrary::first_difference(const Replay&, const Replay&) {
    return Replay::FirstDifference{plain(pick("Call 1: 486 from bob to alice (message 2); Call 2: 200.",
                                              "Appel 1 : 486 de bob vers alice (message 2) ; Appel 2 : 200.")),
                                   1, 1};
}

window::RuleThresholds SampleLibrary::thresholds(const std::string& rule) {
    return {rule,
            pick("The ACK does not arrive", "L’ACK n’arrive pas"),
            {{"attempts", attempts, 3, pick("attempts", "tentatives"), "3"}}};
}

void SampleLibrary::set_threshold(const std::string&, long value) {
    attempts = value;
    ++evidence_.version;
}

window::SharedCopy SampleLibrary::shared() {
    if (shared_to.empty()) return {};
    return {window::SharedCopy::State::written, pick("Replaced: 2 numbers.", "Remplacés : 2 numéros.")};
}

Document SampleLibrary::exchange(const std::string& id) {
    heard("exchange");
    Document page;
    page.kind = Document::Kind::exchange;
    page.language = language_;
    page.title = replay(id).title;
    return page;
}

Replay SampleLibrary::replay(const std::string& id) {
    heard("replay");
    Replay replay;
    auto& made = replay.recording;
    made.exchange = id;
    const bool choice = id == "300-choice";
    replay.title = choice ? pick("300: the caller picks a phone", "300 : l’appelant choisit un téléphone")
                          : pick("607: the call is unwanted", "607 : l’appel est indésirable");
    made.actors = {{"alice", "caller", "Alice", "192.0.2.1:5060"},
                   {"proxy", choice ? "redirect-server" : "proxy", choice ? "Redirect" : "Proxy", "192.0.2.10:5060"},
                   {"bob", "phone", "Bob", "192.0.2.4:5060"}};
    replay.roles = {pick("caller", "appelante"), choice ? pick("redirect server", "serveur de redirection") : "proxy",
                    pick("phone", "téléphone")};
    const auto add = [&](recording::Transmission one, const char* english, const char* french, const char* why,
                         const char* pourquoi, RfcLink rule) {
        made.messages.push_back(std::move(one));
        replay.narration.push_back({plain(pick(english, french)), plain(pick(why, pourquoi)),
                                    link(rule.words, ToRfc{rule.number, rule.section})});
    };
    const std::string invite =
        request("INVITE", "192.0.2.1:5060", "314159 INVITE", "Contact: <sip:alice@192.0.2.1>\r\n");
    if (choice) {
        add(sent(0, 1, 0, 20000, invite, {"To"}), "Alice calls Bob.", "Alice appelle Bob.",
            "Her phone does not know where Bob is.", "Son téléphone ignore où est Bob.",
            {"RFC 3261 §13.2", 3261, "13.2"});
        add(sent(1, 0, 40000, 20000,
                 answer("300 Multiple Choices", "314159 INVITE",
                        "Contact: <sip:bob@192.0.2.4>;q=0.7\r\nContact: <sip:bob@192.0.2.8>;q=0.3\r\n"),
                 {"Contact"}),
            "The redirect server offers two phones.", "Le serveur de redirection propose deux téléphones.",
            "It lists each place in a Contact and leaves the choice to Alice.",
            "Il donne chaque destination dans un Contact et laisse le choix à Alice.",
            {"RFC 3261 §21.3.1", 3261, "21.3.1"});
        add(sent(0, 1, 60000, 20000, request("ACK", "192.0.2.1:5060", "314159 ACK"), {"CSeq"}), "Alice acknowledges.",
            "Alice acquitte.", "A final answer that is not 2xx is acknowledged hop by hop.",
            "Une réponse définitive autre que 2xx est acquittée de proche en proche.",
            {"RFC 3261 §17.1.1.3", 3261, "17.1.1.3"});
        add(sent(0, 2, 4000000, 20000, request("INVITE", "192.0.2.1:5060", "314160 INVITE"), {"CSeq"}),
            "Alice tries the first phone.", "Alice essaie le premier téléphone.",
            "The Contact with the highest q goes first.", "Le Contact au q le plus élevé passe en premier.",
            {"RFC 3261 §8.1.3.4", 3261, "8.1.3.4"});
        add(sent(2, 0, 4200000, 20000, answer("180 Ringing", "314160 INVITE"), {}), "Bob’s phone rings.",
            "Le téléphone de Bob sonne.", "", "", {"RFC 3261 §13.3.1.1", 3261, "13.3.1.1"});
        add(sent(2, 0, 7000000, 20000, answer("200 OK", "314160 INVITE"), {"Contact"}), "Bob answers.", "Bob décroche.",
            "", "", {"RFC 3261 §13.3.1.4", 3261, "13.3.1.4"});
        add(sent(0, 2, 7020000, 20000, request("ACK", "192.0.2.1:5060", "314160 ACK"), {}), "The call is up.",
            "La communication est établie.", "", "", {"RFC 3261 §13.2.2.4", 3261, "13.2.2.4"});
    } else {
        auto lost = sent(0, 1, 0, 20000, invite, {"Via"});
        lost.received.reset();
        add(std::move(lost), "Alice calls Bob; the network loses the request.",
            "Alice appelle Bob ; le réseau perd la requête.", "UDP promises nothing.", "UDP ne promet rien.",
            {"RFC 3261 §17.1.1.2", 3261, "17.1.1.2"});
        auto again = sent(0, 1, 500000, 20000, invite, {"Via"});
        again.retransmission = true;
        add(std::move(again), "After T1 she sends it again.", "Après T1, elle la renvoie.",
            "Timer A fired: 500 ms without an answer.", "Le temporisateur A a expiré : 500 ms sans réponse.",
            {"RFC 3261 §17.1.1.2", 3261, "17.1.1.2"});
        add(sent(1, 0, 510000, 20000, answer("100 Trying", "314159 INVITE"), {}),
            "The proxy has it and stops the retransmissions.", "Le proxy l’a reçue et arrête les retransmissions.", "",
            "", {"RFC 3261 §17.2.1", 3261, "17.2.1"});
        add(sent(1, 2, 540000, 20000, request("INVITE", "192.0.2.10:5060", "314159 INVITE"), {"Via"}),
            "The proxy forwards the call.", "Le proxy transmet l’appel.", "", "", {"RFC 3261 §16.6", 3261, "16.6"});
        add(sent(2, 1, 740000, 20000, answer("180 Ringing", "314159 INVITE"), {}), "Bob’s phone rings.",
            "Le téléphone de Bob sonne.", "", "", {"RFC 3261 §13.3.1.1", 3261, "13.3.1.1"});
        add(sent(1, 0, 760000, 20000, answer("180 Ringing", "314159 INVITE"), {}), "Alice hears ringing.",
            "Alice entend la sonnerie.", "", "", {"RFC 3261 §16.7", 3261, "16.7"});
        add(sent(2, 1, 4740000, 20000, answer("607 Unwanted", "314159 INVITE", "Reason: Q.850;cause=21\r\n"),
                 {"Reason"}),
            "Bob marks the call as unwanted.", "Bob marque l’appel comme indésirable.",
            "A 6xx speaks for Bob everywhere: no other phone of his will be tried.",
            "Un 6xx vaut partout pour Bob : aucun autre de ses téléphones ne sera essayé.", {"RFC 8197 §4", 8197, "4"});
        add(sent(1, 2, 4760000, 20000, request("ACK", "192.0.2.10:5060", "314159 ACK"), {}), "The proxy acknowledges.",
            "Le proxy acquitte.", "", "", {"RFC 3261 §17.1.1.3", 3261, "17.1.1.3"});
        add(sent(1, 0, 4760000, 20000, answer("607 Unwanted", "314159 INVITE", "Reason: Q.850;cause=21\r\n"),
                 {"Reason"}),
            "The proxy passes the 607 on at once.", "Le proxy transmet aussitôt le 607.", "", "",
            {"RFC 3261 §16.7", 3261, "16.7"});
        add(sent(0, 1, 4780000, 20000, request("ACK", "192.0.2.1:5060", "314159 ACK"), {}),
            "Alice acknowledges; the call is over.", "Alice acquitte ; l’appel est terminé.", "", "",
            {"RFC 3261 §17.1.1.3", 3261, "17.1.1.3"});
    }
    if (choice)
        replay.questions.push_back(
            {1,
             plain(pick("Which Contact does Alice choose?", "Quel Contact Alice choisit-elle ?")),
             {},
             {{plain("sip:bob@192.0.2.4"), simulator::Sets{"alice", "choose", "best"}, true},
              {plain(pick("None of them", "Aucun")), simulator::Sets{"alice", "choose", "none"}, false}}});
    else
        replay.decisions.push_back({8,
                                    {},
                                    1,
                                    "best-response",
                                    plain(pick("The proxy passes on 607.", "Le proxy transmet 607.")),
                                    link("RFC 3261 §16.7", ToRfc{3261, "16.7"})});
    if (!choice) {
        using What = recording::TimerEvent::What;
        const auto ms = [](int count) { return std::chrono::milliseconds(count); };
        made.states = {{0, "INVITE client transaction", "z9hG4bK776asdhds", "", "Calling", ms(0), "RFC 3261 §17.1.1.2"},
                       {0, "INVITE client transaction", "z9hG4bK776asdhds", "Calling", "Proceeding", ms(530),
                        "RFC 3261 §17.1.1.2"},
                       {0, "INVITE client transaction", "z9hG4bK776asdhds", "Proceeding", "Completed", ms(4780),
                        "RFC 3261 §17.1.1.2"}};
        made.timers = {{0, "A", What::set, ms(0), ms(500), "RFC 3261 §17.1.1.2"},
                       {0, "B", What::set, ms(0), ms(32000), "RFC 3261 §17.1.1.2"},
                       {0, "A", What::fired, ms(500), {}, "RFC 3261 §17.1.1.2"},
                       {0, "A", What::set, ms(500), ms(1000), "RFC 3261 §17.1.1.2"},
                       {0, "A", What::stopped, ms(530), {}, "RFC 3261 §17.1.1.2"},
                       {0, "B", What::stopped, ms(530), {}, "RFC 3261 §17.1.1.2"}};
    }
    made.ended = made.messages.back().sent;
    return replay;
}

Replay SampleLibrary::replay_changed(const std::string& exchange, const std::vector<std::string>&) {
    heard("replay_changed");
    Replay replay = SampleLibrary::replay(exchange);
    replay.departs = 1;
    replay.difference = Replay::FirstDifference{
        plain(pick("Alice sends INVITE again 0.5 s later.", "Alice renvoie INVITE 0,5 s plus tard.")), 1, 1};
    for (auto& one : replay.recording.messages) one.sent += std::chrono::milliseconds(500);
    return replay;
}

ToldChange SampleLibrary::told_change(const std::string&, const std::vector<std::string>&, const std::string& change) {
    heard("told_change");
    const bool understood =
        change.starts_with("lose ") || change.find(" answers ") != std::string::npos || change.starts_with("alice");
    if (!understood) return {{}, {}, "“" + change + "” is no change."};
    return {change, plain((language_ == "fr" ? "En clair : " : "In words: ") + change + "."), {}};
}

Offer SampleLibrary::offer(const std::string&, const std::vector<std::string>& earlier) {
    heard("offer");
    using Takes = simulator::ChangeableOption::Takes;
    const simulator::ChangeableOption password{"password", "secret", Takes::text},
        cancel{"cancel_after", "", Takes::duration}, expires{"session_expires", "90", Takes::number},
        anonymous{"anonymous", "", Takes::flag};
    return {{{"alice", false, false, false, false, true, {password, cancel, expires, anonymous}},
             {"proxy", true, false, false, false, false, {}},
             {"bob", true, true, true, false, false, {anonymous}}},
            !earlier.empty()};
}

Replay SampleLibrary::fork_lab(const std::vector<std::string>& phones) {
    heard("fork_lab");
    Replay lab = replay("607-unwanted");
    lab.title = "Fork lab:";
    for (const std::string& phone : phones) lab.title += " " + phone;
    lab.outcome = Text{{{pick("Alice gets ", "Alice reçoit "), {}, {}},
                        {"607 Unwanted", Span::Style::wire, {}},
                        {pick(" at 4.780 s.", " à 4,780 s."), {}, {}}},
                       {},
                       false};
    lab.outcome_why =
        Text{{{pick("A 6xx goes before every other response. ", "Une 6xx l’emporte sur toute autre réponse. "), {}, {}},
              {"RFC 3261 §16.7", {}, ToRfc{3261, "16.7"}}},
             {},
             false};
    return lab;
}

std::vector<Hit> SampleLibrary::search(const std::string& typed) {
    heard("search");
    searched.push_back(typed);
    std::vector<Hit> hits;
    if (const auto space = typed.find(' '); space != std::string::npos) {
        const std::string one = typed.substr(0, space), other = typed.substr(typed.rfind(' ') + 1);
        if (find(one) && find(other))
            hits.push_back({Hit::Kind::comparison, one + " / " + other, {}, ToComparison{{one, other}}, 0});
    }
    for (const Known& one : known) {
        const std::string id = std::to_string(one.code), phrase = one.phrase, gloss = pick(one.gloss, one.french);
        const bool symptom = one.code == 607 && (typed == "robocall" || typed == "appel indésirable");
        if (id.rfind(typed, 0) == 0 || phrase.find(typed) != std::string::npos ||
            gloss.find(typed) != std::string::npos || symptom)
            hits.push_back({Hit::Kind::response, id + " " + phrase, gloss, ToResponse{id}, one.code});
    }
    if (typed.rfind("ear", 0) == 0)
        hits.push_back(
            {Hit::Kind::term, pick("early dialog", "dialogue anticipé"), "RFC 3261 §12", ToTerm{"early-dialog"}, 0});
    return hits;
}

std::vector<ListedResponse> SampleLibrary::codes() {
    heard("codes");
    std::vector<ListedResponse> all;
    for (const Known& one : known)
        all.push_back(
            {std::to_string(one.code), one.code, one.phrase, pick(one.gloss, one.french), "registered", one.curated});
    return all;
}

std::vector<ListedExchange> SampleLibrary::exchanges() {
    heard("exchanges");
    return {{"300-choice", replay("300-choice").title, {300}}, {"607-unwanted", replay("607-unwanted").title, {607}}};
}

std::vector<Language> SampleLibrary::languages() {
    heard("languages");
    std::vector<Language> all{{"en", "English"}, {"fr", "Français"}};
    if (with_arabic) all.push_back({"ar", "العربية"});
    return all;
}

std::vector<Format> SampleLibrary::formats() {
    heard("formats");
    return {{"pdf", "PDF", ".pdf", true},
            {"html", "HTML", ".html", false},
            {"md", "Markdown", ".md", false},
            {"json", "JSON", ".json", false}};
}

Document SampleLibrary::page(const Target& target, const std::string& language) {
    heard("page");
    const std::string before = language_;
    language_ = language;
    Document page;
    if (const auto* one = std::get_if<ToResponse>(&target)) page = response(one->id);
    if (const auto* several = std::get_if<ToComparison>(&target)) page = comparison(several->ids);
    if (const auto* one = std::get_if<ToTerm>(&target)) page = term(one->id);
    if (const auto* one = std::get_if<ToExchange>(&target)) page = exchange(one->id);
    language_ = before;
    return page;
}

SheetOffer SampleLibrary::sheet_offer(const Document& page) {
    SheetOffer offer;
    offer.papers = {"a5", "a4", "letter"};
    if (page.kind == Document::Kind::response || page.kind == Document::Kind::comparison)
        offer.forms = {"card", "short", "full"};
    offer.handout = page.kind == Document::Kind::comparison;
    offer.upright = page.mastheads.size() <= 2;
    return offer;
}

namespace {

class BlankPreview : public SheetPreview {
public:
    explicit BlankPreview(Sheet sheet) : sheet_(std::move(sheet)) {}
    int pages() const override { return sheet_.format != "pdf" ? 0 : sheet_.form == "full" ? 3 : 1; }
    double shape() const override { return sheet_.landscape ? 0.7071 : 1.4142; }
    Page page(int, int width) const override {
        const int height = int(width * shape());
        return {width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 4, 255)};
    }
    std::string beginning() const override {
        return pages() > 0 ? std::string() : sheet_.format + " of " + sheet_.form + " in " + sheet_.language;
    }

private:
    Sheet sheet_;
};

}  // namespace

Library::Preview SampleLibrary::preview(const Document&, const Sheet& sheet) {
    heard("preview");
    previewed.push_back(sheet);
    return [sheet, trouble = preview_trouble] {
        if (!trouble.empty()) throw std::runtime_error(trouble);
        return std::make_unique<BlankPreview>(sheet);
    };
}

Library::Saving SampleLibrary::save(const Document& page, const Sheet& sheet) {
    heard("save");
    saved.push_back(sheet);
    saved_pages.push_back(page);
    return [wait = slow_disk, refusal = refusal] {
        if (wait.valid()) wait.wait();
        return refusal;
    };
}

namespace {

// "key" → "pattern" of the English messages, which are in the source tree.
std::map<std::string, std::string> english_messages() {
    std::map<std::string, std::string> messages;
    std::ifstream in(SIPDEX_SOURCE_DIR "/i18n/en/messages.toml");
    for (std::string line; std::getline(in, line);) {
        const auto equals = line.find(" = \"");
        if (equals == std::string::npos || line.back() != '"' || line[0] == '#') continue;
        std::string pattern;
        for (std::size_t i = equals + 4; i + 1 < line.size(); ++i) {
            if (line[i] == '\\' && i + 2 < line.size()) ++i;
            pattern += line[i];
        }
        messages[line.substr(0, equals)] = pattern;
    }
    return messages;
}

std::string longer(const std::string& pattern) {
    std::size_t letters = 0;
    int depth = 0;
    for (const char c : pattern) {
        depth += (c == '{') - (c == '}');
        letters += depth == 0 && (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }
    std::string filler;
    for (std::size_t wanted = std::max<std::size_t>(2, letters * 4 / 10); filler.size() < wanted;)
        filler += filler.size() % 7 == 6 ? " " : "x";
    return pattern + filler;
}

std::string in_arabic_letters(const std::string& pattern) {
    static const char* letters[] = {"ا", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز", "س", "ش",
                                    "ص", "ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه"};
    if (pattern.find('{') != std::string::npos) return pattern;
    std::string text;
    for (const char c : pattern) {
        const int lower = c | 0x20;
        if (lower >= 'a' && lower <= 'z') text += letters[lower - 'a'];
        else text += c;
    }
    return text;
}

const std::vector<language::Pattern>& pseudo_patterns(bool right_to_left) {
    static const auto made = [](bool arabic) {
        auto* kept = new std::map<std::string, std::string>(english_messages());  // patterns point into it
        std::vector<language::Pattern> patterns;
        for (auto& [key, pattern] : *kept) {
            pattern = arabic ? in_arabic_letters(pattern) : longer(pattern);
            patterns.push_back({key, pattern});
        }
        return patterns;
    };
    static const auto longer_ones = made(false), arabic_ones = made(true);
    return right_to_left ? arabic_ones : longer_ones;
}

}  // namespace

void SampleLibrary::speak_pseudo(bool right_to_left) {
    with_arabic = right_to_left;
    language_ = right_to_left ? "ar" : "en";
    words_ = language::Words(language_, pseudo_patterns(right_to_left));
    ++changes_;
}

std::string SampleLibrary::set_favourite(const document::Target& page, bool on) {
    heard("set_favourite");
    if (!not_kept.empty()) return not_kept;
    std::erase_if(kept_favourites, [&](const auto& one) { return one.target == page; });
    if (on) kept_favourites.push_back({user::name_of_page(page), page});
    ++changes_;
    return {};
}

void SampleLibrary::visited(const document::Target& page) {
    const std::string name = user::name_of_page(page);
    if (name.empty()) return;
    std::erase_if(opened, [&](const auto& one) { return one.target == page; });
    opened.insert(opened.begin(), {name, page});
}

std::vector<window::KeptNote> SampleLibrary::notes(const document::Target& page) {
    std::vector<window::KeptNote> found;
    for (const auto& [on, note] : kept_notes)
        if (on == page) found.push_back(note);
    return found;
}

std::string SampleLibrary::set_note(const document::Target& page, const std::string& id, const std::string& text) {
    if (!not_kept.empty()) return not_kept;
    ++changes_;
    std::erase_if(kept_notes, [&](const auto& one) { return !id.empty() && one.second.id == id; });
    if (!text.empty())
        kept_notes.push_back({page, {id.empty() ? std::to_string(changes_) : id, text, "Ana, 7 July 2026"}});
    return {};
}

Replay LongLibrary::replay(const std::string& id) {
    Replay replay = SampleLibrary::replay(id);
    auto& all = replay.recording.messages;
    const std::size_t once = all.size();
    for (std::size_t i = once; i < messages; ++i) {
        all.push_back(all[i % once]);
        const recording::Time later = std::chrono::seconds(6) * (i / once);
        all.back().sent += later;
        if (all.back().received) *all.back().received += later;
        replay.narration.push_back(replay.narration[i % once]);
    }
    replay.recording.ended = all.back().sent;
    return replay;
}

}  // namespace sipdex::test
