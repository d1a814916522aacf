// An outline is what a frame of the window holds, written down while it is drawn: each thing behind the one before, groups
// opened and closed. While nobody listens nothing is written down.
#pragma once
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "window/accessible/node.h"

namespace sipdex::window::accessible {

class Outline {
public:
    void want(bool on);
    // Whether there is anybody to write for, and nobody has kept what is drawn now from being written.
    bool wanted() const { return on_ && hushed_ == 0; }
    bool listened() const { return on_; }
    void begin();  // a frame

    void open(Node group);
    void close();  // a group in which nothing was written is left out
    void add(Node node);
    Node* last();         // what was added last, until a group is opened or closed
    Role within() const;  // the group that is open, the frame where none is

    // Words that are drawn: those of the thing added last belong to it, others stand for themselves. Of a thing that is
    // described as a whole they add nothing.
    void describe_last(std::string words);
    void drawn(const std::string& words, const Box& where);
    // The text of a node that is one line, made anew only when it has become another.
    std::shared_ptr<const Prose> line(const std::string& id, const std::string& words, const Box& where);

    // Said once, whatever has the focus: "Copied".
    void say(std::string words);

    // What is drawn meanwhile is written down by whoever draws it, in another way.
    class Hush {
    public:
        explicit Hush(Outline& outline) : outline_(outline) { ++outline_.hushed_; }
        ~Hush() { --outline_.hushed_; }
        Hush(const Hush&) = delete;
        Hush& operator=(const Hush&) = delete;

    private:
        Outline& outline_;
    };

    struct Window {
        std::string name, language;
        bool active = false;
        Box where = {};  // on the screen
    };
    // All of it as a tree. What has the same id as in the tree before keeps its number.
    Tree tree(const Window& window);

    // After an exception: how far the frame had come, and back to it.
    struct Mark {
        std::size_t written = 0, depth = 0;
    };
    Mark mark() const { return {written_.size(), open_.size()}; }
    void back_to(const Mark& mark);

private:
    struct Written {
        Node node;
        std::size_t parent;  // among what is written; -1: the frame
    };
    int number_of(const std::string& id);

    bool on_ = false;
    int hushed_ = 0;
    std::vector<Written> written_;
    std::vector<std::size_t> open_;
    std::size_t last_ = std::size_t(-1);
    bool described_ = false;            // the last one, as a whole
    std::map<std::string, int> times_;  // words that stand for themselves, by how often
    std::unordered_map<std::string, std::shared_ptr<const Prose>> lines_;
    std::deque<std::pair<int, std::string>> said_;
    int sayings_ = 0;
    struct Number {
        int number = 0;
        unsigned tree = 0;
    };
    std::unordered_map<std::string, Number> numbers_;
    int last_number_ = 0;
    unsigned trees_ = 0;
};

}  // namespace sipdex::window::accessible
