#include "redact/pseudonyms.h"

#include <algorithm>
#include <array>

#include "sip/characters.h"
#include "sip/host_port.h"
#include "sip/token.h"

namespace sipdex::redact {

namespace {

// Without vowels no word comes out, without digits no number.
constexpr std::string_view consonants = "bcdfghjklmnpqrstvwxz";
constexpr std::size_t identifier_letters = 16;
constexpr std::size_t shortest_call_id = 8, longest_call_id = 96;  // to be looked for within another

std::string_view without_brackets(std::string_view text) {
    return text.size() > 2 && text.front() == '[' && text.back() == ']' ? text.substr(1, text.size() - 2) : text;
}

std::vector<std::string_view> labels_of(std::string_view name) {
    std::vector<std::string_view> labels;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find('.', at), name.size());
        labels.push_back(name.substr(at, end - at));
        at = end + 1;
    }
    return labels;
}

// "example.com", "example.co.uk": how many labels somebody has registered.
std::size_t registered(const std::vector<std::string_view>& labels) {
    if (labels.size() <= 2) return labels.size();
    return labels.back().size() == 2 && labels[labels.size() - 2].size() <= 3 ? 3 : 2;
}

// "sip.example.com", whoever that is; no version and no file.
bool looks_like_host(std::string_view text) {
    static constexpr sip::Characters allowed(sip::alphanum, "-_.");
    if (!allowed.only_in(text) || text.find('.') == std::string_view::npos) return false;
    const auto labels = labels_of(text);
    if (std::ranges::any_of(labels, [](std::string_view label) { return label.empty(); })) return false;
    return labels.back().size() >= 2 && sip::letter_characters.only_in(labels.back()) &&
           sip::letter_characters.any_in(labels.front());
}

std::string octets_of(const capture::Address& address) {
    return {reinterpret_cast<const char*>(address.octets.data()), address.length};
}

}  // namespace

bool names_nobody_by_name(std::string_view text) {
    static constexpr std::string_view nobody[] = {"anonymous", "unavailable", "unknown",           "restricted",
                                                  "private",   "localhost",   "anonymous.invalid", "invalid"};
    return text.empty() ||
           std::ranges::any_of(nobody, [&](std::string_view one) { return sip::same_token(one, text); });
}

Pseudonyms::Pseudonyms(std::uint64_t key, std::uint64_t more)
    : scramble_(key, more),
      addresses_(scramble_, [this](std::string_view text) { return secrets_.within(text); }),
      numbers_(scramble_) {}

void Pseudonyms::begin_giving() {
    collecting_ = false;
    // RFC 2606 2: names that are nobody's.
    for (const char* const one : {"example", "test", "invalid"}) {
        top_level_ = one;
        if (!secrets_.within(top_level_)) break;
    }
}

bool Pseudonyms::within(std::string_view text) {
    if (collecting_ || text.size() < Secrets::shortest) return false;
    constexpr std::size_t most = 65536, longest = 256;
    if (text.size() > longest) return secrets_.within(text);
    std::string key(text);
    if (const auto known = within_.find(key); known != within_.end()) return known->second;
    if (within_.size() >= most) within_.clear();
    return within_.emplace(std::move(key), secrets_.within(text)).first->second;
}

std::string Pseudonyms::person(std::string_view text) {
    if (names_nobody_by_name(text) || names_nobody(text)) return std::string(text);
    if (sip::is_ipv4(text) || sip::is_ipv6(without_brackets(text))) return host(text);
    if (is_number(text)) return number(text);
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos)
        return person(text.substr(0, at)) + '@' + host(text.substr(at + 1));
    if (hosts_.contains(sip::lowered(text))) return host(text);
    return name(text);
}

std::string Pseudonyms::name(std::string_view text) {
    if (collecting_) {
        if (names_.try_emplace(std::string(text)).second) secrets_.add(text);
        return {};
    }
    std::string& pseudonym = names_[std::string(text)];
    if (pseudonym.empty()) pseudonym = fresh({"user", "party", "guest", "folk"}, "");
    return pseudonym;
}

