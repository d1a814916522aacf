// What the value of an option or an argument is. It is the option's type name for CLI11: help and man pages name it in the
// reader's language, and the shells offer what there is of it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::cli::value {

inline constexpr const char *code = "code", *name = "name", *query = "query", *exchange = "exchange", *phone = "phone",
                            *path = "path", *task = "task", *language = "language", *format = "format", *file = "file",
                            *folder = "folder", *paper = "paper", *columns = "columns", *what = "what",
                            *party = "party", *change = "change", *view = "view", *form = "form", *text = "text",
                            *date = "date", *number = "number", *address = "address";

inline constexpr std::string_view all[] = {code,   name, query,  exchange, phone,   path,   task,  language,
                                           format, file, folder, paper,    columns, what,   party, change,
                                           view,   form, text,   date,     number,  address};

// The words that may be given where the choice is small and the same in every catalog.
inline const std::vector<std::string> tasks = {"info", "check", "coverage"};
inline const std::vector<std::string> exported = {"responses", "pairs",    "all-pairs", "exchanges", "all",
                                                  "poster",    "deskcard", "booklet",   "site"};
// Of the window's views those that open without being told what to show.
inline const std::vector<std::string> views = {"compare", "simulator", "forks", "evidence"};

std::vector<std::string> papers();
std::vector<std::string> forms();

// "info, check, coverage"
std::string listed(const std::vector<std::string>& words);

}  // namespace sipdex::cli::value
