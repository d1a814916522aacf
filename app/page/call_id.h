// What a captured call is called where an exchange of the catalog has its id: "call/3" is the third in the list of calls.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::page {

std::string call_id(std::size_t story);

// The place of the call among those that were brought; nothing for any other id. Whether there is such a call is for
// whoever has them to say.
std::optional<std::size_t> call_of(std::string_view id);

bool any_is_call(const std::vector<std::string>& ids);

}  // namespace sipdex::page
