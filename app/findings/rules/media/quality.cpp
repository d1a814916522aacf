// Of what was sent, how much arrived, and how evenly.
#include "findings/rules/media/stream_look.h"

namespace sipdex::findings {

namespace {

using calls::Direction;
using calls::End;

class Quality : StreamLook {
public:
    explicit Quality(const StreamLook& stream) : StreamLook(stream) {}

    void look() const {
        for (const End end : ends) {
            look_at_loss(stream_.from(end));
            if (is_sound()) look_at_jitter(stream_.from(end));
        }
    }

private:
    void look_at_loss(const Direction& direction) const {
        constexpr double hundred = 100;
        if (static_cast<long>(direction.packets) < case_.threshold("media-loss-slight", "packets")) return;
        const double percent = direction.loss() * hundred;
        for (const char* const rule : {"media-loss-heavy", "media-loss", "media-loss-slight"})
            if (percent >= static_cast<double>(case_.threshold(rule, "percent"))) {
                case_.find(rule, evidence(),
                           {{"side", name_of(direction.from)},
                            {"lost", static_cast<long>(direction.lost)},
                            {"expected", static_cast<long>(direction.expected)},
                            {"percent", percent}});
                break;
            }
        // What the receiver misses and the capture does not was lost behind the place of the capture. The number is
        // signed: who repeats packets may lose fewer than none (RFC 3550 6.4.1).
        constexpr std::uint32_t negative = 0x800000;
        const std::uint32_t reported = direction.reported_lost.value_or(0);
        if (reported >= negative || reported <= direction.lost) return;
        const double beyond =
            static_cast<double>(reported - direction.lost) / static_cast<double>(direction.expected) * hundred;
        if (beyond < static_cast<double>(case_.threshold("media-loss-beyond", "percent"))) return;
        case_.find("media-loss-beyond", evidence(),
                   {{"side", name_of(direction.from)},
                    {"reported", static_cast<long>(reported)},
                    {"lost", static_cast<long>(direction.lost)},
                    {"percent", beyond}});
    }

    void look_at_jitter(const Direction& direction) const {
        if (!direction.jitter_known) return;
        if (static_cast<long>(direction.packets) < case_.threshold("media-jitter", "packets")) return;
        if (direction.most_jitter < static_cast<double>(case_.threshold("media-jitter", "jitter_ms"))) return;
        case_.find("media-jitter", evidence(),
                   {{"side", name_of(direction.from)}, {"most", direction.most_jitter}, {"last", direction.jitter}});
    }
};

}  // namespace

void look_at_quality(const StreamLook& stream) { Quality(stream).look(); }

}  // namespace sipdex::findings
