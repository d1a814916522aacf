// The open file behind a Catalog and how its rows are read; for the parts of the catalog layer.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <future>
#include <map>
#include <optional>

#include "catalog/catalog.h"
#include "catalog/search_index.h"

namespace sipdex::catalog {

struct Catalog::Impl {
    std::filesystem::path path;
    mutable SQLite::Database database;
    // What is asked for again and again, kept from the first time on.
    mutable std::map<std::string, std::vector<std::string>, std::less<>> entries{};  // names by kind
    mutable std::vector<Situation> situations{};
    mutable std::vector<Speaker> speakers{};
    mutable std::vector<FindingRule> finding_rules{};
    mutable std::optional<SearchIndex> search{};
    mutable std::future<SearchIndex> search_to_come{};  // while another thread reads it
    mutable std::map<std::string, std::vector<ListedResponse>, std::less<>> responses{};  // by language

    const SearchIndex& search_index() const;
};

// SQLite shows a damaged schema in full, over many lines.
inline std::string first_line(const std::string& problem) { return problem.substr(0, problem.find('\n')); }

// Runs a query and hands over each row. A database that breaks under it is a damaged catalog.
template <typename Row>
void each_row(const Catalog::Impl& impl, const char* sql, const std::vector<std::string>& values, Row row) {
    try {
        SQLite::Statement statement(impl.database, sql);
        int column = 0;
        for (const std::string& value : values) statement.bind(++column, value);
        while (statement.executeStep()) row(statement);
    } catch (const SQLite::Exception& problem) {
        throw CatalogError(CatalogError::Why::damaged, impl.path, first_line(problem.what()));
    }
}

inline std::string text(SQLite::Statement& row, int column) { return row.getColumn(column).getString(); }
inline int number(SQLite::Statement& row, int column) { return row.getColumn(column).getInt(); }

}  // namespace sipdex::catalog
