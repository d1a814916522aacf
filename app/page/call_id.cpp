#include "page/call_id.h"

#include <algorithm>
#include <charconv>

namespace sipdex::page {

namespace {
constexpr std::string_view prefix = "call/";
}

std::string call_id(std::size_t story) { return std::string(prefix) + std::to_string(story + 1); }

std::optional<std::size_t> call_of(std::string_view id) {
    if (!id.starts_with(prefix)) return std::nullopt;
    id.remove_prefix(prefix.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (error != std::errc() || end != id.data() + id.size() || number == 0) return std::nullopt;
    return number - 1;
}

bool any_is_call(const std::vector<std::string>& ids) {
    return std::ranges::any_of(ids, [](const std::string& id) { return call_of(id).has_value(); });
}

}  // namespace sipdex::page
