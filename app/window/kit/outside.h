// What the desktop does for a window: showing addresses and files, printing. Either may be missing.
#pragma once
#include <functional>
#include <string>

namespace sipdex::window {

struct Outside {
    // Shows an address, or a file or folder as "file://…", with the program that the reader uses for it. Throws
    // std::system_error where none can be started.
    std::function<void(const std::string& address)> open;
    struct Printed {
        enum class Outcome { done, no_program, refused };
        Outcome outcome = Outcome::done;
        std::string reason;  // the printing program's own words
    };
    // Hands a file to the printer; takes as long as that takes, at most some seconds.
    std::function<Printed(const std::string& file)> print;
};

}  // namespace sipdex::window
