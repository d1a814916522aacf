// data/: what the code needs of responses, methods, Q.850 and timers.
#include <algorithm>
#include <optional>
#include <set>

#include "facts/generate/sources.h"
#include "source/open.h"

namespace sipdex::facts {

namespace {

using source::Problems;
using source::Table;

void read_response(Table& table, Sources& sources) {
    const int code = static_cast<int>(table.number("code"));
    const std::string phrase = table.text("phrase");
    // What vendors say, and a profile of another code, goes with its phrase from whoever says it.
    if (table.text("status") != "registered") return;
    if (!sources.phrases.emplace(code, phrase).second)
        table.problem(table.place_of_key("code"), std::to_string(code) + " is registered in another file already");
}

// "location-user" as an enumerator of facts.h.
std::string read_condition(Table& row, const std::vector<std::string>& known) {
    if (!row.has("condition")) return "always";
    std::string name = row.token("condition", known);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

std::map<long long, std::string> read_names(Table& file) {
    std::map<long long, std::string> names;
    for (Table& cause : file.tables("cause")) {
        const long long value = cause.number("value");
        names[value] = cause.text("name");
    }
    return names;
}

// The causes of temporary failures: those whose response may have a Retry-After.
std::set<long long> read_temporary(Table& file) {
    std::set<long long> temporary;
    for (Table& header : file.tables("response_header"))
        if (header.text("name") == "Retry-After")
            for (const long long cause : header.numbers("causes")) temporary.insert(cause);
    return temporary;
}

int read_default(Table& file, const char* key, const char* what) {
    auto rest = file.table(key);
    if (rest) return static_cast<int>(rest->number(what));
    if (!file.has(key)) file.problem(file.place(), "'" + std::string(key) + "' is missing");
    return 0;
}

void read_q850(Table& file, Sources& sources) {
    const auto names = read_names(file);
    const auto temporary = read_temporary(file);
    const auto cause_of = [&](Table& row) {
        const long long cause = row.number("cause");
        if (row.has("cause") && !names.contains(cause))
            row.problem(row.place_of_key("cause"), "no cause has the value " + std::to_string(cause));
        return static_cast<int>(cause);
    };
    for (Table& row : file.tables("from_q850")) {
        CauseRow read;
        read.cause = cause_of(row);
        const auto name = names.find(read.cause);
        if (name != names.end()) read.name = name->second;
        read.status = static_cast<int>(row.number("code"));
        read.condition = read_condition(row, {"location-user", "with-diagnostic", "without-diagnostic", "ansi-isup"});
        read.later = temporary.contains(read.cause);
        sources.from_q850.push_back(std::move(read));
    }
    for (Table& row : file.tables("to_q850")) {
        StatusRow read;
        read.status = static_cast<int>(row.number("code"));
        read.cause = cause_of(row);
        read.condition =
            read_condition(row, {"no-credentials", "not-remedied", "warning-bearer-capability", "other-warning"});
        sources.to_q850.push_back(std::move(read));
    }
    if (sources.from_q850.empty()) file.problem(file.place(), "'from_q850' is missing");
    if (sources.to_q850.empty()) file.problem(file.place(), "'to_q850' is missing");
    sources.default_from_q850 = read_default(file, "default_from_q850", "code");
    sources.default_to_q850 = read_default(file, "default_to_q850", "cause");
}

// What paces retransmissions is set to its value at first only, and means nothing where a transport repeats by itself.
TimerTexts read_timer(const std::string& name, Table& table) {
    TimerTexts timer;
    timer.name = name;
    timer.meaning = table.text("meaning");
    const std::string source = table.text("source");
    timer.section = table.text_or("section", source.substr(0, source.find(';')));
    const std::string value = table.text("value");
    timer.unreliable = table.has("repeats") ? "initially " + value : value;
    timer.reliable = table.text_or("reliable", timer.unreliable);
    if (timer.reliable == "off") timer.reliable = "not started";
    return timer;
}

// Intervals that belong to a response code, and the timer of subscriptions, are not of the table.
void read_timers(Table& file, Sources& sources) {
    for (const std::string& name : file.keys())
        if (auto table = file.table(name); table && (table->has("meaning") || table->has("section")))
            sources.timers.push_back(read_timer(name, *table));
    if (sources.timers.empty()) file.problem(file.place(), "no timer has a 'meaning'");
}

}  // namespace

Sources read(const std::filesystem::path& repository, Problems& problems) {
    Sources sources;
    const std::filesystem::path data = repository / "data";
    std::set<std::filesystem::path> responses;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(data / "responses", none))
        if (entry.path().extension() == ".toml") responses.insert(entry.path());
    for (const auto& path : responses)
        if (auto table = source::open_toml(repository, path, problems)) read_response(*table, sources);
    if (responses.empty()) problems.add({"data/responses", {}}, {}, "holds no response");
    if (auto file = source::open_toml(repository, data / "methods.toml", problems)) {
        for (const std::string& name : file->keys())
            if (file->table(name)) sources.methods.push_back(name);
        if (sources.methods.empty()) file->problem(file->place(), "holds no method");
    }
    if (auto file = source::open_toml(repository, data / "q850.toml", problems)) read_q850(*file, sources);
    if (auto file = source::open_toml(repository, data / "timers.toml", problems)) read_timers(*file, sources);
    return sources;
}

}  // namespace sipdex::facts
