// The notes dialog writes what a desk knows about a page: its notes, each to be changed or emptied, and room for a new one.
#pragma once
#include <string>
#include <vector>

#include "window/kit/ui.h"

namespace sipdex::window {

class NotesDialog {
public:
    // `title` names the page.
    void open(Ui& ui, const document::Target& page, std::string title);
    bool is_open() const { return open_; }
    void close() { open_ = false; }
    void draw(Ui& ui);

private:
    struct Line {
        KeptNote note;      // without id: a new one
        std::string typed;  // as a field holds it
    };
    void save(Ui& ui);
    void draw_lines(Ui& ui, double x, double& y, double width, bool& entered);

    document::Target page_;
    std::string title_, trouble_;
    std::vector<Line> lines_;
    Scroll scroll_;
    bool open_ = false;
};

}  // namespace sipdex::window
