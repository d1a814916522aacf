// The picture beside an organisation's name: a path that is typed, or a file chosen in the desktop's dialog. What cannot be
// read is told below it, and is no logo.
#pragma once
#include <future>
#include <string>

#include "window/kit/outside.h"
#include "window/kit/ui.h"

namespace sipdex::window {

class LogoField {
public:
    explicit LogoField(const Outside& outside) : outside_(outside) {}

    void begin(std::string path);
    double draw(Ui& ui, double x, double y, double width);  // gives its height
    const std::string& file() const { return file_; }       // empty where there is none that can be read

private:
    void choose(Ui& ui);
    void take_chosen(Ui& ui);
    void look(Ui& ui);

    const Outside& outside_;
    std::future<Outside::Chosen> choosing_;
    std::string path_, looked_at_;  // as typed
    std::string file_, trouble_;
};

}  // namespace sipdex::window
