#include "redact/media.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace sipdex::redact {

namespace {

std::size_t u8(std::string_view octets, std::size_t at) {
    return at < octets.size() ? static_cast<unsigned char>(octets[at]) : 0;
}
std::size_t u16(std::string_view octets, std::size_t at) { return u8(octets, at) << 8 | u8(octets, at + 1); }

void wipe(std::string& octets, std::size_t begin, std::size_t end, char with = '\0') {
    for (std::size_t i = begin; i < end && i < octets.size(); ++i) octets[i] = with;
}

// Items of a chunk: type, length, text (RFC 3550 6.5).
void wipe_descriptions(std::string& octets, std::size_t begin, std::size_t end) {
    end = std::min(end, octets.size());
    std::size_t at = begin + 4;  // the source
    while (at < end) {
        if (octets[at] == '\0') {
            at = begin + (at - begin) / 4 * 4 + 4;
            at = std::min(at, end);
            if (at + 4 >= end) break;
            at += 4;
            continue;
        }
        const std::size_t length = u8(octets, at + 1), stop = std::min(at + 2 + length, end);
        wipe(octets, at + 2, stop, 'x');
        at = stop > at + 2 || length == 0 ? at + 2 + length : end;
    }
    wipe(octets, at, end);
}

void silence_control(std::string& octets) {
    std::size_t at = 0;
    while (at + 8 <= octets.size() && u8(octets, at) >> 6 == 2) {
        const std::size_t type = u8(octets, at + 1), count = u8(octets, at) & 0x1f,
                          end = at + (u16(octets, at + 2) + 1) * 4;
        switch (type) {
            case 200: wipe(octets, at + 28 + 24 * count, end); break;
            case 201: wipe(octets, at + 8 + 24 * count, end); break;
            case 202: wipe_descriptions(octets, at + 4, end); break;
            case 203: {
                const std::size_t reason = at + 4 + 4 * count;
                wipe(octets, reason + 1, end, 'x');
                break;
            }
            case 205:
            case 206: wipe(octets, at + 12, end); break;
            default: wipe(octets, at + 8, end); break;
        }
        at = end;
    }
    wipe(octets, at, octets.size());
}

template <class Value>
void write(std::FILE* file, const Value& value) {
    if (std::fwrite(&value, sizeof value, 1, file) != 1) throw std::system_error(errno, std::generic_category());
}
template <class Value>
bool read(std::FILE* file, Value& value) {
    return std::fread(&value, sizeof value, 1, file) == 1;
}

}  // namespace

std::string silenced(const capture::MediaPacket& packet) {
    std::string octets(packet.datagram);
    if (packet.control) {
        silence_control(octets);
        return octets;
    }
    const std::size_t sources = 12 + 4 * (u8(octets, 0) & 0x0f);
    const bool extended = (u8(octets, 0) & 0x10) != 0;
    wipe(octets, sources + (extended ? 4 : 0), octets.size());
    // Padding tells its length in the last octet (RFC 3550 5.1).
    if ((u8(octets, 0) & 0x20) != 0 && !packet.datagram.empty()) octets.back() = packet.datagram.back();
    return octets;
}

Spool::Spool() : file_(std::tmpfile()) {
    if (!file_) throw std::system_error(errno, std::generic_category());
}

void Spool::put(const Entry& entry) {
    write(file_.get(), entry.time.count());
    write(file_.get(), entry.from);
    write(file_.get(), entry.to);
    write(file_.get(), entry.missing);
    // Most of it is zeros.
    const std::size_t size = entry.octets.find_last_not_of('\0') + 1;
    write(file_.get(), static_cast<std::uint32_t>(size));
    write(file_.get(), static_cast<std::uint32_t>(entry.octets.size()));
    if (size > 0 && std::fwrite(entry.octets.data(), size, 1, file_.get()) != 1)
        throw std::system_error(errno, std::generic_category());
}

std::optional<Spool::Entry> Spool::next() {
    if (!reading_) {
        if (std::fflush(file_.get()) != 0) throw std::system_error(errno, std::generic_category());
        std::rewind(file_.get());
        reading_ = true;
    }
    Entry entry;
    capture::Time::rep ticks = 0;
    std::uint32_t size = 0, whole = 0;
    std::FILE* const file = file_.get();
    if (!read(file, ticks) || !read(file, entry.from) || !read(file, entry.to) || !read(file, entry.missing) ||
        !read(file, size) || !read(file, whole))
        return {};
    entry.time = capture::Time(ticks);
    entry.octets.resize(size);
    if (size > 0 && std::fread(entry.octets.data(), size, 1, file) != 1) return {};
    entry.octets.resize(whole);
    return entry;
}

}  // namespace sipdex::redact
