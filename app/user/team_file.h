// One readable file for a team: what a desk keeps, as TOML.
//
//     sipdex = 1
//
//     [[note]]
//     on = "403"                                   or  phrase = "Account Suspended"
//     text = "our 403 means unpaid"
//     author = "Ana"
//     changed = "2026-07-07T09:30:12.345Z"
//     id = "6f0e…"
//     follows = ["9a41…"]
//
//     [[profile]]
//     name = "Carrier X"
//     speaker = "telnyx"
//     fails_over = [480, 503]
//     phrase = [{text = "Account Suspended", code = 403, meaning = "unpaid"}]
//     from_q850 = [{cause = 21, code = 403}]
//
//     [[favourite]]
//     page = "300 607"
//
// Writing and reading give the same entries again. An entry that somebody writes by hand needs none of author, changed,
// id and follows. The store holds each entry in this form as well.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "source/problem.h"
#include "user/kept.h"

namespace sipdex::user {

// The form that this program writes; it reads this one alone.
inline constexpr int team_file_form = 1;

std::string written(const Entry& entry);
// The whole file: notes, profiles, favourites, then what was deleted.
std::string team_file(const Kept& kept);

struct TeamFile {
    bool newer = false;          // of a form that a later Sipdex writes; nothing was read
    std::vector<Entry> entries;  // in the order of the file; without id or time where it names none
};

// What is wrong becomes problems; entries are worth using only where there are none.
TeamFile read_team_file(source::File file, source::Problems& problems);

}  // namespace sipdex::user
