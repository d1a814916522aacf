// Input is what the reader did, event by event, handed to a frame so that no quick tap is lost.
//
// Dear ImGui before 1.87 sees only the state of keys and buttons at the start of a frame: a key pressed
// and released between two frames never happened. So events wait here, and each frame takes as many as
// it can tell apart. The same queue serves every version of Dear ImGui, and tests.
#pragma once
#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace sipdex::window {

enum class Key {
    none,
    tab,
    enter,
    space,
    escape,
    backspace,
    del,
    left,
    right,
    up,
    down,
    home,
    end,
    page_up,
    page_down,
    f1,
    a,
    b,
    c,
    d,
    e,
    f,
    k,
    l,
    n,
    o,
    p,
    q,
    s,
    t,
    v,
    w,
    x,
    y,
    z,
    slash,
    plus,
    minus,
    zero,
    one,
    two,
    three,
    four,
    five,
};

struct Press {
    Key key = Key::none;
    bool control = false, shift = false, alt = false;
};

struct Event {
    enum class Kind { key, character, move, button, wheel };
    Kind kind = Kind::key;
    Press press = {};
    bool down = false;      // key, button
    bool repeated = false;  // the key is held
    int button = 0;         // 0 left, 1 right, 2 middle, 3 back, 4 forward
    unsigned character = 0;
    float x = 0, y = 0;  // move: position; wheel: distance, with the keys held in `press`
};

constexpr double double_press = 0.4;  // seconds between two presses that are one

// What an input method is composing, before it becomes text: "にほん".
struct Composition {
    std::string text;
    std::size_t caret = 0;  // octets
    bool operator==(const Composition&) const = default;
};

class Input {
public:
    void add(const Event& event) { waiting_.push_back(event); }
    bool pending() const { return !waiting_.empty() || !dropped_.empty(); }

    // Call before ImGui::NewFrame. Hands over what one frame can take.
    void take();

    // Characters, and keys such as Ctrl+V, wait for the next frame but one: the field they are meant for is not ready yet.
    void hold_characters() { hold_ = true; }
    // Characters that nobody waited for, typed once more for a field that has the focus from now on.
    void type_again(const std::vector<unsigned>& characters);

    // What the frame in progress was given.
    const std::vector<Press>& presses() const { return presses_; }
    const std::vector<int>& clicks() const { return clicks_; }  // buttons pressed
    const std::vector<unsigned>& characters() const { return characters_; }
    bool take_character(unsigned character);  // tests for one and takes it
    std::vector<unsigned> take_characters() { return std::exchange(characters_, {}); }
    const Composition& composition() const { return composition_; }
    void set_composition(Composition composition) { composition_ = std::move(composition); }
    float wheel_x() const { return wheel_x_; }
    float wheel_y() const { return wheel_y_; }
    float zoom() const { return zoom_; }  // the wheel with Control held; no part of wheel_y
    float x() const { return x_; }
    float y() const { return y_; }
    bool held(int button) const { return button >= 0 && button < 5 && buttons_[button]; }
    bool released(int button) const { return button >= 0 && button < 5 && was_[button] && !buttons_[button]; }

    // Files that were dropped on the window since they were taken last.
    void drop(std::vector<std::string> files) { dropped_ = std::move(files); }
    std::vector<std::string> take_dropped() { return std::exchange(dropped_, {}); }

    // Tests for a key and takes it, so that nobody else acts on it.
    bool take_press(Key key, bool control = false, bool alt = false);
    // Hands over the keys that were pressed in their order, and takes those of which `act` says that it did something.
    void take_presses(const std::function<bool(const Press&)>& act);

private:
    std::deque<Event> waiting_;
    std::vector<std::string> dropped_;
    std::vector<Press> presses_;
    std::vector<int> clicks_;
    std::vector<unsigned> characters_;
    bool buttons_[5] = {}, was_[5] = {};
    bool hold_ = false;
    int held_frames_ = 0;
    Composition composition_;
    float x_ = -1, y_ = -1, wheel_x_ = 0, wheel_y_ = 0, zoom_ = 0;
};

}  // namespace sipdex::window
