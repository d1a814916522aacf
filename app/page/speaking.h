// Who speaks in a message, how sure that is and why, and what its words mean there.
//
//     SIP/2.0 486 User Busy D4        Telnyx, likely: the trunk's channels are used up
//
// A profile of the reader's own knows better than the catalog, and what it says is told apart.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "evidence/found.h"
#include "page/reader.h"

namespace sipdex::page {

struct Speaking {
    std::string id;         // "telnyx"
    std::string name;       // "Telnyx"
    std::string certainty;  // "sure", "likely", "possible"
    document::Text why;     // one sentence
};

struct Recognised {
    std::optional<Speaking> speaker;
    std::vector<Speaking> others;          // that it may be as well, the likeliest first
    document::Text meaning;                // of its words, where they are known; empty otherwise
    std::string situation;                 // that they speak of; empty where none is known
    std::vector<std::string> codes;        // of the responses that they come with
    std::optional<user::Profile> profile;  // the reader's own that fits: by a phrase, or by the speaker
    std::string own_phrase, own_meaning;   // the words that are in it, and what they mean there; may be empty
    bool writes_reasons_itself = false;    // its Reason: Q.850 is its own word, not the telephone network's
};

// From a message as it was found; `others` are the messages around it, of which the phrase of a 100 names the next hop.
Recognised recognise(const Reader& reader, const evidence::FoundMessage& message,
                     const std::vector<evidence::FoundMessage>& others);
Recognised recognise(const Reader& reader, const evidence::Mention& mention,
                     const std::vector<evidence::Mention>& others);

}  // namespace sipdex::page
