// Somebody who does not see the window: a session with accessibility in it, and a client of AT-SPI that asks and hears as
// a screen reader does.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desktop/screen.h"

namespace sipdex::test {

// Why no window can be listened to here; empty when one can.
std::string no_accessibility_here();

// A session bus of the test's own and, once it is started, the accessibility bus with its registry.
class Session {
public:
    explicit Session(const Screen& screen);
    const std::map<std::string, std::string>& environment() const { return environment_; }
    void start_accessibility();
    void end_accessibility() { launcher_.reset(); }
    void enable(bool on) const;  // as a screen reader does when it starts
    void end() { bus_.reset(); }
    const std::string& address() const { return address_; }

private:
    TemporaryFolder folder_;
    std::string address_;
    std::map<std::string, std::string> environment_;
    std::optional<Process> bus_, launcher_;
};

class Listener {
public:
    // Goes on the accessibility bus of the session.
    explicit Listener(const Session& session);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    struct Seen {
        std::string path = {}, role = {}, name = {};
        int depth = 0;
        unsigned long long states = 0;
        std::vector<std::string> interfaces = {};
        std::map<std::string, std::string> attributes = {};
        bool has(const std::string& interface) const;
        bool is(int state) const { return (states >> state & 1) != 0; }
    };
    // The window and all it holds, in order; empty until the program is on the bus.
    std::vector<Seen> tree() const;
    std::string toolkit() const;  // of the program
    std::string text(const Seen& node) const;
    std::string piece(const Seen& node, int at, unsigned granularity, int& from, int& to) const;
    int number(const Seen& node, const std::string& interface, const std::string& property) const;
    std::string words(const Seen& node, const std::string& interface, const std::string& property) const;
    // What flows on from a text: its path, or nothing.
    std::string flows_to(const Seen& node) const;
    bool press(const Seen& node) const;
    bool take_focus(const Seen& node) const;
    bool set_caret(const Seen& node, int offset) const;
    // Of a field: puts words before a character, takes characters out, puts other words in the place of all.
    bool insert(const Seen& node, int at, const std::string& words) const;
    bool take_out(const Seen& node, int from, int to) const;
    bool set_text(const Seen& node, const std::string& words) const;
    // Of a text: the characters that are selected, "4 17"; empty when none are. And has some selected.
    std::string selection(const Seen& node) const;
    bool select(const Seen& node, int from, int to) const;
    // Of a list: the path of the item that is selected, empty without one. And has one selected.
    std::string selected_item(const Seen& node) const;
    bool select_item(const Seen& node, int index) const;
    std::vector<int> extents(const Seen& node, int from, int to) const;

    using Wanted = std::function<bool(const Seen&)>;
    // Waits until there is such a thing; fails the test, showing the tree, when it does not come.
    Seen until(const std::string& what, const Wanted& wanted, std::chrono::seconds deadline = std::chrono::seconds(60));
    bool is_there() const { return !tree().empty(); }
    std::string shown(const std::vector<Seen>& tree) const;

    struct Event {
        std::string kind;  // "StateChanged focused 1", "TextChanged insert 0 3"
        std::string from, words;
    };
    // Forgets what was heard, and waits for an event of this kind from something of this name (empty: anything).
    void forget() { heard_.clear(); }
    void hear(const std::string& kind, const std::string& from = {});
    std::string all_heard() const;

    // The processes of the bus that own a name.
    int owner(const std::string& name) const;
    bool has_name(const std::string& name) const;

private:
    struct Impl;
    std::string application() const;
    void listen(std::chrono::milliseconds time);

    std::unique_ptr<Impl> impl_;
    std::vector<Event> heard_;
};

}  // namespace sipdex::test
