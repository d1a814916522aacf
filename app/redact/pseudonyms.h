// Who and what is written in place of whom and what: the same for the same value wherever it stands, in every message and
// every file of one run.
//
// First every value is noted, by asking for its pseudonym while `collecting`, which gives nothing back; then pseudonyms are
// given, none of which is or holds a value of the original.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "capture/address.h"
#include "redact/addresses.h"
#include "redact/numbers.h"
#include "redact/scramble.h"
#include "redact/secrets.h"

namespace sipdex::redact {

class Pseudonyms {
public:
    Pseudonyms(std::uint64_t key, std::uint64_t more);
    Pseudonyms(const Pseudonyms&) = delete;
    Pseudonyms& operator=(const Pseudonyms&) = delete;

    bool collecting() const { return collecting_; }
    void begin_giving();

    // A user part, a display name, the user of an authentication: a number, an address, or a name. Unescaped.
    std::string person(std::string_view text);
    std::string number(std::string_view text);
    // A host name, or an address as text, in brackets or not. Names share the ends that they shared.
    std::string host(std::string_view text);
    std::string address(std::string_view octets);
    capture::Address address(const capture::Address& original);
    // Call-IDs, tags, branches, nonces: nobody reads them, only whether they are alike counts.
    std::string identifier(std::string_view text);
    // One that may hold another, as the Call-ID of a second leg does.
    std::string call_id(std::string_view text);
    // Letters of the same length and form: "9A:0F" becomes "CE:DB", a UUID a UUID.
    std::string hexadecimal(std::string_view text);
    std::string letters(std::string_view text);  // as many as the text has, small ones

    // Replaced where it is known or has the form of an address, a number, a host or user@host; nothing where not.
    std::string known(std::string_view word);
    // Whether a value of the original stands in it, as far as they have been collected.
    bool within(std::string_view text);
    // Not to be given to anybody; where it stands otherwise it may stay.
    void avoid(std::string_view text) { avoided_.add(text); }

    // What was replaced, in the order of kinds and originals.
    struct Given {
        enum class Kind : std::uint8_t { number, name, host, address, call_id } kind{};
        std::string original, pseudonym;
    };
    std::vector<Given> given() const;
    std::size_t identifiers() const { return identifiers_.size(); }

private:
    std::string name(std::string_view text);
    std::string fresh(std::initializer_list<std::string_view> stems, std::string_view behind);
    std::string host_name(std::string_view text);

    bool collecting_ = true;
    Scramble scramble_;
    Secrets secrets_, avoided_;
    Addresses addresses_;
    Numbers numbers_;
    std::unordered_map<std::string, std::string> names_, hosts_, call_ids_;
    std::unordered_set<std::uint64_t> identifiers_;
    std::unordered_map<std::string_view, std::size_t> counters_;
    std::map<std::size_t, std::size_t> call_id_lengths_;  // how many have it
    std::unordered_set<std::uint64_t> call_id_hashes_;
    std::string top_level_;
    std::unordered_map<std::string, bool> within_;  // what was asked before
};

// "anonymous", "unavailable" and the like: who says so is not named (RFC 3323 4.1.1.3).
bool names_nobody_by_name(std::string_view text);

}  // namespace sipdex::redact
