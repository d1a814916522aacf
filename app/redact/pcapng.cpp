#include "redact/pcapng.h"

#include <algorithm>

namespace sipdex::redact {

namespace {

constexpr std::size_t piece = 1 << 18;

void put_little(std::string& out, std::uint64_t value, int octets) {
    for (; octets > 0; --octets, value >>= 8) out += static_cast<char>(value & 0xff);
}

void fill(std::string& out) { out.append((4 - out.size() % 4) % 4, '\0'); }

void put_comment(std::string& out, std::string_view comment) {
    put_little(out, 1, 2), put_little(out, comment.size(), 2);
    out += comment;
    fill(out);
}

}  // namespace

Pcapng::Pcapng(const Sink& sink, std::uint32_t interfaces, const std::vector<std::string>& comments) : sink_(sink) {
    std::string section;
    put_little(section, 0x1a2b3c4d, 4);  // in this order of octets
    put_little(section, 1, 2), put_little(section, 0, 2);
    section.append(8, '\xff');  // of unknown length
    for (const std::string& comment : comments) put_comment(section, comment);
    if (!comments.empty()) put_little(section, 0, 4);  // the end of options
    block(0x0a0d0d0a, section);
    for (std::uint32_t i = 0; i < interfaces; ++i) {
        std::string interface;
        constexpr std::uint32_t ethernet = 1, resolution = 9, nanoseconds = 9;
        put_little(interface, ethernet, 2), put_little(interface, 0, 2);
        put_little(interface, 0, 4);  // no limit to what is captured of a packet
        put_little(interface, resolution, 2), put_little(interface, 1, 2), put_little(interface, nanoseconds, 4);
        put_little(interface, 0, 4);  // the end of options
        block(1, interface);
    }
}

void Pcapng::block(std::uint32_t type, std::string_view content) {
    constexpr std::size_t around = 12;
    const std::size_t length = content.size() + around;
    put_little(waiting_, type, 4), put_little(waiting_, length, 4);
    waiting_ += content;
    put_little(waiting_, length, 4);
    if (waiting_.size() >= piece) finish();
}

void Pcapng::packet(capture::Time time, std::uint32_t interface, std::string_view frame, std::size_t missing,
                    std::string_view comment) {
    const std::size_t captured = frame.size() - std::min(missing, frame.size());
    const auto ticks = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
    std::string content;
    content.reserve(captured + 24);
    put_little(content, interface, 4);
    put_little(content, ticks >> 32, 4), put_little(content, ticks, 4);
    put_little(content, captured, 4), put_little(content, frame.size(), 4);
    content += frame.substr(0, captured);
    fill(content);
    if (!comment.empty()) {
        put_comment(content, comment);
        put_little(content, 0, 4);  // the end of options
    }
    block(6, content);
    ++packets_;
}

void Pcapng::finish() {
    if (!waiting_.empty()) sink_(waiting_);
    waiting_.clear();
}

}  // namespace sipdex::redact
