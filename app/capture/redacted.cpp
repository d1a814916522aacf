#include "capture/redacted.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sipdex::capture {

namespace {

constexpr std::string_view behind = " octets before redaction";
constexpr std::uint32_t most = 65535;  // no datagram is larger (RFC 768)

// What the copy has no more: it is put together from what was read.
constexpr std::array lost_in_the_copy = {
    Problem::Kind::tail_missing,      Problem::Kind::damaged_record,      Problem::Kind::compression_cut,
    Problem::Kind::time_goes_back,    Problem::Kind::octets_not_captured, Problem::Kind::damaged_packet,
    Problem::Kind::fragments_missing, Problem::Kind::stream_gap,          Problem::Kind::stream_out_of_step};
constexpr std::string_view of_original = "before redaction: ";

// A number at the front, which is taken off.
std::optional<std::uint64_t> number_at(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

}  // namespace

std::string comment_of_size(std::uint32_t octets) { return std::to_string(octets) + std::string(behind); }

std::optional<std::uint32_t> size_in_comment(std::string_view comment) {
    std::uint32_t octets = 0;
    const auto [end, error] = std::from_chars(comment.data(), comment.data() + comment.size(), octets);
    if (error != std::errc() || octets == 0 || octets > most) return std::nullopt;
    if (comment.substr(static_cast<std::size_t>(end - comment.data())) != behind) return std::nullopt;
    return octets;
}

std::string comment_of_problem(const Problem& problem) {
    if (std::ranges::find(lost_in_the_copy, problem.kind) == lost_in_the_copy.end()) return {};
    return std::string(of_original) + std::string(name_of(problem.kind)) + ' ' + std::to_string(problem.count) +
           (problem.number > 0 ? ", " + std::to_string(problem.number) : "");
}

std::optional<Problem> problem_in_comment(std::string_view comment) {
    if (!comment.starts_with(of_original)) return std::nullopt;
    comment.remove_prefix(of_original.size());
    const auto kind = std::ranges::find_if(lost_in_the_copy, [&](Problem::Kind one) {
        const std::string_view name = name_of(one);
        return comment.starts_with(name) && comment.substr(name.size()).starts_with(' ');
    });
    if (kind == lost_in_the_copy.end()) return std::nullopt;
    comment.remove_prefix(name_of(*kind).size() + 1);
    Problem problem{.kind = *kind};
    const auto count = number_at(comment);
    if (!count) return std::nullopt;
    problem.count = *count;
    if (comment.empty()) return problem;
    if (!comment.starts_with(", ")) return std::nullopt;
    comment.remove_prefix(2);
    const auto number = number_at(comment);
    if (!number || !comment.empty()) return std::nullopt;
    problem.number = *number;
    return problem;
}

}  // namespace sipdex::capture
