// What somebody's presence looks like on the wire: a PIDF document (RFC 3863), of one tuple.
#pragma once
#include <string>

namespace sipdex::simulator {

inline constexpr const char* presence_document_type = "application/pidf+xml";

// `basic` is "open" or "closed"; `note` may be empty.
std::string presence_document(const std::string& entity, const std::string& basic, const std::string& note);

}  // namespace sipdex::simulator
