#include "tidy/sources.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <sstream>

namespace sipdex::test {

namespace {

std::string without_comments(const std::string& text) {
    std::istringstream lines(text);
    std::string kept;
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("#")) kept += line + "\n";
    return kept;
}

std::string only_in(const std::string& name, const std::vector<std::string>& one,
                    const std::vector<std::string>& other) {
    std::vector<std::string> more;
    std::ranges::set_difference(one, other, std::back_inserter(more));
    std::string all;
    for (const std::string& each : more) all += (all.empty() ? "only in " + name + ": " : ", ") + each;
    return all;
}

}  // namespace

const compile::Model& model() {
    static const compile::Model read = [] {
        source::Problems problems;
        compile::Model whole = compile::read(SIPDEX_SOURCE_DIR, problems);
        REQUIRE_MESSAGE(problems.empty(), problems.printed());
        return whole;
    }();
    return read;
}

std::vector<std::map<std::string, std::string>> read_csv(const std::string& commented) {
    const std::string text = without_comments(commented);
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') rows.back().back() += text[++i];
        else if (c == '"') quoted = !quoted;
        else if (quoted) rows.back().back() += c;
        else if (c == ',') rows.back().emplace_back();
        else if (c == '\n') rows.push_back({""});
        else if (c != '\r') rows.back().back() += c;
    }
    std::vector<std::map<std::string, std::string>> table;
    for (std::size_t row = 1; row < rows.size(); ++row)
        if (rows[row].size() == rows[0].size())
            for (std::size_t column = 0; column < rows[0].size(); ++column) {
                if (column == 0) table.emplace_back();
                table.back()[rows[0][column]] = rows[row][column];
            }
    return table;
}

std::string difference_of(std::vector<std::string> one, std::vector<std::string> other, const std::string& first,
                          const std::string& second) {
    std::ranges::sort(one);
    std::ranges::sort(other);
    const std::string more = only_in(first, one, other), less = only_in(second, other, one);
    return more + (more.empty() || less.empty() ? "" : "; ") + less;
}

}  // namespace sipdex::test
