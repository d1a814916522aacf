#include "evidence/evidence.h"

#include "evidence/lines.h"
#include "evidence/mentions.h"
#include "evidence/messages.h"

namespace sipdex::evidence {

namespace {

// A log of a day may name thousands; nobody reads them one by one.
constexpr std::size_t most_mentions = 1000;

}  // namespace

Found read(std::string_view text, const Vocabulary& vocabulary) {
    Found found;
    found.stopped_early = text.size() > most_octets;
    const Lines lines(text.substr(0, most_octets), vocabulary);
    FoundMessages messages = messages_in(lines, vocabulary);
    found.messages = std::move(messages.messages);
    for (const std::size_t at : messages.others) {
        const Line& line = lines.all()[at];
        for (Mention& mention : mentions_in(line.text, line.number, vocabulary))
            found.mentions.push_back(std::move(mention));
        if (found.mentions.size() >= most_mentions) {
            found.stopped_early = true;
            break;
        }
    }
    return found;
}

}  // namespace sipdex::evidence
