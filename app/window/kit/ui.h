// Ui is what a view is handed to draw with: ink, the reader's input, the library, and the frame's measures.
//
// It keeps what belongs to the eye and the hand alone: which thing has the focus, which is held, which
// layer is on top. Every thing that can be pressed is registered with an id, a place and a label; the
// order of registering is the order of the Tab key, the answer to a test, and the dump of `--dump-ui`.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "typeset/typeset.h"
#include "window/accessible/outline.h"
#include "window/kit/ink.h"
#include "window/kit/input.h"
#include "window/kit/library.h"
#include "window/kit/palette.h"
#include "window/kit/text_edit.h"

namespace sipdex::window {

enum class Type { caption, body, lead, section, code, wire };

// A place that shows part of something taller. Views keep it, so a page finds its place again.
struct Scroll {
    double at = 0;  // how much has gone past the top
    double content = 0, view = 0;
    double grip = -1;  // where the thumb was taken; negative while it is not
    double furthest() const { return content > view ? content - view : 0; }
};

class Ui {
public:
    struct Touch {
        bool hovered = false, held = false, focused = false;
        bool pressed = false;  // clicked, or Enter or Space with the focus
    };
    struct Thing {  // as registered in a frame
        std::string id, kind, label;
        Rect where;
        bool enabled = true, chosen = false, focused = false;
        int layer = 0;
    };
    enum class Cursor { arrow, hand, beam };

    Ui(Ink& ink_, Input& input_, Library& library_) : ink(ink_), input(input_), library(library_) {}
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    Ink& ink;
    Input& input;
    Library& library;

    // --- the frame
    void begin(const Palette& palette, double scale, double seconds);
    void end();
    double scale() const { return scale_; }
    double px(double units) const;               // units at 100 % to whole pixels
    double elapsed() const { return elapsed_; }  // seconds since the frame before, at most a tenth: for what moves
    double seconds() const { return began_; }    // of the clock, now
    const std::string& language() const { return language_; }
    const Palette& palette() const { return *palette_; }
    ImU32 colour(Role role, float opacity = 1) const { return palette_->of(role, opacity); }
    const Words& words() const { return library.words(); }
    std::string say(Sentence sentence) const { return (words().*sentence)(); }
    void keep_moving() { moving_ = true; }  // asks for another frame at once
    bool moving() const { return moving_; }
    // Says for two seconds that something was done: "Copied".
    void tell(std::string words);
    void draw_told();
    // The field that is being typed in, and where its caret stands on the screen, for an input method.
    struct Editing {
        std::string id;
        TextEdit edit;
        double scroll = 0;
        double pressed_at = -1e9;  // seconds
        bool drawing = false;
    };
    Editing editing;
    std::optional<Rect> text_caret;

    // --- words
    typeset::Style style(Type type, bool bold = false) const;
    typeset::Lines set(std::string_view words, Type type, bool bold = false, double width = 0) const;
    typeset::Lines cut(std::string_view words, Type type, bool bold, double width) const;  // one line, ellipsis
    // What stands on the wire runs from left to right, in a right-to-left window too.
    std::string wire(const std::string& words) const;
    // Draws one line whose middle stands at `middle`; gives its width.
    double word(std::string_view words, Type type, bool bold, double x, double middle, ImU32 colour, double most = 0);

    // --- things to press
    Touch touch(const std::string& id, const Rect& where, std::string_view kind, std::string_view label,
                bool enabled = true, bool chosen = false);
    void ring(const Rect& where, double radius = 6);  // of the focus
    bool focused(std::string_view id) const { return focus_ == id; }
    const std::string& focus() const { return focus_; }
    void set_focus(const std::string& id, bool by_key = true);
    bool focus_by_key() const { return ring_; }
    bool typing() const;  // into a field: letters are no keys then
    bool took_focus(std::string_view id) const { return took_focus_ && focus_ == id; }
    // Presses the thing of this id when it is next drawn, as a key bound to it does.
    void press(const std::string& id) {
        bound_ = id;
        moving_ = true;
    }
    // Whether there is such a thing to press, in this frame or the one before.
    bool offers(std::string_view id) const;
    void want(Cursor cursor) { cursor_ = cursor; }
    Cursor cursor() const { return cursor_; }
    double mouse_x() const { return ink.mirrored_x(input.x()); }
    double mouse_y() const { return input.y(); }
    bool hovering(const Rect& where) const;

