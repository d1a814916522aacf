// What the commands about the reader's own desk have in common.
#pragma once
#include <string>
#include <vector>

#include "cli/session.h"
#include "document/span.h"
#include "user/desk.h"

namespace sipdex::cli {

// The desk; throws Failure with the reason where it can be neither read nor written.
user::Desk& desk_of(const Session& session);

// Keeps what was changed; throws Failure where it is not on the disk afterwards.
void keep(const Session& session);

// One sentence on standard error where notes exist but cannot be read: the command goes on without them.
void complain_of_desk(const Session& session);

// Remembers a page that a person opened: not one that a script asked for, or that went into a file. Never fails.
void visited(const Session& session, const document::Target& page);

// The name of the page that such words open ("607", "300 607", "early-dialog"). Throws Failure where there is none.
std::string page_name(const Session& session, const std::vector<std::string>& words);

// Pages by name, each with its title, in the format asked for; `key` is the name of the list in JSON.
void put_pages(const Session& session, const std::string& title, const char* key,
               const std::vector<std::string>& names);

}  // namespace sipdex::cli
