// One way to find what somebody typed or pasted, for the search box, `sipdex search` and `sipdex show` alike.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "page/desk.h"
#include "page/pasted.h"
#include "page/reader.h"

namespace sipdex::page {

struct Found {
    std::optional<Pasted> pasted;    // where the text is a message, a log or a line of one
    std::vector<catalog::Hit> hits;  // the best first; weak ones only where there is nothing else
    std::vector<OwnHit> own;         // of the reader's own desk: notes, profiles
};

Found look_up(const Reader& reader, std::string_view typed);

// The page that a name, a number or a pasted text means; a notice that offers what is near where it means none.
document::Document page_for(const Reader& reader, const std::string& asked);

// The exchange that shows a response best, or the one of that name or title; nothing when there is none.
std::optional<std::string> exchange_for(const Reader& reader, const std::string& asked);

// The names of exchanges near to what was asked for, at most three.
std::vector<std::string> exchanges_near(const Reader& reader, const std::string& asked);

}  // namespace sipdex::page