// A stem and a number that together neither are nor hold an original.
std::string Pseudonyms::fresh(std::initializer_list<std::string_view> stems, std::string_view behind) {
    constexpr int tries = 40;
    for (const std::string_view stem : stems)
        for (int i = 0; i < tries; ++i) {
            std::string candidate(stem);
            candidate += std::to_string(++counters_[stem]);
            candidate += behind;
            if (!secrets_.within(candidate) && !avoided_.within(candidate)) return candidate;
        }
    const std::string_view last = std::data(stems)[stems.size() - 1];
    std::string drawn;
    for (int i = 0; i < tries; ++i) {
        drawn = scramble_.letters(last, consonants, 8 + static_cast<std::size_t>(i)) +
                scramble_.letters(std::to_string(++counters_[last]), consonants, 8);
        if (!secrets_.within(drawn + std::string(behind))) break;
    }
    return drawn + std::string(behind);
}

std::string Pseudonyms::number(std::string_view text) {
    if (names_nobody(text)) return std::string(text);
    if (!collecting_) return numbers_.of(text);
    numbers_.note(text);
    const std::string digits = digits_of(text);
    secrets_.add(digits);
    secrets_.add(text);
    return {};
}

std::string Pseudonyms::address(std::string_view octets) {
    if (!collecting_ || names_no_place(octets)) return addresses_.of(octets);
    addresses_.note(octets);
    secrets_.add(host_of(capture::address_of(octets, 0)));
    return {};
}

capture::Address Pseudonyms::address(const capture::Address& original) {
    if (!original.known()) return original;
    const std::string octets = address(octets_of(original));
    return capture::address_of(octets, original.port);
}

std::string Pseudonyms::host(std::string_view text) {
    const std::string_view bare = without_brackets(text);
    if (sip::is_ipv4(bare) || sip::is_ipv6(bare)) {
        const auto parsed =
            capture::parse_address(sip::is_ipv6(bare) ? '[' + std::string(bare) + ']' : std::string(bare));
        if (parsed) {
            const std::string octets = address(octets_of(*parsed));
            const std::string written = host_of(capture::address_of(octets, 0));
            return bare.size() == text.size() ? written : '[' + written + ']';
        }
    }
    if (names_nobody_by_name(text)) return std::string(text);
    if (is_number(text) && text.find('.') == std::string_view::npos) return number(text);
    return host_name(text);
}

std::string Pseudonyms::host_name(std::string_view text) {
    std::string lowered = sip::lowered(text);
    const bool dot = lowered.size() > 1 && lowered.back() == '.';
    if (dot) lowered.pop_back();
    const std::string behind = dot ? "." : "";
    const auto labels = labels_of(lowered);
    const std::size_t base = registered(labels);
    const auto from_label = [&](std::size_t index) {
        return std::string(
            std::string_view(lowered).substr(static_cast<std::size_t>(labels[index].data() - lowered.data())));
    };
    if (collecting_) {
        for (std::size_t i = 0; i + base <= labels.size(); ++i)
            if (hosts_.try_emplace(from_label(i)).second) secrets_.add(from_label(i));
        // Who owns the domain is named by its label alone, too; the names for examples are nobody's (RFC 2606).
        const std::string_view owner = labels[labels.size() - base];
        if (owner != "example") secrets_.add(owner);
        return {};
    }
    // From the registered part outwards.
    for (std::size_t i = labels.size() - base + 1; i-- > 0;) {
        std::string& pseudonym = hosts_[from_label(i)];
        if (!pseudonym.empty()) continue;
        const bool whole = i == labels.size() - base;
        if (whole && labels.size() == 1) pseudonym = fresh({"host", "node", "box"}, "");
        else if (whole && labels.back() == "invalid") pseudonym = fresh({"net", "domain", "zone"}, ".invalid");
        else if (whole) pseudonym = fresh({"net", "domain", "zone"}, '.' + top_level_);
        else pseudonym = fresh({"h", "n", "k"}, '.' + hosts_[from_label(i + 1)]);
    }
    return hosts_[from_label(0)] + behind;
}

