// The workbench is the whole window without the window: bar, sidebar, the view in the middle, status bar,
// dialogs. The shell gives it a frame to draw into; tests do the same without any screen.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "typeset/typeset.h"
#include "user/settings.h"
#include "window/glyph_atlas.h"
#include "window/sheet_dialog.h"
#include "window/sidebar.h"
#include "window/status_bar.h"
#include "window/ui.h"
#include "window/view.h"

namespace sipdex::window {

class Workbench {
public:
    // Opens at `first`; a place without a view opens where the reader was last. `open_outside` shows an
    // address in the reader's browser.
    Workbench(Library& library, user::Settings& settings, Textures& textures, Place first = {},
              std::function<void(const std::string&)> open_outside = {});
    ~Workbench();

    Input& input() { return input_; }

    // Draws one frame between ImGui::NewFrame and ImGui::Render, after input().take(). `seconds` is any
    // clock; `screen_scale` what the desktop asks for.
    void frame(double width, double height, double seconds, double screen_scale = 1);

    bool moving() const { return ui_.moving(); }        // another frame should follow at once
    bool closing() const { return closing_; }           // the reader has asked to close the window
    Ui::Cursor cursor() const { return ui_.cursor(); }
    std::string title() const;                          // of the window
    double text_scale(double screen_scale) const { return text_size_ * screen_scale; }
    ImU32 background() const { return palette_[Role::background]; }

    // Lays the window out for a right-to-left language whatever the reader's is.
    void mirror() { mirrored_ = true; }

    const Place& here() const { return history_.here(); }
    void go(Place place);
    const Ui& ui() const { return ui_; }
    Ink& ink() { return ink_; }

    // Everything there is to press, and every word to see, one a line: id, place, kind, label.
    std::string dump() const;

private:
    void keys();
    void whole(double width, double height, Wishes& wishes, Changed& changed);      // with everything around the view
    void page_keys();
    void top_bar(const Rect& where, Wishes& wishes);
    void grant(const Wishes& wishes);
    void apply(const Changed& changed);
    void set_text_size(double size);
    void remember();
    bool escape();
    std::string trouble() const;
    View& view();
    void style_imgui();

    Library& library_;
    user::Settings& settings_;
    std::function<void(const std::string&)> open_outside_;
    typeset::Typesetter typesetter_;
    GlyphAtlas atlas_;
    Palette palette_;
    Input input_;
    Ink ink_;
    Ui ui_;
    History history_;
    Sidebar sidebar_;
    StatusBar status_;
    SheetDialog sheet_;
    struct Made { std::string id; std::unique_ptr<View> view; };
    std::vector<Made> made_;
    double text_size_ = 1;
    bool closing_ = false, mirrored_ = false;
};

}  // namespace sipdex::window
