// The words by which a reader of text knows SIP: the names of header fields, the phrases of responses, the names that
// products give to causes. They come from the catalog; the reader itself knows no code.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sipdex::evidence {

class Vocabulary {
public:
    void add_field(std::string_view name);               // "Retry-After"
    void add_phrase(int code, std::string_view phrase);  // 486, "Busy Here"; several for one code
    // A word of somebody's logs: 17, "USER_BUSY"; or several, 0, "No matching endpoint found". 0: no cause of Q.850.
    void add_name(int cause, std::string_view name);
    void add_own_number(std::string_view digits);  // "560403", "32011"

    bool knows_field(std::string_view name) const;             // in any case; compact forms are not known here
    bool knows_name(std::string_view name, int& cause) const;  // one word, exactly as written
    bool knows_own_number(std::string_view digits) const { return own_numbers_.contains(std::string(digits)); }

    // Known words of logs that begin at the front of `text`, whatever their case; empty where none do.
    std::string_view words_at(std::string_view text) const;

    bool knows_code(int code) const { return phrases_.contains(code); }

    // How many octets at the beginning of `text` are a phrase of this code, in any case; 0 where none is.
    std::size_t phrase_at(int code, std::string_view text) const;

private:
    std::unordered_set<std::string> fields_;                             // lowered
    std::map<int, std::vector<std::string>> phrases_;                    // lowered, the longest first
    std::unordered_map<std::string, int> names_;                         // of one word
    std::unordered_map<std::string, std::vector<std::string>> sayings_;  // of several, by their first word, lowered
    std::unordered_set<std::string> own_numbers_;
};

}  // namespace sipdex::evidence
