// What the desktop does for a window: showing addresses and files, printing, choosing files. Any may be missing.
#pragma once
#include <functional>
#include <string>
#include <vector>

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
    // Asks for files in a dialog of the desktop; takes as long as the reader does, on a thread of its own.
    struct Question {
        std::string title;
        std::string kind, all;              // what the files wanted are called, and files of any kind
        std::vector<std::string> patterns;  // "*.pcap"
    };
    struct Chosen {
        enum class Outcome { chosen, cancelled, no_dialog };
        Outcome outcome = Outcome::chosen;
        std::vector<std::string> files;
    };
    std::function<Chosen(const Question& question)> choose;
    // All text of the clipboard as it is, where a field would be given some of it in one line.
    std::function<std::string()> clipboard;
};

}  // namespace sipdex::window
