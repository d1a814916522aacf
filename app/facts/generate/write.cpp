// facts.cpp: the functions of facts.h, each with its table.
#include "facts/generate/sources.h"

namespace sipdex::facts {

namespace {

std::string literal(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

// One function that answers with a table of its own, a row for each line.
std::string table(const std::string& row_type, const std::string& function, const std::string& rows) {
    return "\nstd::span<const " + row_type + "> " + function + "() {\n    static constexpr " + row_type +
           " rows[] = {\n" + rows + "    };\n    return rows;\n}\n";
}

std::string row(const std::string& fields) { return "        {" + fields + "},\n"; }

std::string number(const std::string& function, int value) {
    return "\nint " + function + "() { return " + std::to_string(value) + "; }\n";
}

}  // namespace

std::string written(const Sources& sources) {
    std::string out =
        "// Generated from data/ by sipdex-facts, do not edit.\n#include \"facts/facts.h\"\n\n"
        "namespace sipdex::facts {\n\nstd::string reason_phrase(int status) {\n    switch (status) {\n";
    for (const auto& [status, phrase] : sources.phrases)
        out += "        case " + std::to_string(status) + ": return " + literal(phrase) + ";\n";
    out +=
        "    }\n    return {};\n}\n\nconst std::vector<std::string>& registered_methods() {\n"
        "    static const std::vector<std::string> methods = {\n";
    for (const std::string& method : sources.methods) out += "        " + literal(method) + ",\n";
    out += "    };\n    return methods;\n}\n";
    std::string rows;
    for (const CauseRow& each : sources.from_q850)
        rows += row(std::to_string(each.cause) + ", " + literal(each.name) + ", " + std::to_string(each.status) +
                    ", Condition::" + each.condition + ", " + (each.later ? "true" : "false"));
    out += table("FromQ850", "from_q850", rows);
    rows.clear();
    for (const StatusRow& each : sources.to_q850)
        rows += row(std::to_string(each.status) + ", " + std::to_string(each.cause) + ", Condition::" + each.condition);
    out += table("ToQ850", "to_q850", rows);
    out += number("default_from_q850", sources.default_from_q850);
    out += number("default_to_q850", sources.default_to_q850);
    rows.clear();
    for (const TimerTexts& each : sources.timers)
        rows += row(literal(each.name) + ", " + literal(each.unreliable) + ", " + literal(each.reliable) + ", " +
                    literal(each.section) + ", " + literal(each.meaning));
    return out + table("TimerRow", "timers", rows) + "\n}  // namespace sipdex::facts\n";
}

}  // namespace sipdex::facts
