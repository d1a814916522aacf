// data/: responses, pairs, terms, exchanges and what the vocabulary adds to a response.
#include <algorithm>
#include <set>

#include "compile/compile.h"
#include "compile/tokens.h"
#include "facts/facts.h"
#include "simulator/plan/exchange.h"
#include "simulator/read_exchange.h"

namespace sipdex::compile {

namespace {

using source::Problems;
using source::Table;

std::string stem(const Table& table) { return std::filesystem::path(table.file().name).stem().string(); }

catalog::Sourced sourced(Table& table, const char* key, const char* value_key, const std::vector<std::string>& allowed,
                         bool needed) {
    auto inner = table.table(key);
    if (!inner) {
        if (needed && !table.has(key)) table.problem(table.place(), "'" + std::string(key) + "' is missing");
        return {};
    }
    catalog::Sourced fact{inner->token(value_key, allowed), inner->text("source")};
    inner->done();
    return fact;
}

catalog::Response read_response(Table& table) {
    catalog::Response r;
    r.id = stem(table);
    r.code = static_cast<int>(table.number("code"));
    r.phrase = table.text("phrase");
    if (r.phrase.find("  ") != std::string::npos || r.phrase.starts_with(' ') || r.phrase.ends_with(' '))
        table.problem("phrase", "one blank parts two words of a phrase, and none stands at its ends");
    r.status = table.token("status", tokens::status);
    r.defined_in = table.text("defined_in");
    if (!r.id.starts_with(std::to_string(r.code)))
        table.problem(table.place_of_key("code"),
                      "the code is " + std::to_string(r.code) + ", but the file is called " + r.id + ".toml");
    const bool needed = r.registered();
    for (Table& by : table.tables("generated_by")) {
        r.generated_by.push_back({by.token("who", tokens::generated_by), by.text("source")});
        by.done();
    }
    if (needed && r.generated_by.empty()) table.problem(table.place(), "'generated_by' is missing");
    if (auto methods = table.table("methods")) {
        r.methods.of = methods->texts("of");
        r.methods.except = methods->texts("except");
        r.methods.source = methods->text("source");
        for (const char* key : {"of", "except"})
            for (const source::Prose& method : methods->proses(key))
                if (const auto& known = facts::registered_methods();
                    std::find(known.begin(), known.end(), method.text) == known.end())
                    methods->problem({method.place.line, method.place.column, method.text.size() + 2},
                                     "'" + method.text + "' is not a method" + source::suggestion(method.text, known));
        methods->done();
    } else if (needed) {
        table.problem(table.place(), "'methods' is missing");
    }
    r.dialog = sourced(table, "dialog", "effect", tokens::dialog, needed);
    r.retry = sourced(table, "retry", "rule", tokens::retry, needed);
    r.proxy = sourced(table, "proxy", "forwarding", tokens::proxy, needed);
    r.failover = sourced(table, "failover", "rule", tokens::failover, needed);
    for (Table& header : table.tables("headers")) {
        r.headers.push_back({header.text("name"), header.token("strength", tokens::strength),
                             header.has("when") ? header.token("when", tokens::condition) : std::string(),
                             header.text("source")});
        header.done();
    }
    r.related = table.texts("related");
    r.sources = table.texts("sources");
    if (r.sources.empty()) table.problem(table.place(), "'sources' is missing");
    for (Table& cause : table.tables("cause")) {
        r.causes.push_back({cause.text("id"), cause.token("where", tokens::where)});
        cause.done();
    }
    for (Table& step : table.tables("step")) {
        r.steps.push_back({step.text("id"), step.token("who", tokens::addressee)});
        step.done();
    }
    table.done();
    return r;
}

catalog::Pair read_pair(Table& table) {
    catalog::Pair pair{table.texts("codes"), table.texts("sources")};
    if (pair.ids.size() != 2) {
        table.problem(table.place_of_key("codes"), "'codes' must hold two codes");
        pair.ids.resize(2);
    } else if (!(pair.ids[0] < pair.ids[1])) {
        table.problem(table.place_of_key("codes"), "the lower code stands first");
    } else if (stem(table) != pair.ids[0] + "-" + pair.ids[1]) {
        table.problem(table.place_of_key("codes"),
                      "the file must be called " + pair.ids[0] + "-" + pair.ids[1] + ".toml");
    }
    if (pair.sources.empty()) table.problem(table.place(), "'sources' is missing");
    table.done();
    return pair;
}

// A final failure that the table leaves out becomes the cause that the RFC names for the rest, unless the
// RFC says that it becomes none.
void read_default_cause(Table& table, const std::map<long, std::string>& names, Model& model) {
    std::set<int> without;
    for (Table& row : table.tables("no_cause")) without.insert(static_cast<int>(row.number("code")));
    auto rest = table.table("default_to_q850");
    if (!rest) return;
    const long long cause = rest->number("cause");
    const auto name = names.find(cause);
    const catalog::Q850Mapping mapping{static_cast<int>(cause), name == names.end() ? std::string() : name->second,
                                       "not-listed", rest->text("source")};
    for (auto& told : model.responses)
        if (told.fact.code >= 400 && told.fact.registered() && told.fact.to_q850.empty() &&
            !without.contains(told.fact.code))
            told.fact.to_q850.push_back(mapping);
}

// RFC 3398: what a gateway makes of a cause, and of a code. Each response is told its own rows.
void read_q850(Table& table, Model& model) {
    std::map<long, std::string> names;
    for (Table& cause : table.tables("cause")) {
        const long long value = cause.number("value");
        names[value] = cause.text("name");
        cause.text("source");
        cause.done();
    }
    for (const char* key : {"from_q850", "to_q850"})
        for (Table& row : table.tables(key)) {
            catalog::Q850Mapping mapping;
            mapping.cause = static_cast<int>(row.number("cause"));
            const std::string code = std::to_string(row.number("code"));
            mapping.condition = row.text_or("condition", {});
            mapping.source = row.text("source");
            row.done();
            if (!names.contains(mapping.cause))
                row.problem(row.place_of_key("cause"), "no cause " + std::to_string(mapping.cause) + " is listed");
            mapping.name = names[mapping.cause];
            bool found = false;
            for (auto& told : model.responses)
                if (told.fact.id == code) {
                    (std::string_view(key) == "from_q850" ? told.fact.from_q850 : told.fact.to_q850).push_back(mapping);
                    found = true;
                }
            if (!found) row.problem(row.place_of_key("code"), "no response is called '" + code + "'");
        }
    read_default_cause(table, names, model);
}

// The catalog keeps what was read here; nobody reads the file again.
void read_exchange(Table& table, Model& model) {
    const std::size_t before = table.problems().size();
    catalog::Exchange fact{stem(table), {}, source::stored(table.value())};
    if (fact.id == "common") {
        model.common_steps = simulator::read_common_steps(table);
    } else {
        simulator::Exchange script = simulator::read_exchange(table);
        for (const int code : script.shows) fact.shows.push_back(std::to_string(code));
        if (table.problems().size() == before) model.scripts.emplace(fact.id, std::move(script));
    }
    model.exchanges.push_back({std::move(fact), &table.file()});
}

}  // namespace

void read_facts(const std::filesystem::path& repository, Model& model, Problems& problems) {
    const auto data = repository / "data";
    for (const auto& file : toml_files(data / "responses"))
        if (auto table = open(repository, file, model, problems))
            model.responses.push_back({read_response(*table), &table->file()});
    for (const auto& file : toml_files(data / "pairs"))
        if (auto table = open(repository, file, model, problems))
            model.pairs.push_back({read_pair(*table), &table->file()});
    if (std::filesystem::exists(data / "terms.toml"))
        if (auto table = open(repository, data / "terms.toml", model, problems))
            for (const std::string& id : table->keys())
                if (auto term = table->table(id)) {
                    model.terms.push_back({{id, term->text("source"), term->texts("see")}, &table->file()});
                    term->done();
                }
    if (std::filesystem::exists(data / "q850.toml"))
        if (auto table = open(repository, data / "q850.toml", model, problems)) read_q850(*table, model);
    for (const auto& path : toml_files(data / "exchanges"))
        if (auto table = open(repository, path, model, problems)) read_exchange(*table, model);
}

}  // namespace sipdex::compile
