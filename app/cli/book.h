// What an export writes as one file: a poster, a card for the desk, a booklet.
#pragma once
#include <string>
#include <vector>

#include "cli/session.h"

namespace sipdex::cli {

// `what` is "poster" or "deskcard". In any format; on paper in columns that fill it.
int export_overview(const Session& session, const std::string& what);

// The pages named, as `show` opens them, or the cards of all registered codes. As PDF only; throws UsageError otherwise.
int export_book(const Session& session, const std::vector<std::string>& names, bool imposed);

}  // namespace sipdex::cli
