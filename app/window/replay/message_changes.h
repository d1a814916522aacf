// What a message has that another has not: for a message that is passed on, or an answer, what its sender did.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "recording/recording.h"

namespace sipdex::window {

struct FieldChange {
    enum class Kind { added, removed, changed };
    enum class Part { start_line, field, body };
    Kind kind = Kind::added;
    Part part = Part::field;
    std::string name;           // of a header field, in full
    std::string before, after;  // values; of a body nothing
};

// The start line first, then header fields in their order, then the body. A response is compared with a request
// by their header fields only.
std::vector<FieldChange> changes_between(const sip::Message& before, const sip::Message& after);

// The message that this one repeats, forwards or answers, or the attempt before it; nothing for the first of a call.
std::optional<std::size_t> message_before(const recording::Recording& recording, std::size_t message);

}  // namespace sipdex::window
