#include "capture/websocket.h"

#include <zlib.h>

#include <cstring>

#include "capture/octets.h"
#include "capture/start.h"

namespace sipdex::capture {

std::optional<WebSocketFrame> websocket_frame(std::string_view octets) {
    if (octets.size() < 2) return {};
    WebSocketFrame frame;
    frame.last = (u8(octets, 0) & 0x80) != 0;
    frame.compressed = (u8(octets, 0) & 0x40) != 0;
    frame.opcode = static_cast<std::uint8_t>(u8(octets, 0) & 0x0f);
    frame.masked = (u8(octets, 1) & 0x80) != 0;
    const std::uint32_t length = u8(octets, 1) & 0x7f;
    frame.head = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (octets.size() < frame.head + (frame.masked ? 4 : 0)) return {};
    frame.length = length == 126 ? u16(octets, 2) : length == 127 ? u64(octets, 2) : length;
    if (frame.masked) {
        frame.mask = octets.substr(frame.head, 4);
        frame.head += 4;
    }
    return frame;
}

bool begins_websocket(std::string_view octets) {
    const auto frame = websocket_frame(octets);
    if (!frame || (frame->opcode != 1 && frame->opcode != 2) || (u8(octets, 0) & 0x70) != 0) return false;
    std::string beginning;
    constexpr std::size_t enough = 2048;
    append_unmasked(beginning, *frame, octets.substr(frame->head, enough));
    return begins_message(std::string_view(beginning).substr(keep_alives(beginning)));
}

WebSocketInflater::WebSocketInflater() : stream_(std::make_unique<z_stream_s>()) {
    std::memset(stream_.get(), 0, sizeof(z_stream_s));
    inflateInit2(stream_.get(), -15);  // without a header
}

WebSocketInflater::~WebSocketInflater() { inflateEnd(stream_.get()); }

std::optional<std::string> WebSocketInflater::inflate(std::string payload, std::size_t limit) {
    payload.append("\x00\x00\xff\xff", 4);  // which its sender has taken away
    std::string text;
    stream_->next_in = reinterpret_cast<Bytef*>(payload.data());
    stream_->avail_in = static_cast<uInt>(payload.size());
    int result = Z_OK;
    do {
        constexpr std::size_t piece = 16384;
        const std::size_t before = text.size();
        if (before > limit) return {};
        text.resize(before + piece);
        stream_->next_out = reinterpret_cast<Bytef*>(text.data() + before);
        stream_->avail_out = static_cast<uInt>(piece);
        result = ::inflate(stream_.get(), Z_SYNC_FLUSH);
        text.resize(before + piece - stream_->avail_out);
        if (result == Z_STREAM_END) inflateReset(stream_.get());
        else if (result != Z_OK && result != Z_BUF_ERROR) return {};
    } while (stream_->avail_in > 0 && result != Z_BUF_ERROR);
    return text;
}

void append_unmasked(std::string& out, const WebSocketFrame& frame, std::string_view payload) {
    const std::size_t begin = out.size();
    out.append(payload);
    if (!frame.masked) return;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out[begin + i] = static_cast<char>(out[begin + i] ^ frame.mask[i % 4]);
}

}  // namespace sipdex::capture
