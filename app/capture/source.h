// The octets of a capture, piece by piece: from memory, from a file or pipe, unpacked on the way where gzip packed them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct z_stream_s;

namespace sipdex::capture {

class Source {
public:
    explicit Source(std::string_view octets);  // which must outlive it
    explicit Source(int file);                 // open for reading; closed by whoever opened it
    ~Source();
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    // What comes next, at least so many octets of it unless it ends before. Lasts until the next call.
    std::string_view ahead(std::size_t octets);
    void skip(std::size_t octets);  // no more than were ahead

    std::uint64_t position() const { return position_; }  // of what comes next
    bool compressed() const { return inflater_ != nullptr; }
    bool damaged() const { return damaged_; }  // the compressed octets ended early or made no sense

private:
    bool fill();                     // false at the end
    std::string_view packed_more();  // of the file or the memory, as it is
    bool inflate_more();
    void begin_inflating();

    std::string_view memory_;
    int file_ = -1;
    bool from_memory_ = false, ended_ = false, damaged_ = false;
    std::vector<char> window_;
    std::size_t begin_ = 0, end_ = 0;  // of what is ahead, within the window
    std::uint64_t position_ = 0;
    std::unique_ptr<z_stream_s> inflater_;
    std::vector<char> packed_;  // as read, before it is unpacked
    bool between_members_ = false;
};

}  // namespace sipdex::capture
