#include "window/kit/input.h"

#include <imgui.h>

#include <algorithm>
#include <set>
#include <utility>

namespace sipdex::window {

namespace {

// Keys that a text field understands. Tab is not among them: the order of focus is the window's own.
ImGuiKey imgui_key(Key key) {
    switch (key) {
        case Key::enter: return ImGuiKey_Enter;
        case Key::space: return ImGuiKey_Space;
        case Key::escape: return ImGuiKey_Escape;
        case Key::backspace: return ImGuiKey_Backspace;
        case Key::del: return ImGuiKey_Delete;
        case Key::left: return ImGuiKey_LeftArrow;
        case Key::right: return ImGuiKey_RightArrow;
        case Key::up: return ImGuiKey_UpArrow;
        case Key::down: return ImGuiKey_DownArrow;
        case Key::home: return ImGuiKey_Home;
        case Key::end: return ImGuiKey_End;
        case Key::a: return ImGuiKey_A;
        case Key::c: return ImGuiKey_C;
        case Key::v: return ImGuiKey_V;
        case Key::x: return ImGuiKey_X;
        case Key::y: return ImGuiKey_Y;
        case Key::z: return ImGuiKey_Z;
        default: return ImGuiKey_COUNT;
    }
}

void feed(const Press& press, bool down) {
    ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
    io.AddKeyEvent(ImGuiMod_Ctrl, press.control);
    io.AddKeyEvent(ImGuiMod_Shift, press.shift);
    io.AddKeyEvent(ImGuiMod_Alt, press.alt);
    if (const ImGuiKey key = imgui_key(press.key); key != ImGuiKey_COUNT) io.AddKeyEvent(key, down);
#else
    io.KeyCtrl = press.control;
    io.KeyShift = press.shift;
    io.KeyAlt = press.alt;
    if (const ImGuiKey key = imgui_key(press.key); key != ImGuiKey_COUNT) io.KeysDown[key] = down;
#endif
}

// Ctrl+V and its like: they are for the text of a field, as characters are.
bool edits(const Event& event) {
    return event.kind == Event::Kind::key && event.down && event.press.control &&
           imgui_key(event.press.key) != ImGuiKey_COUNT;
}

}  // namespace

void prepare_imgui_keys() {
    ImGuiIO& io = ImGui::GetIO();
    io.ConfigInputTextCursorBlink = false;  // a blinking cursor would keep the window awake
#if IMGUI_VERSION_NUM >= 18700
    io.ConfigInputTrickleEventQueue = false;  // Input spreads events over frames itself
#else
    for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
#endif
}

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
    ImGuiIO& io = ImGui::GetIO();
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
                feed(event.press, event.down);
                if (event.down) presses_.push_back(event.press);
                if (event.down && (event.press.control || event.press.key == Key::enter)) acted = true;
                if (!event.repeated && event.press.key != Key::none) keys.insert(event.press.key);
                break;
            case Event::Kind::character:
                // With Control held no character is typed; the key may have been let go elsewhere.
                feed({}, false);
                io.AddInputCharacter(event.character);
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
#if IMGUI_VERSION_NUM >= 18700
    io.AddMousePosEvent(x_, y_);
    for (int button = 0; button < 3; ++button) io.AddMouseButtonEvent(button, buttons_[button]);
#else
    io.MousePos = {x_, y_};
    for (int button = 0; button < 3; ++button) io.MouseDown[button] = buttons_[button];
#endif
}

bool Input::take_press(Key key, bool control, bool alt) {
    const auto found = std::find_if(presses_.begin(), presses_.end(), [&](const Press& press) {
        return press.key == key && press.control == control && press.alt == alt;
    });
    if (found == presses_.end()) return false;
    presses_.erase(found);
    return true;
}

void Input::type_again(const std::vector<unsigned>& characters) {
    for (auto character = characters.rbegin(); character != characters.rend(); ++character) {
        Event event;
        event.kind = Event::Kind::character;
        event.character = *character;
        waiting_.push_front(event);
    }
    hold_characters();
}

bool Input::take_character(unsigned character) {
    const auto found = std::find(characters_.begin(), characters_.end(), character);
    if (found == characters_.end()) return false;
    characters_.erase(found);
    return true;
}

}  // namespace sipdex::window
