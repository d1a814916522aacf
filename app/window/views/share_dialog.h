// The share dialog asks where a copy without names shall go, has it written beside the frames, and says what was replaced.
// A file that is there already is replaced by a button of its own, as in the sheet dialog.
#pragma once
#include <string>

#include "window/kit/ui.h"

namespace sipdex::window {

class ShareDialog {
public:
    void open(Ui& ui, const std::string& title);
    bool is_open() const { return open_; }
    bool escape();  // closes it; a copy that is being written is given up in the next frame
    void draw(Ui& ui);

private:
    void close(Ui& ui);
    void write(Ui& ui, bool replace);
    void buttons(Ui& ui, const SharedCopy& copy, double left, double y, double width, bool entered);

    std::string title_, path_;
    std::string asking_for_;  // the path that exists already
    std::string written_;     // the path that was given last
    std::string told_;        // to those who do not see it
    Scroll scroll_;
    bool open_ = false, given_up_ = false;
};

}  // namespace sipdex::window
