// The status bar holds what is true everywhere: language, catalog, text size, theme.
#pragma once
#include <optional>
#include <string>

#include "window/menu.h"
#include "window/ui.h"

namespace sipdex::window {

struct Changed {                            // what the reader turned
    std::optional<std::string> language, theme;
    std::optional<double> text_size;
    bool keys = false;                      // wants to see the list of keys
};

class StatusBar {
public:
    void draw(Ui& ui, const Rect& where, double text_size, const std::string& trouble, Changed& changed);
    void draw_above(Ui& ui, Changed& changed);
    bool escape();

private:
    Menu menu_;
    std::size_t registered_ = 0, others_ = 0;       // codes of the catalog
};

constexpr double smallest_text = 0.75, largest_text = 3.0;
double larger(double size);                 // the next step of 75, 90, 100, 110, 125, 150 … 300 %
double smaller(double size);

}  // namespace sipdex::window
