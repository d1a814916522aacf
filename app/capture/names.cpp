#include "capture/capture.h"

namespace sipdex::capture {

std::string_view name_of(Transport transport) {
    switch (transport) {
        case Transport::unknown: return "";
        case Transport::udp: return "UDP";
        case Transport::tcp: return "TCP";
        case Transport::tls: return "TLS";
        case Transport::sctp: return "SCTP";
        case Transport::ws: return "WS";
        case Transport::wss: return "WSS";
    }
    return "";
}

std::string_view name_of(Problem::Kind kind) {
    using Kind = Problem::Kind;
    switch (kind) {
        case Kind::not_opened: return "not_opened";
        case Kind::unknown_format: return "unknown_format";
        case Kind::unsupported_format: return "unsupported_format";
        case Kind::no_packets: return "no_packets";
        case Kind::head_missing: return "head_missing";
        case Kind::tail_missing: return "tail_missing";
        case Kind::damaged_record: return "damaged_record";
        case Kind::compression_cut: return "compression_cut";
        case Kind::unknown_link_type: return "unknown_link_type";
        case Kind::unknown_interface: return "unknown_interface";
        case Kind::time_goes_back: return "time_goes_back";
        case Kind::time_missing: return "time_missing";
        case Kind::octets_not_captured: return "octets_not_captured";
        case Kind::damaged_packet: return "damaged_packet";
        case Kind::fragments_missing: return "fragments_missing";
        case Kind::stream_gap: return "stream_gap";
        case Kind::stream_out_of_step: return "stream_out_of_step";
        case Kind::encrypted: return "encrypted";
        case Kind::limit_depth: return "limit_depth";
        case Kind::limit_fragments: return "limit_fragments";
        case Kind::limit_streams: return "limit_streams";
        case Kind::limit_stream_octets: return "limit_stream_octets";
        case Kind::limit_kept_octets: return "limit_kept_octets";
        case Kind::limit_flows: return "limit_flows";
        case Kind::limit_events: return "limit_events";
        case Kind::limit_log: return "limit_log";
        case Kind::cancelled: return "cancelled";
    }
    return "";
}

}  // namespace sipdex::capture
