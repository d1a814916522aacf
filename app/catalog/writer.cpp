#include "catalog/writer.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "catalog/seal.h"
#include "language/fold.h"

namespace sipdex::catalog {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : "\n") + part;
    return all;
}

std::string joined_words(const std::string& text, const std::string& language) {
    std::string all;
    for (const std::string& word : language::folded_words(text, language)) all += (all.empty() ? "" : " ") + word;
    return all;
}

}  // namespace

struct Writer::Impl {
    std::filesystem::path file, draft;
    SQLite::Database database;
    int languages = 0, rows = 0;
    bool finished = false;

    Impl(std::filesystem::path target, const std::string& schema)
        : file(std::move(target)),
          draft(file.string() + ".new"),
          database(fresh(draft), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        database.exec("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
        database.exec(schema);
        database.exec("BEGIN");
        insert("INSERT INTO property VALUES ('seal', ?)", std::string(open_seal));
    }

    static std::string fresh(const std::filesystem::path& path) {
        std::filesystem::remove(path);
        return path.string();
    }

    template <typename... Values>
    void insert(const char* sql, const Values&... values) {
        SQLite::Statement statement(database, sql);
        int column = 0;
        (statement.bind(++column, values), ...);
        statement.exec();
    }

    void entry(const std::string& response, const char* list, int position, const std::string& name,
               const std::string& detail = {}, int flag = 0, const std::string& source = {},
               const std::string& condition = {}) {
        insert("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?)", response, list, position, name, detail, flag, source,
               condition);
    }
};

Writer::Writer(std::filesystem::path file, const std::string& schema)
    : impl_(std::make_unique<Impl>(std::move(file), schema)) {}

Writer::~Writer() {
    if (impl_->finished) return;
    std::error_code ignored;
    std::filesystem::remove(impl_->draft, ignored);
}

void Writer::version(const std::string& version) {
    impl_->insert("INSERT INTO property VALUES ('version', ?)", version);
}

void Writer::language(const std::string& tag) {
    impl_->insert("INSERT INTO language VALUES (?,?)", impl_->languages++, tag);
}

void Writer::coverage(const Coverage& line) {
    impl_->insert("INSERT INTO coverage VALUES (?,?,?,?,?)", line.language, line.kind, line.present, line.outdated,
                  line.of);
}

void Writer::response(const Response& r) {
    impl_->insert("INSERT INTO response VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", r.id, r.code, r.phrase, r.status,
                  r.defined_in, r.methods.source, r.dialog.value, r.dialog.source, r.retry.value, r.retry.source,
                  r.proxy.value, r.proxy.source, r.failover.value, r.failover.source);
    int n = 0;
    for (const Sourced& by : r.generated_by) impl_->entry(r.id, "generated_by", n++, by.value, {}, 0, by.source);
    for (const std::string& method : r.methods.of) impl_->entry(r.id, "method", n++, method);
    for (const std::string& method : r.methods.except) impl_->entry(r.id, "not_method", n++, method);
    for (const HeaderFact& h : r.headers) impl_->entry(r.id, "header", n++, h.name, h.strength, 0, h.source, h.when);
    for (const std::string& id : r.related) impl_->entry(r.id, "related", n++, id);
    for (const std::string& source : r.sources) impl_->entry(r.id, "source", n++, source);
    for (const Cause& cause : r.causes) impl_->entry(r.id, "cause", n++, cause.id, cause.where);
    for (const Step& step : r.steps) impl_->entry(r.id, "step", n++, step.id, step.who);
    for (const Q850Mapping& q : r.from_q850)
        impl_->entry(r.id, "from_q850", n++, q.name, {}, q.cause, q.source, q.condition);
    for (const Q850Mapping& q : r.to_q850)
        impl_->entry(r.id, "to_q850", n++, q.name, {}, q.cause, q.source, q.condition);
}

void Writer::pair(const Pair& p) {
    impl_->insert("INSERT INTO pair VALUES (?,?,?)", p.ids.at(0), p.ids.at(1), joined(p.sources));
}

void Writer::term(const Term& t) { impl_->insert("INSERT INTO term VALUES (?,?,?)", t.id, t.source, joined(t.see)); }

void Writer::group(const Group& g) {
    impl_->insert("INSERT INTO grouped VALUES (?,?,?)", g.id, joined(g.responses), joined(g.sources));
}

void Writer::path(const SymptomPath& p) {
    impl_->insert("INSERT INTO path VALUES (?,?,?)", p.id, p.experience, joined(p.sources));
    int position = 0;
    for (const SymptomPath::Question& question : p.questions)
        for (const SymptomPath::Answer& answer : question.answers)
            impl_->insert("INSERT INTO path_answer VALUES (?,?,?,?,?)", p.id, position++, question.id, answer.id,
                          answer.to);
    position = 0;
    for (const SymptomPath::Outcome& outcome : p.outcomes)
        impl_->insert("INSERT INTO path_outcome VALUES (?,?,?,?,?)", p.id, position++, outcome.id,
                      joined(outcome.responses), joined(outcome.look_at));
}

void Writer::situation(const Situation& s) {
    impl_->insert("INSERT INTO situation VALUES (?,?,?,?)", s.id, s.who, s.retry, s.where);
    int position = 0;
    for (const Situation::Case& one : s.cases)
        impl_->insert("INSERT INTO situation_case VALUES (?,?,?,?)", s.id, position++, one.method,
                      joined(one.responses));
}

void Writer::speaker(const Speaker& s) {
    impl_->insert("INSERT INTO speaker VALUES (?,?,?,?,?)", s.id, s.name, s.kind, s.runs_on, joined(s.sources));
    int position = 0;
    for (const Speaker::Sign& sign : s.signs)
        impl_->insert("INSERT INTO speaker_sign VALUES (?,?,?,?,?,?,?,?)", s.id, position++, sign.id, sign.in,
                      sign.name, sign.pattern, sign.certainty, sign.source);
    for (const Speaker::Phrase& phrase : s.phrases)
        impl_->insert("INSERT INTO speaker_phrase VALUES (?,?,?,?,?,?,?,?,?,?,?)", s.id, position++, phrase.id,
                      phrase.in, phrase.name, phrase.text, joined(phrase.codes), phrase.method, phrase.situation,
                      phrase.cause, phrase.source);
    for (const Speaker::Mapping& one : s.from_q850)
        impl_->insert("INSERT INTO speaker_mapping VALUES (?,'from_q850',?,?,?,?)", s.id, position++, one.cause,
                      one.response, one.source);
    for (const Speaker::Mapping& one : s.to_q850)
        impl_->insert("INSERT INTO speaker_mapping VALUES (?,'to_q850',?,?,?,?)", s.id, position++, one.cause,
                      one.response, one.source);
    for (const Speaker::Failover& one : s.failover)
        impl_->insert("INSERT INTO speaker_failover VALUES (?,?,?,?,?)", s.id, position++, one.does,
                      joined(one.responses), one.source);
}

void Writer::finding_rule(const FindingRule& r, int position) {
    std::vector<std::string> thresholds;
    for (const FindingRule::Threshold& one : r.thresholds)
        thresholds.push_back(one.name + "\t" + std::to_string(one.value));
    impl_->insert("INSERT INTO finding_rule VALUES (?,?,?,?,?,?,?,?,?,?)", position, r.id, r.family, r.severity, r.who,
                  r.source, r.practice ? 1 : 0, joined(r.arguments), joined(r.withdrawn_by), joined(thresholds));
}

void Writer::entry(const Entry& e, int position) {
    std::vector<std::string> facts;
    for (const Sourced& fact : e.facts) facts.push_back(fact.source + "\t" + fact.value);
    impl_->insert("INSERT INTO vocabulary_entry VALUES (?,?,?,?,?,?,?)", e.kind, e.name, position, e.title, e.source,
                  joined(facts), joined(e.responses));
}

void Writer::exchange(const Exchange& e) {
    impl_->insert("INSERT INTO exchange VALUES (?,?)", e.id, e.script);
    int position = 0;
    for (const std::string& response : e.shows)
        impl_->insert("INSERT INTO shown VALUES (?,?,?)", response, e.id, position++);
}

void Writer::passage(const std::string& subject, const std::string& key, int position, const Passage& words) {
    impl_->insert("INSERT INTO passage VALUES (?,?,?,?,?,?)", subject, words.language, position, key, words.markup,
                  words.outdated ? 1 : 0);
}

void Writer::index(const Indexed& e) {
    const int row = ++impl_->rows;
    impl_->insert("INSERT INTO indexed VALUES (?,?,?,?)", row, e.kind, e.id, e.language);
    impl_->insert("INSERT INTO words (rowid, title, phrases, body) VALUES (?,?,?,?)", row,
                  joined_words(e.title, e.language), joined_words(e.phrases, e.language),
                  joined_words(e.text, e.language));
}

void Writer::name(const std::string& name, const std::string& language, const std::string& kind, const std::string& id,
                  int weight) {
    const std::string folded = joined_words(name, language.empty() ? "en" : language);
    if (!folded.empty())
        impl_->insert("INSERT OR IGNORE INTO name VALUES (?,?,?,?,?)", folded, language, kind, id, weight);
}

void Writer::hit(const std::string& kind, const std::string& id, const std::string& language, const std::string& title,
                 const std::string& gloss) {
    impl_->insert("INSERT OR REPLACE INTO hit VALUES (?,?,?,?,?)", kind, id, language, title, gloss);
}

void Writer::finish() {
    impl_->database.exec("INSERT INTO words(words) VALUES ('optimize')");
    impl_->database.exec("COMMIT");
    impl_->database.exec("VACUUM");
    impl_->database = SQLite::Database(":memory:");  // closes the file before it gets its name
    seal(impl_->draft);
    std::filesystem::rename(impl_->draft, impl_->file);
    impl_->finished = true;
}

}  // namespace sipdex::catalog
