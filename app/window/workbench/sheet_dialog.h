// The sheet dialog asks how a document shall leave the program, and says what became of it. A file that is there already
// is replaced by a button of its own, which appears when that is what saving would do.
#pragma once
#include <future>
#include <string>

#include "document/document.h"
#include "window/kit/outside.h"
#include "window/kit/ui.h"

namespace sipdex::window {

class SheetDialog {
public:
    explicit SheetDialog(const Outside& outside) : outside_(outside) {}

    // `folder` is where the last sheet went.
    void open(Ui& ui, document::Document document, const std::string& folder);
    bool is_open() const { return open_; }
    void close() { open_ = false; }
    void draw(Ui& ui);

    std::string folder() const;  // of the path typed
    const Sheet& sheet() const { return sheet_; }
    bool saved() const { return said_ == Said::saved; }

private:
    enum class Said { nothing, saved, printed, failed, there_already };
    void save_or_ask(Ui& ui);
    void save(Ui& ui);
    std::string written(Ui& ui, const Sheet& sheet);  // gives what failed
    void print(Ui& ui);
    void take_printed(Ui& ui);
    void say(Said what, std::string words);
    void set_extension(Ui& ui);
    void draw_result(Ui& ui, const typeset::Lines& result, double left, double& y, double inner);
    void draw_buttons(Ui& ui, double left, double y, double inner, bool entered);

    const Outside& outside_;
    std::future<Outside::Printed> printing_;
    document::Document document_;
    Sheet sheet_;
    std::string result_, result_for_;  // what is said, and of which path
    Said said_ = Said::nothing, shown_ = Said::nothing;
    Scroll scroll_;
    bool open_ = false, fresh_ = false;
};

// A file name without what file systems and shells stumble over: "sipdex-300-607-fr".
std::string file_name_of(const document::Document& document);

}  // namespace sipdex::window
