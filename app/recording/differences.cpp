#include "recording/differences.h"

#include <algorithm>

#include "sip/cseq.h"
#include "sip/token.h"

namespace sipdex::recording {

namespace {

using What = Difference::What;

bool same_way(const Transmission& a, const Transmission& b) { return a.from == b.from && a.to == b.to; }

bool correspond(const Transmission& a, const Transmission& b) {
    return same_way(a, b) && sip::label_of(a.message) == sip::label_of(b.message);
}

// Another message in its place: two answers to the same request, or two requests of one method.
bool replaces(const Transmission& a, const Transmission& b) {
    if (!same_way(a, b) || a.message.is_request() != b.message.is_request() || a.message.is_request()) return false;
    const auto one = sip::cseq_of(a.message), other = sip::cseq_of(b.message);
    return one && other && one->method == other->method && (a.message.status < 200) == (b.message.status < 200);
}

// Values that each run draws anew, and those that tell the time, without what is drawn.
std::string masked(std::string value) {
    for (const std::string_view drawn : {"branch=", "tag=", "nonce=", "response=", "a=ssrc:"})
        for (auto at = value.find(drawn); at != std::string::npos; at = value.find(drawn, at + drawn.size())) {
            const auto begin = at + drawn.size(), end = std::min(value.find_first_of(";, \r>", begin), value.size());
            value.erase(begin, end - begin);
        }
    return value;
}

bool is_drawn(const std::string& field) {
    return sip::same_token(field, "Call-ID") || sip::same_token(field, "Date") || sip::same_token(field, "Identity") ||
           sip::same_token(field, "SIP-ETag") || sip::same_token(field, "SIP-If-Match") ||
           sip::same_token(field, "Content-Length") || sip::same_token(field, "RSeq") || sip::same_token(field, "RAck");
}

// RFC 4566 5.2: session id and version are drawn; everything else of a description counts.
std::string body_of(const sip::Message& message) {
    std::string body = message.body;
    const auto origin = body.find("o=");
    if (origin == std::string::npos ||
        message.header("Content-Type").value_or("").find("sdp") == std::string_view::npos)
        return masked(body);
    const auto begin = body.find(' ', origin), end = body.find(" IN ", origin);
    if (begin < end && end != std::string::npos) body.erase(begin, end - begin);
    return masked(body);
}

std::vector<std::string> values_of(const sip::Message& message, const std::string& name) {
    std::vector<std::string> values;
    for (const std::string_view value : message.headers(name))
        values.push_back(is_drawn(name) ? std::string() : masked(std::string(value)));
    return values;
}

std::vector<std::string> fields_that_differ(const sip::Message& a, const sip::Message& b) {
    std::vector<std::string> names, differing;
    if (a.request_uri != b.request_uri) differing.emplace_back("Request-URI");
    for (const sip::Message* const message : {&a, &b})
        for (const sip::HeaderField& field : message->fields)
            if (std::none_of(names.begin(), names.end(),
                             [&](const std::string& name) { return sip::same_token(name, field.name()); }))
                names.push_back(field.name());
    for (const std::string& name : names)
        if (values_of(a, name) != values_of(b, name)) differing.push_back(name);
    if (body_of(a) != body_of(b)) differing.emplace_back("body");
    return differing;
}

Difference compared(const Recording& first, std::size_t i, const Recording& second, std::size_t j) {
    const Transmission &a = first.messages[i], &b = second.messages[j];
    Difference found{What::none, i, j, {}};
    if (a.received.has_value() != b.received.has_value()) found.what = What::fate;
    else if (found.fields = fields_that_differ(a.message, b.message); !found.fields.empty()) found.what = What::content;
    else if (a.sent != b.sent || a.received != b.received) found.what = What::time;
    return found;
}

// The longest common subsequence of the messages between what both begin and end with.
std::vector<std::pair<std::size_t, std::size_t>> common_messages(const Recording& first, const Recording& second) {
    const std::size_t n = first.messages.size(), m = second.messages.size();
    const auto same = [&](std::size_t i, std::size_t j) { return correspond(first.messages[i], second.messages[j]); };
    std::size_t head = 0, tail = 0;
    while (head < n && head < m && same(head, head)) ++head;
    while (tail < n - head && tail < m - head && same(n - 1 - tail, m - 1 - tail)) ++tail;
    const std::size_t rows = n - head - tail, columns = m - head - tail;
    std::vector<std::vector<std::size_t>> longest(rows + 1, std::vector<std::size_t>(columns + 1));
    for (std::size_t i = rows; i-- > 0;)
        for (std::size_t j = columns; j-- > 0;)
            longest[i][j] =
                same(head + i, head + j) ? longest[i + 1][j + 1] + 1 : std::max(longest[i + 1][j], longest[i][j + 1]);
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < head; ++i) pairs.emplace_back(i, i);
    for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
        if (same(head + i, head + j)) pairs.emplace_back(head + i++, head + j++);
        else if (longest[i + 1][j] >= longest[i][j + 1]) ++i;
        else ++j;
    }
    for (std::size_t i = tail; i-- > 0;) pairs.emplace_back(n - 1 - i, m - 1 - i);
    return pairs;
}

// What stands between two pairs: a message may have been replaced by another one; the rest is missing or added.
void fill_gap(Differences& all, const Recording& first, std::size_t i, std::size_t to_i, const Recording& second,
              std::size_t j, std::size_t to_j) {
    for (; i < to_i; ++i) {
        std::size_t instead = j;
        while (instead < to_j && !replaces(first.messages[i], second.messages[instead])) ++instead;
        if (instead == to_j) {
            all.rungs.push_back({What::missing, i, std::nullopt, {}});
            continue;
        }
        for (; j < instead; ++j) all.rungs.push_back({What::added, std::nullopt, j, {}});
        all.rungs.push_back({What::replaced, i, j++, {}});
    }
    for (; j < to_j; ++j) all.rungs.push_back({What::added, std::nullopt, j, {}});
}

}  // namespace

Differences differences(const Recording& first, const Recording& second) {
    Differences all;
    std::size_t i = 0, j = 0;
    for (const auto& [one, other] : common_messages(first, second)) {
        fill_gap(all, first, i, one, second, j, other);
        all.rungs.push_back(compared(first, one, second, other));
        i = one + 1, j = other + 1;
    }
    fill_gap(all, first, i, first.messages.size(), second, j, second.messages.size());
    for (std::size_t rung = 0; rung < all.rungs.size(); ++rung) {
        if (all.rungs[rung].what == What::none) continue;
        if (!all.begin) all.begin = rung;
        if (!all.course && all.rungs[rung].what != What::time) all.course = rung;
    }
    return all;
}

}  // namespace sipdex::recording
