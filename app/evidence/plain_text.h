// A text as whoever wrote it meant it, without what programs have made of it on its way: other character sets, the colours
// of a terminal, the signs of a web page, quotes that a word processor bent.
//
//     ESC[0;37mFrom: <sip:alice@example.com>ESC[0m
//     From: &quot;Alice&quot; &lt;sip:alice@example.com&gt;<br>
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::evidence {

// UTF-16 as UTF-8, with or without a byte order mark; nothing for what is none.
std::optional<std::string> utf8_of(std::string_view text);

// The line as it was meant; nothing where it is that already. A line break of a web page is a line end.
std::optional<std::string> plain(std::string_view line);

}  // namespace sipdex::evidence
