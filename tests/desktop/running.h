// Sipdex running on a screen. What it shows is read from the file it writes each time it comes to rest,
// so that a test waits for what a person would wait for: the thing itself, up to a deadline.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "desktop/screen.h"
#include "support/text.h"

namespace sipdex::test {

struct Shown {  // what stands in the window
    struct Thing {
        std::string kind, id, label;
        int x = 0, y = 0, width = 0, height = 0;
        bool chosen = false;
    };
    std::string title, place, language;
    std::vector<Thing> things;       // to press
    std::vector<std::string> words;  // to read

    const Thing* thing(const std::string& id) const;
    bool says(const std::string& words) const;
};

// What the program is started with beside its display and its home.
struct Start {
    std::vector<std::string> arguments = {};
    std::map<std::string, std::string> environment = {};
};

class Running {
public:
    // Starts the program and waits for its window; `home` holds what it remembers.
    Running(const Screen& screen, const std::filesystem::path& home, const Start& start = {});
    ~Running();

    using Condition = std::function<bool(const Shown&)>;

    // Waits until the condition holds. Fails the test, showing the window's content, when it does not
    // within the deadline or when the program ends.
    Shown until(const std::string& what, const Condition& condition,
                std::chrono::seconds deadline = std::chrono::seconds(180));

    void click(const std::string& id);  // waits for the thing first
    void key(const std::string& name) { screen_.key(name); }
    void type(const std::string& words) { screen_.type(words); }

    pid_t id() const { return program_.id(); }
    // Processor time used since the start, in ticks of the clock.
    long ticks() const;
    // Waits for a stretch of time in which it uses none; whether one came. A busy machine lets it take long.
    bool comes_to_rest();
    // Lets time pass; fails the test when the program ends meanwhile.
    void rest(std::chrono::milliseconds time);
    // The exit code after Ctrl+Q.
    int quit();
    // The exit code once it ends by itself or by a signal, then 128 and its number; -1 while it has not.
    int ended(std::chrono::milliseconds deadline = std::chrono::seconds(90)) { return program_.ended(deadline); }
    // What it wrote to standard error.
    std::string said() const;

private:
    bool read();

    const Screen& screen_;
    TemporaryFolder folder_;
    std::filesystem::path dump_;
    int watch_ = -1;
    Process program_;
    Shown shown_;
    std::string content_;
};

// Why no window can be driven here; empty when one can.
std::string no_window_here();

Running::Condition titled(const std::string& title);
Running::Condition saying(const std::string& words);
Running::Condition not_saying(const std::string& words);
Running::Condition speaking(const std::string& language);
Running::Condition having(const std::string& id);  // something to press
Running::Condition without(const std::string& id);

}  // namespace sipdex::test
