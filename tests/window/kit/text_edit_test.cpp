// Editing a line of text, and the field it stands in: every script, with what an input method composes.
#include <doctest/doctest.h>
#include <imgui.h>

#include "language/characters.h"
#include "window/harness.h"
#include "window/kit/text_edit.h"

using sipdex::test::Desk;
using sipdex::window::Event;
using sipdex::window::Key;
using sipdex::window::TextEdit;
using Reach = TextEdit::Reach;

namespace {

// The text with | at the caret, and [ ] around what is selected.
std::string told(const TextEdit& edit) {
    const auto [first, last] = edit.selection();
    std::string text = edit.text();
    if (first == last) return text.insert(edit.caret(), "|");
    text.insert(last, "]");
    return text.insert(first, "[");
}

TextEdit editing(const std::string& text) {
    TextEdit edit;
    edit.show(text);
    return edit;
}

void type(Desk& desk, std::u32string_view characters) {
    for (const char32_t character : characters) {
        Event event;
        event.kind = Event::Kind::character;
        event.character = character;
        desk.bench.input().add(event);
    }
    desk.frames();
}

}  // namespace

TEST_CASE("the caret moves by letters as a reader sees them, and by words") {
    TextEdit edit = editing("e\u0301te\u0301 👨‍👩‍👧 नमस्ते");
    edit.move(Reach::line, false, false);
    edit.move(Reach::letter, true, false);
    CHECK(told(edit) == "e\u0301|te\u0301 👨‍👩‍👧 नमस्ते");
    edit.move(Reach::word, true, false);
    CHECK(told(edit) == "e\u0301te\u0301| 👨‍👩‍👧 नमस्ते");
    edit.move(Reach::letter, true, false);
    edit.move(Reach::letter, true, false);
    CHECK(told(edit) == "e\u0301te\u0301 👨‍👩‍👧| नमस्ते");
    edit.move(Reach::line, true, false);
    edit.move(Reach::word, false, true);
    CHECK(told(edit) == "e\u0301te\u0301 👨‍👩‍👧 [नमस्ते]");
    edit.move(Reach::letter, false, false);  // to the edge of what was selected
    CHECK(told(edit) == "e\u0301te\u0301 👨‍👩‍👧 |नमस्ते");
}

TEST_CASE("what is selected is replaced and erased; a letter goes as a whole; all of it can be undone and done again") {
    TextEdit edit = editing("486 busy here");
    edit.select_word(5);
    CHECK(edit.selected() == "busy");
    edit.insert("free", 100);
    CHECK(told(edit) == "486 free| here");
    edit.erase(Reach::word, false);
    CHECK(told(edit) == "486 | here");
    edit.undo();
    edit.undo();
    CHECK(edit.text() == "486 busy here");
    edit.redo();
    CHECK(edit.text() == "486 free here");
    edit.insert("x", 100);
    edit.redo();  // nothing is left to be done again
    CHECK(edit.text() == "486 freex here");
    TextEdit accented = editing("cafe\u0301");
    accented.erase(Reach::letter, false);
    CHECK(accented.text() == "caf");
    accented.erase(Reach::letter, true);
    CHECK(accented.text() == "caf");
}

TEST_CASE("no more is taken than fits, no letter is cut in two, and no control character comes in") {
    TextEdit edit = editing("");
    edit.insert(
        "ab\x01\x7f\u0085"
        "c",
        100);
    CHECK(edit.text() == "abc");
    edit.insert("éé", 6);
    CHECK(edit.text() == "abcé");
    edit.select_all();
    edit.insert("123456789", 6);
    CHECK(edit.text() == "123456");
}

TEST_CASE("every script is typed and seen in the search field") {
    for (const std::u32string_view words : {U"通話中", U"안녕", U"مشغول", U"занято", U"व्यस्त", U"忙しい😀"}) {
        Desk desk({"start", {}, {}});
        desk.press(Key::k, true);
        type(desk, words);
        const std::string seen = sipdex::language::utf8_of(words);
        CHECK_MESSAGE(desk.sees(seen), seen);
        REQUIRE_FALSE(desk.library.searched.empty());
        CHECK(desk.library.searched.back() == seen);
    }
}

TEST_CASE("what an input method composes is seen at the caret and is not searched for before it is text") {
    Desk desk({"start", {}, {}});
    desk.press(Key::k, true);
    type(desk, U"ab");
    desk.press(Key::left);
    desk.bench.input().set_composition({"にほ", 6});
    desk.frames();
    CHECK(desk.sees("aにほb"));
    CHECK(desk.library.searched.back() == "ab");
    REQUIRE(desk.bench.ui().text_caret);
    const double composed = desk.bench.ui().text_caret->x;
    desk.bench.input().set_composition({});
    type(desk, U"日本");
    CHECK(desk.library.searched.back() == "a日本b");
    desk.bench.input().set_composition({});
    desk.press(Key::home);
    CHECK(desk.bench.ui().text_caret->x < composed);
}

TEST_CASE("a field is edited by keys and mouse: select, cut, paste, undo, and its caret stays in sight") {
    Desk desk({"start", {}, {}});
    desk.press(Key::k, true);
    type(desk, U"busy here");
    desk.press(Key::left, true, true);
    desk.press(Key::x, true);
    CHECK(desk.library.searched.back() == "busy ");
    desk.press(Key::home);
    desk.press(Key::v, true);
    CHECK(desk.library.searched.back() == "herebusy ");
    desk.press(Key::z, true);
    CHECK(desk.library.searched.back() == "busy ");
    // Ctrl+K again selects all: typing replaces it.
    desk.press(Key::k, true);
    type(desk, U"x");
    CHECK(desk.library.searched.back() == "x");
    type(desk, std::u32string(300, U'm'));
    const auto& field = desk.bench.ui().things().front();
    REQUIRE(field.id == "search");
    const auto& caret = desk.bench.ui().text_caret;
    REQUIRE(caret);
    CHECK(caret->x > field.where.x);
    CHECK(caret->x < field.where.x + field.where.width);
    // Far more than is drawn: the caret finds both ends.
    ImGui::SetClipboardText(std::string(20'000, 'w').c_str());
    desk.press(Key::v, true);
    desk.press(Key::home);
    CHECK(desk.bench.ui().text_caret->x < field.where.x + 60);
    type(desk, U"z");
    CHECK(desk.library.searched.back().starts_with("zx"));
}

TEST_CASE("in a right-to-left window the left arrow goes on, and text begins at the right") {
    Desk desk({"start", {}, {}}, "ar");
    desk.press(Key::k, true);
    type(desk, U"مش");
    desk.press(Key::home);
    const double right = desk.bench.ui().text_caret->x;
    desk.press(Key::left);
    CHECK(desk.bench.ui().text_caret->x < right);
    type(desk, U"غ");
    CHECK(desk.library.searched.back() == "مغش");
}
