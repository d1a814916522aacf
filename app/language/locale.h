// Language tags (BCP 47): which are well formed, which of those on offer serves a reader best.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::language {

// The tag in its usual spelling ("FR_ca" → "fr-CA"); nothing when it is not a language tag at all.
std::optional<std::string> canonical(std::string_view tag);

// Whether a folder of words may be called so: a tag in its usual spelling whose language ISO 639 knows.
bool is_known_language(std::string_view tag);

// What LC_ALL, LC_MESSAGES or LANG ask for, as a tag; "en" for C, POSIX and nothing.
std::string tag_of_environment();

// The best of `offered` for a reader who wants `wanted`: "fr-CA" is served by "fr". Nothing when none suits.
std::optional<std::string> best_match(std::string_view wanted, const std::vector<std::string>& offered);

// "français" for "fr", as its speakers write it.
std::string own_name(std::string_view tag);

bool is_right_to_left(std::string_view tag);

// Sorts as a reader of the language expects; equal texts keep their order.
void sort_for_reader(std::vector<std::string>& words, std::string_view tag);

// "2 776" in French, "2,776" in English.
std::string number_for_reader(long number, std::string_view tag);

// "7 juillet 2026" in French, "7 July 2026" in English: the day of a moment, in milliseconds since 1970 (UTC), where the
// reader is.
std::string date_for_reader(std::int64_t moment, std::string_view tag);

}  // namespace sipdex::language
