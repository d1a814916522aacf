#include "window/kit/input.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sipdex::window {

namespace {

// Ctrl+V and its like: they are for the text of a field, as characters are.
bool edits(const Event& event) {
    constexpr Key keys[] = {Key::a, Key::c, Key::v, Key::x, Key::y, Key::z};
    return event.kind == Event::Kind::key && event.down && event.press.control &&
           std::ranges::find(keys, event.press.key) != std::end(keys);
}

}  // namespace

void Input::take() {
    presses_.clear();
    clicks_.clear();
    characters_.clear();
    wheel_x_ = wheel_y_ = zoom_ = 0;
    std::copy(std::begin(buttons_), std::end(buttons_), std::begin(was_));
    bool moved = false, pressed = false, typed = false, acted = false, changed[5] = {};
    // A field that never gets ready, because a part of the frame fails, must not be waited for.
    constexpr int most_held = 8;
    held_frames_ = hold_ ? held_frames_ + 1 : 0;
    const bool hold = std::exchange(hold_, false) && held_frames_ <= most_held;
    std::set<Key> keys;
    for (; !waiting_.empty(); waiting_.pop_front()) {
        const Event& event = waiting_.front();
        // Stop before an event that would hide an earlier one of this frame.
        if (event.kind == Event::Kind::move && (pressed || typed)) break;
        if (event.kind == Event::Kind::button) {
            if (event.button < 0 || event.button > 4) continue;
            if (moved || changed[event.button]) break;
        }
        if (event.kind == Event::Kind::key && (keys.count(event.press.key) || pressed || typed)) break;
        // Ctrl+K and Enter may give the focus to another field, which then gets what follows.
        if ((event.kind == Event::Kind::character || edits(event)) && (acted || hold)) break;
        switch (event.kind) {
            case Event::Kind::key:
                if (event.down) presses_.push_back(event.press);
                if (event.down && (event.press.control || event.press.key == Key::enter)) acted = true;
                if (!event.repeated && event.press.key != Key::none) keys.insert(event.press.key);
                break;
            case Event::Kind::character:
                characters_.push_back(event.character);
                typed = true;
                break;
            case Event::Kind::move:
                x_ = event.x;
                y_ = event.y;
                moved = true;
                break;
            case Event::Kind::button:
                buttons_[event.button] = event.down;
                changed[event.button] = pressed = true;
                if (event.down) clicks_.push_back(event.button);
                break;
            case Event::Kind::wheel:
                if (event.press.control) {
                    zoom_ += event.y;
                } else if (event.press.shift) {  // sideways, where a mouse has one wheel
                    wheel_x_ += event.x + event.y;
                } else {
                    wheel_x_ += event.x;
                    wheel_y_ += event.y;
                }
                break;
        }
    }
}

bool Input::take_press(Key key, bool control, bool alt) {
    const auto found = std::find_if(presses_.begin(), presses_.end(), [&](const Press& press) {
        return press.key == key && press.control == control && press.alt == alt;
    });
    if (found == presses_.end()) return false;
    presses_.erase(found);
    return true;
}

void Input::take_presses(const std::function<bool(const Press&)>& act) {
    std::vector<Press> left;
    for (const Press& press : std::exchange(presses_, {}))
        if (!act(press)) left.push_back(press);
    presses_ = std::move(left);
}

void Input::type_again(const std::vector<unsigned>& characters) {
    for (auto character = characters.rbegin(); character != characters.rend(); ++character) {
        Event event;
        event.kind = Event::Kind::character;
        event.character = *character;
        waiting_.push_front(event);
    }
}

bool Input::take_character(unsigned character) {
    const auto found = std::find(characters_.begin(), characters_.end(), character);
    if (found == characters_.end()) return false;
    characters_.erase(found);
    return true;
}

}  // namespace sipdex::window
