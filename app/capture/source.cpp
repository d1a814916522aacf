#include "capture/source.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sipdex::capture {

namespace {

constexpr std::size_t piece = 1 << 18;

}  // namespace

Source::Source(std::string_view octets) : memory_(octets), from_memory_(true) {
    if (octets.starts_with("\x1f\x8b")) begin_inflating();
}

Source::Source(int file) : file_(file) {
    if (ahead(2).starts_with("\x1f\x8b")) {
        packed_.assign(window_.begin() + static_cast<std::ptrdiff_t>(begin_),
                       window_.begin() + static_cast<std::ptrdiff_t>(end_));
        begin_ = end_ = 0;
        ended_ = false;
        begin_inflating();
        inflater_->next_in = reinterpret_cast<Bytef*>(packed_.data());
        inflater_->avail_in = static_cast<uInt>(packed_.size());
    }
}

Source::~Source() {
    if (inflater_) inflateEnd(inflater_.get());
}

void Source::begin_inflating() {
    inflater_ = std::make_unique<z_stream_s>();
    std::memset(inflater_.get(), 0, sizeof(z_stream_s));
    if (inflateInit2(inflater_.get(), 15 + 16) != Z_OK) damaged_ = ended_ = true;  // 16: with the header of gzip
}

std::string_view Source::ahead(std::size_t octets) {
    if (from_memory_ && !inflater_) return memory_.substr(position_);
    while (end_ - begin_ < octets && !ended_)
        if (!fill()) ended_ = true;
    return {window_.data() + begin_, end_ - begin_};
}

void Source::skip(std::size_t octets) {
    position_ += octets;
    if (!from_memory_ || inflater_) begin_ += octets;
}

bool Source::fill() {
    if (begin_ > 0) {
        std::memmove(window_.data(), window_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (window_.size() < end_ + piece) window_.resize(end_ + piece);
    if (inflater_) return inflate_more();
    ssize_t count = 0;
    do count = ::read(file_, window_.data() + end_, piece);
    while (count < 0 && errno == EINTR);
    if (count <= 0) return false;
    end_ += static_cast<std::size_t>(count);
    return true;
}

std::string_view Source::packed_more() {
    if (from_memory_) {
        const std::string_view more = memory_.substr(0, piece);
        memory_.remove_prefix(more.size());
        return more;
    }
    packed_.resize(piece);
    ssize_t count = 0;
    do count = ::read(file_, packed_.data(), piece);
    while (count < 0 && errno == EINTR);
    return {packed_.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

// Several compressed files behind one another are one, as gzip reads them; what else follows is not looked at.
bool Source::inflate_more() {
    for (;;) {
        if (inflater_->avail_in == 0) {
            const std::string_view more = packed_more();
            if (more.empty()) {
                damaged_ = damaged_ || !between_members_;
                return false;
            }
            inflater_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(more.data()));
            inflater_->avail_in = static_cast<uInt>(more.size());
        }
        if (between_members_) {
            if (*inflater_->next_in != 0x1f) return false;
            inflateReset(inflater_.get());
            between_members_ = false;
        }
        inflater_->next_out = reinterpret_cast<Bytef*>(window_.data() + end_);
        inflater_->avail_out = static_cast<uInt>(piece);
        const int result = inflate(inflater_.get(), Z_NO_FLUSH);
        const std::size_t made = piece - inflater_->avail_out;
        end_ += made;
        if (result == Z_STREAM_END) between_members_ = true;
        else if (result != Z_OK && result != Z_BUF_ERROR) {
            damaged_ = ended_ = true;
            return made > 0;
        }
        if (made > 0) return true;
    }
}

}  // namespace sipdex::capture
