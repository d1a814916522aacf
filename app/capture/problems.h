// Problems as they are met, each kind and subject kept once with how often it came, so that their number is bounded.
#pragma once
#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "capture/capture.h"

namespace sipdex::capture {

class Problems {
public:
    void note(Problem::Kind kind, std::uint64_t frame, std::uint64_t offset = 0, std::uint64_t number = 0,
              std::string_view subject = {}) {
        if (told_.contains(kind)) return;
        const auto known = std::ranges::find_if(list_, [&](const Problem& one) {
            return one.kind == kind && one.subject == subject &&
                   (kind != Problem::Kind::unknown_link_type || one.number == number);
        });
        if (known != list_.end()) ++known->count;
        else if (list_.size() < most)
            list_.push_back({.kind = kind,
                             .count = 1,
                             .frame = frame,
                             .offset = offset,
                             .number = number,
                             .subject = std::string(subject)});
    }

    // The largest number counts, not the first.
    void note_largest(Problem::Kind kind, std::uint64_t frame, std::uint64_t offset, std::uint64_t number) {
        note(kind, frame, offset, number);
        const auto known = std::ranges::find(list_, kind, &Problem::kind);
        if (known != list_.end() && !told_.contains(kind)) known->number = std::max(known->number, number);
    }

    // What a file tells of the one that it was made from: it counts, and what is met of the kind in the file does not. A count
    // of 0 says that there was none.
    void tell(const Problem& problem) {
        told_.insert(problem.kind);
        std::erase_if(list_, [&](const Problem& one) { return one.kind == problem.kind; });
        if (problem.count > 0 && list_.size() < most) list_.push_back(problem);
    }

    std::vector<Problem> taken() { return std::move(list_); }

private:
    static constexpr std::size_t most = 256;  // link types can be many

    std::vector<Problem> list_;
    std::set<Problem::Kind> told_;
};

}  // namespace sipdex::capture
