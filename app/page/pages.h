// The subjects a reader can open, each as one document.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "page/reader.h"
#include "simulator/recording.h"

namespace sipdex::page {

// Everything known of a response. An unknown id gives a notice that says what a receiver makes of it.
document::Document response(const Reader& reader, const std::string& id);

// Two to five responses side by side, in the order given. An unknown one gives a notice; one alone, its page.
document::Document comparison(const Reader& reader, const std::vector<std::string>& ids);

document::Document term(const Reader& reader, const std::string& id);

// The id of a page that `term` opens, by what a reader calls it: "Retry-After", "INVITE", "timer B", "early-dialog",
// "path/busy-at-once"; nothing when there is none.
std::optional<std::string> term_called(const Reader& reader, const std::string& name);

// An exchange run and told: the story, the ladder, every message with what happened and why.
document::Document exchange(const Reader& reader, const std::string& id);

// The same for stepping through: the recording, and the narration of each of its messages.
struct Narration {
    document::Text what, why;
    document::Text rule;                    // a link to the section
};

struct Replay {
    std::string id;
    std::string title;
    simulator::Recording recording;
    std::vector<std::string> roles;         // of the actors, in the reader's language
    std::vector<Narration> narration;       // one for each message
};

// Nothing when there is no such exchange.
std::optional<Replay> replay(const Reader& reader, const std::string& id);

// The exchange that shows a response best, or the one of that name; nothing when none does.
std::optional<std::string> exchange_for(const Reader& reader, const std::string& code_or_name);

}  // namespace sipdex::page
