// The workbench is the whole window without the window: bar, sidebar, the view in the middle, status bar,
// dialogs. The shell gives it a frame to draw into; tests do the same without any screen.
//
// A part that throws ends itself alone: what it left open is closed, the status bar says what happened, and a view gives
// way to a page with the ways on. A frame never throws.
#pragma once
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "typeset/typeset.h"
#include "user/settings.h"
#include "window/kit/glyph_atlas.h"
#include "window/kit/ui.h"
#include "window/kit/view.h"
#include "window/workbench/commands.h"
#include "window/workbench/keys_sheet.h"
#include "window/workbench/notes_dialog.h"
#include "window/workbench/sheet_dialog.h"
#include "window/workbench/sidebar.h"
#include "window/workbench/status_bar.h"
#include "window/workbench/view_tabs.h"

namespace sipdex::window {

class Workbench {
public:
    // Opens at `first`; a place without a view opens where the reader was last.
    Workbench(Library& library, user::Settings& settings, Textures& textures, Place first = {}, Outside outside = {});
    ~Workbench();

    Input& input() { return input_; }

    // Draws one frame between ImGui::NewFrame and ImGui::Render, after input().take(), and then saves what is to be
    // remembered. `seconds` is any clock; `screen_scale` what the desktop asks for.
    void frame(double width, double height, double seconds, double screen_scale = 1);

    bool moving() const { return ui_.moving(); }  // another frame should follow at once
    // In how many seconds the next frame should come at the latest; nothing: not before something happens.
    std::optional<double> wait(double seconds) const;
    // Gets ready for what may come next, while nothing happens.
    void prepare() { library_.prepare_search(); }
    bool closing() const { return closing_; }  // the reader has asked to close the window
    Ui::Cursor cursor() const { return ui_.cursor(); }
    std::string title() const;  // of the window
    double text_scale(double screen_scale) const { return text_size_ * screen_scale; }
    ImU32 background() const { return palette_[Role::background]; }

    // The language was asked for: one that was remembered, and could only be read later, does not replace it.
    void keep_language() { language_given_ = true; }

    // Lays the window out for a right-to-left language whatever the reader's is.
    void mirror() { mirrored_ = true; }

    const Place& here() const { return history_.here(); }
    void go(Place place);
    const Ui& ui() const { return ui_; }
    Ink& ink() { return ink_; }

    // While somebody listens, a frame writes down what it holds for those who do not see it: as a tree, with what they ask
    // for in it granted in the next frame. `active`: the window is the one that is used.
    void listen(bool on);
    bool listened() const { return ui_.outline.listened(); }
    accessible::Tree told(bool active, const accessible::Box& on_screen);
    void grant(const accessible::Wish& wish);

    // Everything there is to press, and every word to see, one a line: id, place, kind, label.
    std::string dump() const;

private:
    struct Made {
        std::string id;
        std::unique_ptr<View> view;
    };

    // Does a part of a frame; whether it came to its end.
    bool safely(const char* part, const std::function<void()>& act);
    void draw(double width, double height, double seconds, double screen_scale, Wishes& wishes, Changed& changed);
    void keys();
    void whole(double width, double height, Wishes& wishes, Changed& changed);  // with everything around the view
    void middle(const Rect& where, Wishes& wishes);
    void middle_above(Wishes& wishes);
    void give_up_view(Wishes& wishes);
    bool given_up() const;
    void page_keys(Wishes& wishes);
    // What comes in, in workbench_bring.cpp.
    void take_dropped(Wishes& wishes);
    void choose_files();
    void take_chosen();
    void take_paste();
    void type_path();
    void begin_search();
    bool can(std::string_view command) const;
    std::vector<Command> commands() const;  // that can be given here
    void obey(const std::string& command);
    void copy_link();
    void set_favourite(bool on);
    // The id of the code before or behind the one that is open, in the order of the list; nothing at its ends.
    std::optional<std::string> neighbour(int by) const;
    std::string subject() const;  // of the page that is open, to stand in a title
    void tell_visit();
    void read_from_top();
    void top_bar(const Rect& where, Wishes& wishes);
    void open_view(const std::string& tab, Wishes& wishes);
    void grant(const Wish& wish);
    void open_sheet(const document::Document& page);
    void apply(const Changed& changed);
    void set_text_size(double size);
    void take_settings();
    void take_late_settings();
    Place remembered_place();
    void remember();
    void keep(const std::string& key, const std::string& value);
    bool escape();
    std::string trouble() const;
    std::string settings_trouble() const;
    View& view() const;
    void make(Made& made);
    void make_views_anew();
    void style_imgui();

    Library& library_;
    user::Settings& settings_;
    Outside outside_;
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
    NotesDialog notes_;
    KeysSheet keys_;
    ViewTabs tabs_;
    std::vector<Made> made_;
    double text_size_ = 1;
    bool closing_ = false, mirrored_ = false, language_given_ = false, library_troubled_ = false;
    struct GivenUp {
        Place place;
        std::string language, reason;
        Scroll scroll = {};
    };
    std::optional<GivenUp> given_up_;                          // the place that could not be drawn
    std::map<std::string, std::string, std::less<>> mishaps_;  // what was thrown, by part
    std::map<std::string, std::string, std::less<>> kept_;     // what settings were told last
    std::future<Outside::Chosen> choosing_;
    unsigned arrivals_ = 0;
    document::Target visited_;  // told to the library last
    Place read_;                // by those who listen
};

}  // namespace sipdex::window
