// sipdex ask                                      the symptom paths
// sipdex ask drops-after-32-seconds               its first question; asked on, when a person sits there
// sipdex ask drops-after-32-seconds at-32-seconds after that answer
// sipdex ask drops-after-32-seconds -o path.pdf   all questions and outcomes on a sheet
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "page/articles.h"

namespace sipdex::cli {

namespace {

using Question = catalog::SymptomPath::Question;

std::string answer_names(const Question& question) {
    std::string names;
    for (const auto& answer : question.answers) names += (names.empty() ? "" : ", ") + answer.id;
    return names;
}

// An answer by its name or by its number, from 1.
const catalog::SymptomPath::Answer* chosen(const Question& question, const std::string& given) {
    for (std::size_t i = 0; i < question.answers.size(); ++i)
        if (question.answers[i].id == given || std::to_string(i + 1) == given) return &question.answers[i];
    return nullptr;
}

bool person_at_hand(const Session& session) {
    return session.output.output.empty() && format_name(session) == "text" && isatty(STDIN_FILENO) &&
           isatty(STDOUT_FILENO);
}

}  // namespace

void ask_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("path", arguments.words, words.cli_argument_path())->type_name(value::path);
}

int ask(const Session& session, const Arguments& arguments) {
    const page::Reader reader = session.reader();
    if (arguments.words.empty()) {
        format_name(session);
        if (format_name(session) != "text") {
            put(session, page::path_index(reader));
            return 0;
        }
        std::string lines;
        for (const std::string_view experience : catalog::SymptomPath::experiences) {
            const std::vector<std::string> ids = session.catalog.paths_of(experience);
            if (ids.empty()) continue;
            lines += (lines.empty() ? "" : "\n") + session.words.paths_experience(std::string(experience)) + "\n";
            for (const std::string& id : ids) {
                const catalog::Prose prose = session.catalog.prose("path/" + id, session.words.tag());
                lines += "  " + id + "  ·  " + document::words_of(page::text_of(reader, prose.find("says"))) + "\n";
            }
        }
        put_octets(session, lines);
        return 0;
    }
    const auto path = session.catalog.path(arguments.words[0]);
    if (!path || path->questions.empty()) throw Failure{session.words.unknown_path(arguments.words[0])};
    std::string node = path->questions.front().id;
    for (std::size_t i = 1; i < arguments.words.size(); ++i) {
        const Question* question = path->question(node);
        const auto* answer = question ? chosen(*question, arguments.words[i]) : nullptr;
        if (!answer)
            throw UsageError{session.words.unknown_answer(arguments.words[i],
                                                          question ? answer_names(*question) : std::string("—"))};
        node = answer->to;
    }
    // On paper and in pictures nobody answers: the whole path stands there.
    if (arguments.words.size() == 1 && is_drawn(format_of(session))) {
        put(session, page::path_tree(reader, path->id));
        return 0;
    }
    for (;;) {
        put(session, page::path_node(reader, path->id, node));
        const Question* question = path->question(node);
        if (!question) return 0;
        if (!person_at_hand(session)) {
            complain(session.words.ask_choose(path->id, question->answers.front().id));
            return 0;
        }
        std::printf("%s", session.words.ask_prompt(std::to_string(question->answers.size())).c_str());
        std::fflush(stdout);
        std::string line;
        if (!std::getline(std::cin, line) || line.empty()) return 0;
        if (const auto* answer = chosen(*question, line)) node = answer->to;
    }
}

}  // namespace sipdex::cli
