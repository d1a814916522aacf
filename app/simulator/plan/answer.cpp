#include "simulator/plan/answer.h"

#include "facts/facts.h"
#include "simulator/plan/header_line.h"

namespace sipdex::simulator {

Answer read_answer(source::Table& fields) {
    Answer answer;
    answer.status = static_cast<int>(fields.number("status"));
    if (fields.has("status") && (answer.status < 100 || answer.status > 699))
        fields.problem("status", "a status lies between 100 and 699");
    answer.phrase = fields.text_or("phrase", facts::reason_phrase(answer.status));
    if (answer.phrase.empty()) fields.problem("status", "this status needs its 'phrase' beside it");
    answer.headers = fields.texts("headers");
    for (const std::string& line : answer.headers)
        if (line.find(':') == std::string::npos) fields.problem("headers", "'" + line + "' has no colon");
    answer.content_type = fields.text_or("content_type", "");
    answer.body = fields.text_or("body", "");
    if (!answer.body.empty() && answer.content_type.empty()) fields.problem("body", "a body needs its 'content_type'");
    return answer;
}

std::vector<Answer> read_answers(source::Table& fields, std::string_view key) {
    std::vector<Answer> answers;
    for (source::Table& each : fields.tables(key)) {
        const Time after = each.duration_or("after", Time{});
        Answer answer = read_answer(each);
        answer.after = after;
        each.done();
        answers.push_back(std::move(answer));
    }
    return answers;
}

void furnish(sip::Message& message, const Answer& answer) {
    for (const std::string& line : answer.headers) add_field(message, line);
    if (answer.body.empty()) return;
    message.add("Content-Type", answer.content_type);
    message.body = answer.body;
}

}  // namespace sipdex::simulator
