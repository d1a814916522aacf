// SIP in WebSocket frames (RFC 7118, RFC 6455 5).
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct z_stream_s;

namespace sipdex::capture {

struct WebSocketFrame {
    bool last = false;
    bool compressed = false;  // RSV1 of permessage-deflate (RFC 7692)
    std::uint8_t opcode = 0;  // 0 continues, 1 is text, 2 binary, 8 and above control
    bool masked = false;
    std::string_view mask;
    std::size_t head = 0;      // octets before the payload
    std::uint64_t length = 0;  // of the payload
};

// Nothing while the head is not whole. Reserved opcodes and bits are left for the caller to doubt.
std::optional<WebSocketFrame> websocket_frame(std::string_view octets);

// Whether a frame stands at the front whose payload begins a SIP message: to recognise a connection whose opening was
// not captured.
bool begins_websocket(std::string_view octets);

// Messages of one direction that permessage-deflate has compressed (RFC 7692 7.2). What was sent before is needed to
// read what comes next, so where the beginning was not captured nothing can be read.
class WebSocketInflater {
public:
    WebSocketInflater();
    ~WebSocketInflater();
    WebSocketInflater(const WebSocketInflater&) = delete;
    WebSocketInflater& operator=(const WebSocketInflater&) = delete;

    // Nothing where it makes no sense or grows beyond the limit; no more is then to be asked.
    std::optional<std::string> inflate(std::string payload, std::size_t limit);

private:
    std::unique_ptr<z_stream_s> stream_;
};

void append_unmasked(std::string& out, const WebSocketFrame& frame, std::string_view payload);

}  // namespace sipdex::capture
