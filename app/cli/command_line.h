// The command line: what the words after `sipdex` ask for.
//
// Data goes to standard output, problems to standard error as "sipdex: …". Exit 0 done, 1 failed, 2 wrong
// usage.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "cli/session.h"

namespace sipdex::cli {

// What the window should open, and in which language ("" for the one it remembers).
struct WindowRequest {
    std::filesystem::path catalog;
    std::string language;
    std::string dump_file;               // where the window writes what it shows; empty: nowhere
    std::vector<std::string> responses;  // none: the start page; one: its page; more: their comparison
    std::string view;                    // one of value::views, in place of a page; empty: none
};

// Runs a command to its end and gives the exit code. Without a command it hands over to `window`, whose
// exit code it then gives.
int run(int argc, char** argv, const std::function<int(const WindowRequest&)>& window);

// A problem for the reader, as one line on standard error: "sipdex: …". Whatever stands in the sentence, typed or
// read from a file, reaches the terminal as text, and the middle of a flood is left out.
void complain(const std::string& sentence);

// Wrong usage: the sentence for the reader; exit code 2.
struct UsageError {
    std::string sentence;
};

// Something failed that is nobody's mistake here: exit code 1.
struct Failure {
    std::string sentence;
};

}  // namespace sipdex::cli
