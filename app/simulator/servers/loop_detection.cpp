#include "simulator/servers/loop_detection.h"

#include <cstdint>
#include <cstdio>

namespace sipdex::simulator {

// FNV-1a: a mark has to differ when its input does, not to withstand anybody.
std::string routing_mark(const sip::Message& request) {
    std::uint32_t hash = 2166136261u;
    const auto mix = [&](std::string_view text) {
        for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619u;
        hash = (hash ^ 0xffu) * 16777619u;
    };
    mix(request.request_uri);
    for (const std::string_view route : request.headers("Route")) mix(route);
    char mark[9];
    std::snprintf(mark, sizeof mark, "%08x", static_cast<unsigned int>(hash));
    return mark;
}

void add_mark(sip::Via& via, const std::string& mark) { via.parameters.set("branch", via.branch() + "." + mark); }

std::string earlier_passage(const sip::Message& request, const std::string& sent_by, const std::string& mark) {
    for (const sip::Via& via : sip::vias_in(request))
        if (via.sent_by() == sent_by && via.branch().ends_with("." + mark)) return via.branch();
    return "";
}

}  // namespace sipdex::simulator
