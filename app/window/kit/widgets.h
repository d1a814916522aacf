// Widgets are the few things a reader presses: buttons, links, tabs, rows. Each draws itself into a place
// it is given and says whether it was pressed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "window/kit/ui.h"

namespace sipdex::window {

enum class Look { plain, primary, ghost };

struct Button {
    std::string id;
    std::string label;  // shown, unless only the icon is
    std::optional<Icon> icon;
    Look look = Look::plain;
    bool icon_only = false;  // the label then appears on hover
    bool enabled = true;
    bool chosen = false;
    bool menu = false;     // opens one: an arrow stands at its end
    bool toggles = false;  // is on while chosen
};

double width_of(const Ui& ui, const Button& button);
constexpr double button_height = 32;  // units

// Draws at the top left corner given; pressed or not.
bool button(Ui& ui, const Button& button, double x, double y, double width = 0);

// The same with a word or two in place of the label, which then appears on hover.
double width_of(const Ui& ui, const Button& button, const std::string& caption);
bool button(Ui& ui, const Button& button, const std::string& caption, double x, double y, double width = 0);

// The star that keeps a page, or no longer.
Button favourite_button(const Ui& ui, const document::Target& page);

// A word of a bar of views, underlined while chosen. Its width comes back through `x`.
double width_of_tab(const Ui& ui, const std::string& label);
bool tab(Ui& ui, const std::string& id, const std::string& label, bool chosen, double& x, double y, double height);

// Rounded suggestions: "607", "appel indésirable".
bool chip(Ui& ui, const std::string& id, const std::string& label, double x, double y, double* width = nullptr);

// A link of plain words.
bool link(Ui& ui, const std::string& id, const std::string& label, Type type, double x, double y);

// The place a row of a list takes, washed while hovered, chosen or held.
Ui::Touch row(Ui& ui, const std::string& id, const std::string& label, const Rect& where, bool chosen);

// The message of the interface that names a class: 4 for "4xx request failure".
Sentence class_words(int digit);

// Shape and number of a response code; gives the width taken.
double code_mark(Ui& ui, int code, Type type, double x, double middle);

// Dragging gives a new value; nothing while untouched. `value` and the answer are from 0 to 1.
std::optional<double> slider(Ui& ui, const std::string& id, const std::string& label, const Rect& where, double value);

// A field to type in, up to `most` octets; what is pasted beyond them is left out. True when Enter was pressed in it.
bool field(Ui& ui, const std::string& id, const std::string& hint, std::string& typed, const Rect& where,
           bool with_icon = false, std::size_t most = 4096);

// A message of the interface with its markup: what stands between backticks is of the wire, or the RFC's own word.
document::Text marked_words(const std::string& sentence);

// Words with their links, wrapped to the width of `where`, whose height it sets. Gives the link that was pressed.
document::Target linked_text(Ui& ui, const std::string& id, const document::Text& text, Type type, Rect& where);

// A few words beside a place, above everything else; long ones wrap.
void draw_hint(Ui& ui, const Rect& where, const document::Text& words);

// What was under the mouse at the end of the frame says its label.
void hint_of_hovered(Ui& ui);

void hairline(Ui& ui, double x, double y, double width);

}  // namespace sipdex::window
