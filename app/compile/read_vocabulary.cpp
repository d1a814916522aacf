// data/: header fields, methods, timers, warning codes, Reason protocols, Q.850 causes and the titles of RFCs.
#include <algorithm>

#include "compile/compile.h"

namespace sipdex::compile {

namespace {

using catalog::Entry;
using source::Problems;
using source::Table;

void add_text(Entry& entry, Table& table, const char* fact) {
    if (table.has(fact)) entry.facts.push_back({table.text(fact), fact});
}

void add_number(Entry& entry, Table& table, const char* fact) {
    if (table.has(fact)) entry.facts.push_back({std::to_string(table.number(fact)), fact});
}

void add_flag(Entry& entry, Table& table, const char* fact) {
    entry.facts.push_back({table.flag_or(fact, false) ? "yes" : "no", fact});
}

Entry read_header(Table& table, const Model& model) {
    Entry entry{"header", table.text("name"), {}, table.text("defined_in"), {}, {}};
    add_text(entry, table, "compact");
    add_text(entry, table, "status");
    for (const auto& told : model.responses)
        for (const catalog::HeaderFact& header : told.fact.headers)
            if (header.name == entry.name) {
                entry.responses.push_back(told.fact.id);
                break;
            }
    return entry;
}

Entry read_method(const std::string& name, Table& table) {
    Entry entry{"method", name, {}, table.text("defined_in"), {}, table.texts("codes")};
    table.text("source");
    add_text(entry, table, "usage");
    add_flag(entry, table, "answered");
    add_flag(entry, table, "challenged");
    return entry;
}

Entry read_timer(const std::string& name, Table& table) {
    Entry entry{"timer", name, {}, table.text("source"), {}, table.texts("codes")};
    for (const char* fact : {"value", "machine", "repeats", "reliable"}) add_text(entry, table, fact);
    for (const char* fact : {"default_ms", "from_ms", "to_ms", "step_ms"}) add_number(entry, table, fact);
    for (const char* fact : {"meaning", "section"}) table.has(fact);  // what app/facts is made of
    return entry;
}

Entry read_warning(Table& table) {
    Entry entry{"warning",          std::to_string(table.number("code")), table.text("text"), table.text("source"), {},
                table.texts("with")};
    if (table.has("automatic")) add_flag(entry, table, "automatic");
    return entry;
}

Entry read_reason(Table& table) {
    Entry entry{"reason", table.text("name"), {}, table.text("source"), {}, {}};
    add_text(entry, table, "cause");
    if (table.flag_or("repeatable", false)) entry.facts.push_back({"yes", "repeatable"});
    for (Table& value : table.tables("value")) {
        entry.facts.push_back({std::to_string(value.number("cause")) + " " + value.text("name"), "own-value"});
        value.done();
    }
    return entry;
}

Entry read_rfc(const std::string& number, Table& table) {
    Entry entry{"rfc", number, table.text("title"), "RFC " + number, {}, {}};
    add_number(entry, table, "year");
    return entry;
}

// Both directions of RFC 3398 as facts: "603 location-user".
Entry read_cause(Table& table, const Model& model) {
    Entry entry{"cause", std::to_string(table.number("value")), table.text("name"), table.text("source"), {}, {}};
    for (const auto& told : model.responses) {
        const auto add = [&](const std::vector<catalog::Q850Mapping>& mappings, const char* fact) {
            for (const catalog::Q850Mapping& mapping : mappings)
                // Those of the rest are too many to list; they are one fact of their own.
                if (std::to_string(mapping.cause) == entry.name && mapping.condition != "not-listed")
                    entry.facts.push_back(
                        {told.fact.id + (mapping.condition.empty() ? "" : " " + mapping.condition), fact});
        };
        add(told.fact.from_q850, "becomes");
        add(told.fact.to_q850, "made-of");
    }
    return entry;
}

// What RFC 3398 says beside its two tables: causes that become no response, requests that become a cause, header
// fields that go along, and what holds for all the rest.
void add_gateway_rules(Table& file, Model& model) {
    const auto cause = [&](long value) -> Entry* {
        for (auto& told : model.entries)
            if (told.fact.kind == "cause" && told.fact.name == std::to_string(value)) return &told.fact;
        return nullptr;
    };
    for (Table& row : file.tables("no_response"))
        if (Entry* entry = cause(row.number("cause")))
            entry->facts.push_back({row.text("outcome"), "becomes-no-response"});
    for (Table& row : file.tables("request_to_q850"))
        if (Entry* entry = cause(row.number("cause"))) entry->facts.push_back({row.text("method"), "made-of-request"});
    for (Table& row : file.tables("response_header"))
        for (const long long value : row.numbers("causes"))
            if (Entry* entry = cause(value))
                entry->facts.push_back({row.text("name"), "goes-with-" + row.text("strength")});
    if (auto rest = file.table("default_to_q850"))
        if (Entry* entry = cause(rest->number("cause"))) entry->facts.push_back({"any-other-code", "made-of-rest"});
    auto rest = file.table("default_from_q850");
    if (!rest) return;
    const std::string code = std::to_string(rest->number("code"));
    for (auto& told : model.entries) {
        const auto& facts = told.fact.facts;
        const bool named = std::any_of(facts.begin(), facts.end(),
                                       [](const catalog::Sourced& fact) { return fact.source.starts_with("becomes"); });
        if (told.fact.kind == "cause" && !named) told.fact.facts.push_back({code + " not-listed", "becomes"});
    }
}

// Opens a file of data/ where there is one; the rest of the repository does without it.
template <typename Read>
void with_file(const std::filesystem::path& repository, const char* name, Model& model, Problems& problems, Read read) {
    const auto path = repository / "data" / name;
    if (!std::filesystem::exists(path)) return;
    if (auto table = open(repository, path, model, problems)) read(*table);
}

void keep(Model& model, Table& table, Entry entry) {
    table.done();
    model.entries.push_back({std::move(entry), &table.file()});
}

}  // namespace

void read_vocabulary(const std::filesystem::path& repository, Model& model, Problems& problems) {
    with_file(repository, "headers.toml", model, problems, [&](Table& file) {
        for (Table& table : file.tables("header")) keep(model, table, read_header(table, model));
    });
    with_file(repository, "methods.toml", model, problems, [&](Table& file) {
        for (const std::string& name : file.keys())
            if (auto table = file.table(name)) keep(model, *table, read_method(name, *table));
    });
    with_file(repository, "timers.toml", model, problems, [&](Table& file) {
        for (const std::string& name : file.keys())
            if (auto table = file.table(name)) keep(model, *table, read_timer(name, *table));
    });
    with_file(repository, "warnings.toml", model, problems, [&](Table& file) {
        for (Table& table : file.tables("warning")) keep(model, table, read_warning(table));
    });
    with_file(repository, "reasons.toml", model, problems, [&](Table& file) {
        for (Table& table : file.tables("protocol")) keep(model, table, read_reason(table));
    });
    with_file(repository, "rfcs.toml", model, problems, [&](Table& file) {
        for (const std::string& number : file.keys())
            if (auto table = file.table(number)) keep(model, *table, read_rfc(number, *table));
    });
    with_file(repository, "q850.toml", model, problems, [&](Table& file) {
        for (Table& table : file.tables("cause")) keep(model, table, read_cause(table, model));
        add_gateway_rules(file, model);
    });
}

void name_causes(Model& model, Problems& problems) {
    const auto english = model.words.find("en");
    if (english == model.words.end()) return;
    for (const auto& told : model.entries) {
        if (told.fact.kind != "cause") continue;
        const auto subject = english->second.find("cause/" + told.fact.name);
        if (subject == english->second.end()) continue;
        std::vector<Words>& words = subject->second.words;
        if (const Words* written = subject->second.find("name"))
            problems.add(*written->file, written->value.place,
                         "the English name of a cause stands in " + told.file->name);
        else words.insert(words.begin(), Words{"name", {told.fact.title, {}, false}, told.file});
    }
}

}  // namespace sipdex::compile