    // --- layers: what is drawn between open and close lies above the rest, which then takes no input
    // Who does not see it hears its role and name.
    void open_layer(accessible::Role role = accessible::Role::dialog, const std::string& name = {});
    void close_layer();
    bool on_top() const { return layer_ == top_; }
    bool layer_open() const { return top_ > 0; }
    int top_layer() const { return top_; }

    // --- scrolling: between the two, draw with y less `scroll.at`
    void begin_scroll(const std::string& id, const Rect& view, Scroll& scroll);
    void end_scroll(double content);
    void reveal(const Rect& where);  // scrolls the scroll in progress just enough

    const std::vector<Thing>& things() const { return things_; }

    // --- for those who do not see: what the frame holds, written down while somebody listens
    accessible::Outline outline;
    void listen(bool on);
    accessible::Box box_of(const Rect& where) const;  // whole pixels of the screen
    void open_list(const std::string& id, Sentence name,
                   const Rect& where);  // the rows until it is closed are its items
    void close_list() { outline.close(); }
    // Of the documents that are drawn on top one is read with the arrow keys; each asks once in a frame whether it is the
    // one. The first has it until another is gone to.
    bool reads(const std::string& document);
    bool is_read(const std::string& document) const { return outline.listened() && reading_ == document; }
    void read(const std::string& document) { reading_ = document; }
    // Where nothing has the focus, the Tab key goes from between these things.
    void go_on_between(std::string before, std::string behind) {
        before_ = std::move(before);
        behind_ = std::move(behind);
    }
    // What a screen reader has asked for, for whoever draws the node of this id in the next frame; several in their order.
    void ask(accessible::Wish wish);
    std::optional<accessible::Wish> take_asked(accessible::Wish::Kind kind, std::string_view id);
    std::optional<accessible::Wish> take_asked(std::string_view id);  // of any kind
    // Whether something that is told of but not drawn was pressed.
    bool take_press_of(std::string_view id);

    // --- after an exception: how far the frame had come, and back to it
    struct Mark {
        Ink::Mark ink;
        std::size_t things = 0, scrolls = 0;
        int layer = 0, layers = 0;
        bool moving = false;
        accessible::Outline::Mark outline = {};
    };
    Mark mark() const {
        return {ink.mark(), things_.size(), scrolls_.size(), layer_, layers_, moving_, outline.mark()};
    }
    void back_to(const Mark& mark);

private:
    void move_focus(int direction, std::string_view kind);
    void bar(const std::string& id, const Rect& view, Scroll& scroll);
    void write_down(const Thing& thing);

    const Palette* palette_ = nullptr;
    double scale_ = 1, elapsed_ = 0, began_ = -1;
    std::string language_;
    std::string focus_, held_, bound_;
    bool ring_ = false, took_focus_ = false, focus_moved_ = false, moving_ = false;
    int layer_ = 0, layers_ = 0, top_ = 0;
    Cursor cursor_ = Cursor::arrow;
    std::string told_;
    double told_for_ = 0;  // seconds left
    std::string reading_, before_, behind_;
    std::vector<std::string> documents_, documents_before_;
    std::vector<accessible::Wish> asked_;
    std::vector<Thing> things_, earlier_;
    struct Scrolling {
        std::string id;
        Rect view;
        Scroll* scroll;
    };
    std::vector<Scrolling> scrolls_;
};

}  // namespace sipdex::window
