// The calls of what is open, as a table to look through: filtered by words and by findings, sorted by a column, two of them
// marked to be seen side by side. Only the rows in sight are drawn, however many there are.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "window/kit/menu.h"
#include "window/kit/ui.h"

namespace sipdex::window {

class CallTable {
public:
    // `file` is what is open: filter, order, marks and place come back with it as long as the window is open.
    void show(Library::Calls calls, const std::string& file, const std::string& language);

    struct Asked {
        std::optional<std::size_t> open;                              // a call, by its place
        std::optional<std::pair<std::size_t, std::size_t>> together;  // two of them
    };
    Asked draw(Ui& ui, const Rect& where);
    void draw_above(Ui& ui);  // its menu

    void find(Ui& ui);  // goes to the filter
    void scroll_by(double distance) { kept().scroll.at += distance; }
    bool escape();  // closes the menu, or takes the filter away

private:
    using By = page::CallChoice::By;
    struct Kept {
        page::CallChoice choice;
        Scroll scroll;
        std::vector<std::size_t> marked;  // calls, at most two
    };
    // Where the columns are; those without width are left out.
    struct Columns {
        struct One {
            const char* what;  // the branch of window_calls_by
            std::optional<By> by;
            double x = 0, width = 0;
        };
        std::vector<One> all;
        double mark = 0;  // width of what stands before them
    };

    Kept& kept() { return kept_[file_]; }
    void choose();
    void order_by(By by);
    double bar(Ui& ui, const Rect& where, bool narrow, Asked& asked);  // gives its height
    void heads(Ui& ui, const Rect& where, const Columns& columns);
    void rows(Ui& ui, const Rect& where, const Columns& columns, Asked& asked);
    void keys(Ui& ui, double row, double height);
    void one(Ui& ui, std::size_t place, const Rect& where, const Columns& columns, Asked& asked);
    void mark(std::size_t story);
    const page::CallLine& line(Ui& ui, const page::ListedCall& call);
    Columns columns_in(Ui& ui, double x, double width);

    Library::Calls calls_;
    std::string file_, language_;
    std::map<std::string, Kept> kept_;
    std::vector<std::size_t> chosen_;
    std::optional<page::CallChoice> chosen_for_;
    std::map<std::size_t, page::CallLine> lines_;  // of calls that were in sight
    Menu menu_;
};

}  // namespace sipdex::window
