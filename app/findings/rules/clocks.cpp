// What limits what can be said: clocks that differ, time that goes back, octets and packets that were not captured.
#include <algorithm>
#include <chrono>

#include "findings/families.h"

namespace sipdex::findings {

namespace {

using Kind = capture::Problem::Kind;

// The name of a file without its folders; its number where it has none.
std::string name_of(const Case& all, std::size_t place) {
    const std::string& name = all.captured.files[place].name;
    return name.empty() ? std::to_string(place + 1) : name.substr(name.find_last_of("/\\") + 1);
}

double seconds_of(capture::Time time) { return std::chrono::duration<double>(time).count(); }

// Messages of a file of which octets lack; datagrams lose pieces, connections segments.
enum class Way : std::uint8_t { any, datagrams, connections };
std::vector<std::size_t> cut_in(const Case& all, std::size_t file, Way way) {
    constexpr std::size_t shown = 10;
    std::vector<std::size_t> cut;
    for (std::size_t i = 0; i < all.captured.messages.size() && cut.size() < shown; ++i) {
        const capture::Message& message = all.captured.messages[i];
        if (message.file != file || message.missing == 0) continue;
        const bool datagram = message.transport == capture::Transport::udp;
        if (way == Way::any || datagram == (way == Way::datagrams)) cut.push_back(i);
    }
    return cut;
}

void look_at_problem(const Case& all, std::size_t file, const capture::Problem& problem) {
    const std::string name = name_of(all, file);
    const auto count = static_cast<long>(problem.count);
    switch (problem.kind) {
        case Kind::time_goes_back:
            if (const auto back = static_cast<long>(problem.number); back >= all.threshold("time-goes-back", "late_ms"))
                all.find_in_all("time-goes-back", {},
                                {{"file", name}, {"seconds", static_cast<double>(back) / 1000}, {"count", count}});
            return;
        case Kind::octets_not_captured:
            // Of media the beginning of each packet is enough.
            if (const auto cut = cut_in(all, file, Way::any); !cut.empty())
                all.find_in_all("octets-missing", cut, {{"file", name}, {"count", count}});
            return;
        case Kind::fragments_missing:
            return all.find_in_all("fragments-missing", cut_in(all, file, Way::datagrams),
                                   {{"file", name}, {"count", count}});
        case Kind::stream_gap:
            return all.find_in_all("stream-gaps", cut_in(all, file, Way::connections),
                                   {{"file", name}, {"count", count}});
        case Kind::encrypted: return all.find_in_all("encrypted-unread", {}, {{"file", name}, {"count", count}});
        case Kind::tail_missing:
        case Kind::compression_cut: return all.find_in_all("file-cut", {}, {{"file", name}});
        default: return;
    }
}

// Between two captures at both ends of a long way, what goes there comes later and what comes back comes earlier: that is
// the way, and no difference of the clocks.
bool is_way(const Case& all, std::size_t file) {
    bool later = false, earlier = false;
    for (const capture::Message& message : all.captured.messages) {
        if (message.file != file || message.copy != capture::Copy::file) continue;
        const capture::Time before = all.captured.messages[message.copy_of - 1].time;
        later = later || message.time > before;
        earlier = earlier || message.time < before;
    }
    return later && earlier;
}

}  // namespace

void look_over_clocks(const Case& all) {
    const auto& files = all.captured.files;
    for (std::size_t place = 0; place < files.size(); ++place) {
        const auto ahead = files[place].clock_ahead;
        const std::chrono::milliseconds limit(all.threshold("clocks-differ", "late_ms"));
        if (ahead && (*ahead >= limit || -*ahead >= limit) && !is_way(all, place))
            all.find_in_all("clocks-differ", {}, {{"file", name_of(all, place)}, {"seconds", seconds_of(*ahead)}});
        for (const capture::Problem& problem : files[place].summary.problems) look_at_problem(all, place, problem);
    }
}

}  // namespace sipdex::findings