std::string Pseudonyms::identifier(std::string_view text) {
    if (text.empty()) return {};
    if (collecting_) {
        identifiers_.insert(scramble_.of(text));
        return {};
    }
    return scramble_.letters(text, consonants, identifier_letters);
}

std::string Pseudonyms::call_id(std::string_view text) {
    if (text.empty()) return {};
    const bool may_stand_within = text.size() >= shortest_call_id && text.size() <= longest_call_id;
    if (collecting_) {
        if (!call_ids_.try_emplace(std::string(text)).second) return {};
        if (may_stand_within && call_id_hashes_.insert(scramble_.of(text, 2)).second) ++call_id_lengths_[text.size()];
        return identifier(text);
    }
    const std::string key(text);
    if (const auto known = call_ids_.find(key); known != call_ids_.end() && !known->second.empty())
        return known->second;
    // The longest other one that stands within.
    std::string pseudonym;
    for (auto length = call_id_lengths_.rbegin(); pseudonym.empty() && length != call_id_lengths_.rend(); ++length) {
        if (length->first >= text.size() || text.size() > 2 * longest_call_id) continue;
        for (std::size_t at = 0; at + length->first <= text.size(); ++at) {
            const std::string_view inner = text.substr(at, length->first);
            if (!call_id_hashes_.contains(scramble_.of(inner, 2))) continue;
            pseudonym = identifier(text.substr(0, at)) + call_id(inner) + identifier(text.substr(at + inner.size()));
            break;
        }
    }
    if (pseudonym.empty()) pseudonym = identifier(text);
    return call_ids_[key] = pseudonym;
}

std::string Pseudonyms::hexadecimal(std::string_view text) {
    const std::string drawn = scramble_.letters(text, "abcdef", text.size());
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (sip::digit_characters.has(out[i]) || (out[i] >= 'a' && out[i] <= 'z')) out[i] = drawn[i];
        else if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(drawn[i] - 'a' + 'A');
        else if (out[i] != ':' && out[i] != '-') out[i] = drawn[i];
    }
    return out;
}

std::string Pseudonyms::letters(std::string_view text) { return scramble_.letters(text, consonants, text.size()); }

std::string Pseudonyms::known(std::string_view word) {
    constexpr std::size_t telling_digits = 5;
    if (word.empty()) return {};
    if (collecting_) {
        if (sip::is_ipv4(word) || sip::is_ipv6(without_brackets(word)) || looks_like_host(word)) host(word);
        else if (word.find('@') != std::string_view::npos && word.size() > 2) person(word);
        else if (is_number(word) && digits_of(word).size() >= telling_digits) number(word);
        return {};
    }
    if (call_ids_.contains(std::string(word))) return call_id(word);
    if (identifiers_.contains(scramble_.of(word))) return identifier(word);
    if (names_.contains(std::string(word))) return name(word);
    if (sip::is_ipv4(word) || sip::is_ipv6(without_brackets(word))) return host(word);
    if (word.find('@') != std::string_view::npos) return person(word);
    if (is_number(word) && (digits_of(word).size() >= telling_digits || numbers_.knows(word))) return numbers_.of(word);
    if (hosts_.contains(sip::lowered(word)) || looks_like_host(word)) return host(word);
    return {};
}

std::vector<Pseudonyms::Given> Pseudonyms::given() const {
    using Kind = Given::Kind;
    std::vector<Given> all;
    const auto add = [&](Kind kind, const auto& from) {
        const std::size_t begin = all.size();
        for (const auto& [original, pseudonym] : from)
            if (!pseudonym.empty()) all.push_back({kind, original, pseudonym});
        std::sort(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end(),
                  [](const Given& one, const Given& other) { return one.original < other.original; });
    };
    add(Kind::number, numbers_.given());
    add(Kind::name, names_);
    add(Kind::host, hosts_);
    std::unordered_map<std::string, std::string> addresses;
    for (const auto& [original, pseudonym] : addresses_.given())
        addresses.emplace(host_of(capture::address_of(original, 0)), host_of(capture::address_of(pseudonym, 0)));
    add(Kind::address, addresses);
    add(Kind::call_id, call_ids_);
    return all;
}

}  // namespace sipdex::redact
