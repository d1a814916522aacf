#include "capture/answer_key.h"

#include <sstream>

#include "support/text.h"

namespace sipdex::test {

namespace {

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') quoted = !quoted;
        else if (line[i] == ',' && !quoted) cells.emplace_back();
        else if (line[i] != '\r') cells.back() += line[i];
    }
    return cells;
}

}  // namespace

std::vector<Row> rows_of(const std::string& table) {
    std::istringstream in(table);
    std::string line;
    std::getline(in, line);
    const std::vector<std::string> names = cells_of(line);
    std::vector<Row> rows;
    while (std::getline(in, line)) {
        const std::vector<std::string> cells = cells_of(line);
        Row& row = rows.emplace_back();
        for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) row[names[i]] = cells[i];
    }
    return rows;
}

evidence::Vocabulary corpus_vocabulary() {
    evidence::Vocabulary words;
    for (const Row& row : rows_of(content_of(shared_folder() / "reference/headers.csv")))
        words.add_field(row.at("header"));
    for (const Row& row : rows_of(content_of(shared_folder() / "reference/response-codes.csv")))
        words.add_phrase(std::stoi(row.at("code")), row.at("phrase"));
    return words;
}

}  // namespace sipdex::test
