// What every command is handed: the catalog, the reader's language and desk, and where the output goes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "language/words.h"
#include "page/reader.h"
#include "user/desk.h"

namespace sipdex::cli {

// The options that all commands share, as given.
struct OutputOptions {
    std::string format;  // empty: by the output's extension, otherwise text
    std::string output;  // empty: standard output
    std::string paper = "a4";
    bool monochrome = false;
    int columns = 0;  // 0: the terminal's, or 80
    bool landscape = false;
    bool handout = false;
    std::string form;          // "card", "short", "full"; empty: full
    std::string header, logo;  // what stands above each page: a name, the file of a picture
    std::string date;          // "2026-11-30"; empty: today; "none"
};

struct Session {
    const catalog::Catalog& catalog;
    const language::Words& words;
    OutputOptions output;
    user::Desk* desk = nullptr;  // the reader's own; every command has one, a window that saves a sheet none

    page::Reader reader() const { return {catalog, words, desk ? &desk->kept() : nullptr}; }
};

}  // namespace sipdex::cli
