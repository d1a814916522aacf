// An answer that an exchange file prescribes.
//
//     answers = [{ after = "180ms", status = 180 }, { after = "4s", status = 486, phrase = "Busy Here" }]
#pragma once
#include <string>
#include <vector>

#include "simulator/plan/recorded.h"
#include "sip/message.h"
#include "source/table.h"

namespace sipdex::simulator {

struct Answer {
    Time after{};  // since the request arrived
    int status = 0;
    std::string phrase;
    std::vector<std::string> headers;  // "Retry-After: 60"
    std::string content_type;          // only with a body
    std::string body;
};

std::vector<Answer> read_answers(source::Table& fields, std::string_view key);

// Reads the keys of one answer, all but `after`.
Answer read_answer(source::Table& fields);

// Adds the header fields and the body.
void furnish(sip::Message& message, const Answer& answer);

}  // namespace sipdex::simulator
