#include "catalog/search_index.h"

#include <sqlite3.h>

#include <algorithm>

#include "catalog/database.h"
#include "language/fold.h"

namespace sipdex::catalog {

namespace {

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view view(sqlite3_stmt* row, int column) {
    const auto* begin = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
    return begin ? std::string_view(begin, static_cast<std::size_t>(sqlite3_column_bytes(row, column)))
                 : std::string_view();
}

// Several hundred thousand places: read past SQLiteCpp, whose columns cost more than what they hold.
void read_words(const Catalog::Impl& impl, WordIndex& words) {
    const auto check = [&](int code) {
        if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
            throw CatalogError(CatalogError::Why::damaged, impl.path,
                               first_line(sqlite3_errmsg(impl.database.getHandle())));
        return code;
    };
    check(sqlite3_exec(impl.database.getHandle(),
                       "CREATE VIRTUAL TABLE IF NOT EXISTS temp.place USING fts5vocab(main, words, instance)", nullptr,
                       nullptr, nullptr));
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(impl.database.getHandle(), "SELECT term, doc, col, offset FROM temp.place", -1, &made,
                             nullptr));
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> row(made, sqlite3_finalize);
    while (check(sqlite3_step(row.get())) == SQLITE_ROW) {
        const std::string_view column = view(row.get(), 2);
        words.add(view(row.get(), 0), static_cast<std::size_t>(sqlite3_column_int64(row.get(), 1)),
                  column == "title"     ? 0
                  : column == "phrases" ? 1
                                        : 2,
                  static_cast<unsigned>(sqlite3_column_int(row.get(), 3)));
    }
    words.finish();
}

}  // namespace

const SearchIndex::Code* SearchIndex::code(std::string_view id) const {
    const auto at = std::ranges::find(codes, id, &Code::id);
    return at == codes.end() ? nullptr : &*at;
}

SearchIndex read_search_index(const Catalog::Impl& impl) {
    SearchIndex index;
    each_row(impl, "SELECT id, code, code || ' ' || phrase FROM response ORDER BY status <> 'registered', code, id", {},
             [&](auto& row) {
                 index.codes.push_back({text(row, 0), text(row, 1), text(row, 2)});
             });
    each_row(impl, "SELECT folded, language, kind, id, weight FROM name ORDER BY folded, language, kind, id", {},
             [&](auto& row) {
                 const std::string folded = text(row, 0);
                 index.names.push_back(
                     {folded, text(row, 1), text(row, 2), text(row, 3), number(row, 4), characters_in(folded)});
             });
    each_row(impl, "SELECT kind, id, language, title, gloss FROM hit", {}, [&](auto& row) {
        const std::string title = text(row, 3);
        index.shown[{text(row, 0), text(row, 1), text(row, 2)}] = {title, text(row, 4), language::folded(title)};
    });
    index.subjects.emplace_back();
    each_row(impl, "SELECT kind, subject, language FROM indexed ORDER BY id", {}, [&](auto& row) {
        index.subjects.push_back({text(row, 0), text(row, 1), text(row, 2)});
    });
    read_words(impl, index.words);
    index.spellings = language::Spellings(index.words.words());
    return index;
}

}  // namespace sipdex::catalog
