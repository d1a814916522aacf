// Any text as a session description, and as an offer with its answer: what comes before and behind the first empty line.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sip/offer_answer.h"
#include "sip/sdp.h"

using namespace sipdex;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    sip::sdp_in("multipart/mixed;boundary=b", text);
    sip::sdp_in_message(text);
    const std::size_t middle = std::min(text.find("\n\n"), text.size());
    const auto offer = sip::read_sdp(text.substr(0, middle)), answer = sip::read_sdp(text.substr(middle));
    for (const auto* one : {&offer, &answer}) {
        if (!*one) continue;
        std::size_t line = 0;
        for (const sip::SdpProblem& problem : (*one)->problems) {
            if (problem.line < line || sip::name_of(problem.kind).empty()) std::abort();
            line = problem.line;
        }
    }
    if (!offer || !answer) return 0;
    const auto lines = sip::agreed(*offer, *answer);
    if (lines.size() != std::max(offer->media.size(), answer->media.size())) std::abort();
    for (const sip::AgreedMedia& line : lines)
        for (const sip::AgreedCodec& codec : line.codecs)
            if (codec.offered >= offer->media[line.line].codecs.size() ||
                codec.answered >= answer->media[line.line].codecs.size())
                std::abort();
    return 0;
}
