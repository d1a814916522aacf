// The status bar holds what is true everywhere: language, catalog, text size, theme. What is the matter, and what to do
// about it, stands above them in as many lines as it needs.
#pragma once
#include <optional>
#include <string>

#include "window/kit/menu.h"
#include "window/kit/ui.h"

namespace sipdex::window {

struct Changed {  // what the reader turned
    std::optional<std::string> language, theme;
    std::optional<double> text_size;
    bool keys = false;  // wants to see the list of keys
};

class StatusBar {
public:
    // `trouble` is a sentence; empty where nothing is the matter.
    double height(Ui& ui, double width, const std::string& trouble);
    void draw(Ui& ui, const Rect& where, double text_size, const std::string& trouble, Changed& changed);
    void draw_above(Ui& ui, Changed& changed);
    bool escape();
    void forget() { registered_ = others_ = 0; }  // what the catalog said

private:
    void draw_trouble(Ui& ui, const Rect& where, const std::string& trouble);
    void controls(Ui& ui, const Rect& where, double text_size, Changed& changed);

    Menu menu_;
    std::size_t registered_ = 0, others_ = 0;  // codes of the catalog
};

constexpr double status_row = 36;  // units that the bar takes without trouble
constexpr double smallest_text = 0.75, largest_text = 3.0;
double larger(double size);  // the next step of 75, 90, 100, 110, 125, 150 … 300 %
double smaller(double size);

}  // namespace sipdex::window
