// Every format a document can be written in. A line in formats.cpp brings the command line's --format and
// the window's export dialog; the painter itself is a file of its own.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "paint/options.h"

namespace sipdex::paint {

struct Format {
    std::string_view name;        // "pdf", as given to --format
    std::string_view extension;   // "pdf", without the dot
    std::string_view media_type;  // "application/pdf"
    bool for_terminals;           // readable as it stands; other octets belong into a file
    std::string (*paint)(const document::Document& document, const Options& options);
};

const std::vector<Format>& formats();

// Nothing for a name or extension that none has; case does not matter.
const Format* format_named(std::string_view name);
const Format* format_for_file(std::string_view path);  // by its extension

}  // namespace sipdex::paint
