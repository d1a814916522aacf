// The door: from a file or octets to what stands in them.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "capture/capture.h"
#include "capture/dissector.h"
#include "capture/file_kinds.h"

namespace sipdex::capture {

namespace {

using Kind = Problem::Kind;

// Clocks: when the first and the last packet came, and what is odd about it.
class Times {
public:
    Times(Summary& summary, Problems& problems) : summary_(summary), problems_(problems) {}

    void take(const Frame& frame) {
        constexpr Time a_day = std::chrono::hours(24);
        if (frame.time < a_day) problems_.note(Kind::time_missing, frame.number, frame.offset);
        if (summary_.frames == 1) summary_.first = summary_.last = frame.time;
        // Several processors that capture together are out of order by microseconds.
        constexpr Time usual = std::chrono::milliseconds(100);
        if (frame.time + usual < latest_) {
            const auto back = std::chrono::duration_cast<std::chrono::milliseconds>(latest_ - frame.time);
            problems_.note_largest(Kind::time_goes_back, frame.number, frame.offset,
                                   static_cast<std::uint64_t>(back.count()));
        }
        latest_ = frame.time;
        summary_.first = std::min(summary_.first, frame.time);
        summary_.last = std::max(summary_.last, frame.time);
    }

private:
    Summary& summary_;
    Problems& problems_;
    Time latest_{};
};

struct Opened {
    int file;
    ~Opened() { ::close(file); }
};

Summary read_source(Source& source, Listener& listener, const Limits& limits) {
    Summary summary;
    Problems problems;
    Frames frames(source, problems);
    summary.format = frames.format();
    summary.compressed = source.compressed();
    Output output(listener, limits, problems, summary);
    Dissector dissector(output);
    Times times(summary, problems);
    constexpr std::uint64_t asked_every = 1024;
    while (const auto frame = frames.next()) {
        if (++summary.frames % asked_every == 0 && !listener.goes_on(source.position())) {
            summary.cancelled = true;
            problems.note(Kind::cancelled, frame->number, frame->offset);
            break;
        }
        times.take(*frame);
        if (std::ranges::find(summary.link_types, frame->link_type) == summary.link_types.end())
            summary.link_types.push_back(frame->link_type);
        dissector.frame(*frame);
    }
    dissector.finish();
    summary.octets = source.position();
    if (source.damaged()) problems.note(Kind::compression_cut, summary.frames, summary.octets);
    if (summary.frames == 0 && summary.format != Summary::Format::none) problems.note(Kind::no_packets, 0);
    summary.problems = problems.taken();
    return summary;
}

}  // namespace

std::string unpacked(std::string_view octets, std::size_t most) {
    Source source(octets);
    return std::string(source.ahead(most).substr(0, most));
}

Summary read_octets(std::string_view octets, Listener& listener, const Limits& limits) {
    Source source(octets);
    return read_source(source, listener, limits);
}

Summary read_file(const std::string& path, Listener& listener, const Limits& limits) {
    if (path == "-") {
        Source source(STDIN_FILENO);
        return read_source(source, listener, limits);
    }
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        Summary summary;
        summary.problems.push_back(
            {.kind = Kind::not_opened, .number = static_cast<std::uint64_t>(errno), .subject = path});
        return summary;
    }
    const Opened opened{file};
    Source source(file);
    return read_source(source, listener, limits);
}

}  // namespace sipdex::capture
