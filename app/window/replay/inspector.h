// The inspector tells one message of a replay: what happens, why, by which rule; the message itself with its header
// fields explained; and, when asked, what changed since the message before and what the timers do.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "window/kit/library.h"
#include "window/reading/document_layout.h"

namespace sipdex::window {

// What the id of a link begins with that makes a change to the exchange; the change follows.
constexpr std::string_view change_link = "change/";

struct Telling {
    bool changes = false;  // since the message that it forwards or answers
    bool lanes = false;    // states and timers, from this step until the next
    recording::Time from{}, until{};
};

// What the catalog says of header fields, methods and responses, asked once for each name and language.
class Glossary {
public:
    // The sentences that explain "header/Via"; empty where there is no such page.
    const std::string& of(Library& library, const std::string& term);
    // What a response is called in the reader's language; empty for an unknown one.
    const std::string& of_response(Library& library, const std::string& id);

private:
    std::map<std::string, std::string> said_;  // by language and name
};

// `message`: nothing before the first was sent.
document::Document told(Ui& ui, const Replay& replay, std::optional<std::size_t> message, const Telling& telling,
                        Glossary& glossary);

// What happens, why and by which rule, without the message: the paragraphs with which its page begins.
std::vector<std::string> narrated(const Ui& ui, const Replay& replay, std::optional<std::size_t> message);

// A line of a message with links: the names of header fields, the method, the response.
document::Text wire_words(Library& library, Glossary& glossary, const std::string& line, bool start_line);

// What to say of a link of the inspector: the meaning of a header field; the phrase of a code; nothing.
std::string explained(Library& library, Glossary& glossary, const document::Target& target);

}  // namespace sipdex::window
