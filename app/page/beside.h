// Two calls, or a call and an exchange of the catalog, beside each other: where the second takes another course than the
// first.
//
//     Call 1: `486` from 192.0.2.3 to 192.0.2.1 (message 4); Exchange 200-answered: `200` from Bob to Alice (message 4).
//
// Messages are compared one after the other, by method or code and by who sends them to whom. Who is who is told by the
// order in which they appear: the first who sends something is the caller in both. Times and repetitions are left out.
#pragma once
#include <optional>
#include <string>

#include "page/pages.h"

namespace sipdex::page {

// Nothing where they take the same course. `as_it_is` is the message of the first, `changed` that of the second.
std::optional<Replay::FirstDifference> first_difference(const Reader& reader, const Replay& first,
                                                        const Replay& second);

// What it is called beside another: "Call 3", "Exchange 486-busy".
std::string name_beside(const Reader& reader, const Replay& replay);

// In one document: what differs first, and both ladders with that message marked.
document::Document beside(const Reader& reader, const Replay& first, const Replay& second);

}  // namespace sipdex::page
