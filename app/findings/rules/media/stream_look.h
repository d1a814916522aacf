// One stream of one session of a call, with what all rules about media ask of it.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "findings/case.h"

namespace sipdex::findings {

class StreamLook {
public:
    StreamLook(const Case& one, const calls::MediaSession& session, const calls::Stream& stream)
        : case_(one), session_(session), talks_(session.negotiation), stream_(stream) {}

    bool is_rtp() const;

protected:
    using Values = std::vector<std::pair<std::string, Value>>;
    static constexpr calls::End ends[] = {calls::End::caller, calls::End::callee};

    static double seconds(capture::Time time) { return std::chrono::duration<double>(time).count(); }
    static std::string name_of(calls::End end) { return end == calls::End::caller ? "caller" : "called"; }
    static std::string place(const calls::Announcement* one);  // where it is awaited, as it was said
    static bool is_comfort_noise(const calls::SentType& type);

    // A camera that is off and a text that nobody types are silent, and nothing is wrong with it.
    bool is_sound() const;
    // Once a fax goes by T.38, nobody sends sound any more.
    bool is_rtp_to_the_end() const;

    const sip::MediaDescription* line_of(const sip::SessionDescription* said) const;
    const calls::Exchange& exchange_of(const calls::Period& period) const { return talks_.exchanges[period.exchange]; }

    // Where an end awaits the stream, as it last said in what came to hold.
    const calls::Announcement* awaited_by(calls::End end) const;

    // The messages by which the stream was agreed on, and what else is named.
    std::vector<std::size_t> evidence(std::size_t more = calls::none) const;

    const Case& case_;
    const calls::MediaSession& session_;
    const calls::Negotiation& talks_;
    const calls::Stream& stream_;
};

void look_at_agreement(
    const StreamLook& stream);                // what was agreed on wrongly; private addresses; a hold that does not end
void look_at_flow(const StreamLook& stream);  // none, one way, elsewhere, not agreed on, late, stopped
void look_at_quality(const StreamLook& stream);  // lost, and at uneven times

}  // namespace sipdex::findings
