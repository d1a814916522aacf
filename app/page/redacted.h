// A copy of captures and logs that can be shown to others, written as a file; see redact/redact.h for what is replaced.
#pragma once
#include <functional>
#include <string>
#include <system_error>
#include <vector>

#include "language/words.h"
#include "page/brought.h"
#include "page/handed_in.h"
#include "redact/redact.h"

namespace sipdex::page {

struct Redacted {
    enum class End {
        written,
        unreadable,  // `file`, by `error`
        nothing,     // `file` holds no message
        onto,        // the output is read as well: it is left alone
        failed,      // the output cannot be written, by `error`
        stopped,     // by whoever was asked whether to go on
    } end = End::written;
    std::string file;
    std::error_code error;
    redact::Outcome outcome;
    std::uint64_t left_out = 0;  // messages for which there was no room

    bool written() const { return end == End::written; }
};

// A folder among the sources stands for the files in it. The published texts of `means` stay, beside those of `options`
// (means_to_share has them). `goes_on` is asked now and then; false leaves what stood at `output` as it was.
Redacted write_redacted(const std::vector<HandedIn>& sources, const std::string& output, const Means& means,
                        redact::Options options = {}, const std::function<bool()>& goes_on = {});

// What became of it, a sentence each; none where it was stopped.
std::vector<std::string> told(const language::Words& words, const Redacted& redacted, const std::string& output);

// Whether writing one would destroy the other.
bool same_file(const std::string& one, const std::string& other);

// "/traces/office-shared.pcapng", a name beside the original that is not taken.
std::string name_for_shared(const std::string& original);

}  // namespace sipdex::page
