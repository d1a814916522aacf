// The threshold dialog shows by which numbers a rule judges, and has the calls judged by others.
#pragma once
#include <string>
#include <vector>

#include "window/kit/ui.h"

namespace sipdex::window {

class ThresholdDialog {
public:
    void open(Ui& ui, const std::string& rule);
    bool is_open() const { return open_; }
    bool escape();
    void draw(Ui& ui);

private:
    void apply(Ui& ui);
    void as_usual();

    RuleThresholds rule_;
    std::vector<std::string> typed_;  // one for each
    std::string problem_;
    bool open_ = false;
};

}  // namespace sipdex::window
