// What somebody hands in to be read: a file, standard input ("-"), or text that was pasted. One reader for whoever explains
// it and whoever redacts it.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "capture/captured.h"
#include "evidence/vocabulary.h"

namespace sipdex::page {

struct HandedIn {
    HandedIn(std::string name_) : name(std::move(name_)) {}
    HandedIn(const char* name_) : name(name_) {}
    HandedIn(std::string name_, std::shared_ptr<const std::string> pasted_)
        : name(std::move(name_)), pasted(std::move(pasted_)) {}

    std::string name;                           // of the file; of pasted text what it is called while it is read
    std::shared_ptr<const std::string> pasted;  // null: the file is read
};

// The same with the files of each folder in its place, by name; neither hidden ones nor those of folders in it.
std::vector<HandedIn> with_folders_spread(const std::vector<HandedIn>& sources);

// What is left to know of it once it is read.
struct TakenIn {
    std::string name;
    bool capture = false;                     // else a log, which holds no media
    std::shared_ptr<const std::string> kept;  // its octets, where it is a capture that cannot be read a second time
    std::string text;                         // of a log, as much as evidence::read takes
    std::error_code error;                    // why it cannot be read, which is a problem of `captured` too
};

// Adds it to what was captured. `goes_on` as for Captured::read_file.
TakenIn take_in(const HandedIn& source, const evidence::Vocabulary& vocabulary, capture::Captured& captured,
                const capture::Captured::GoesOn& goes_on = {});

// Gives what a capture holds to a listener once more; nothing of a log.
void tell_again(const TakenIn& source, capture::Listener& listener);

}  // namespace sipdex::page
