// The sheet dialog asks how a document shall leave the program, shows what that will look like, and says what became of it.
// A file that is there already is replaced by a button of its own, which appears when that is what saving would do.
#pragma once
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "document/document.h"
#include "window/kit/menu.h"
#include "window/kit/outside.h"
#include "window/kit/ui.h"
#include "window/workbench/logo_field.h"
#include "window/workbench/preview.h"

namespace sipdex::window {

class SheetDialog {
public:
    SheetDialog(const Outside& outside, Textures& textures) : outside_(outside), preview_(textures), logo_(outside) {}

    // What was chosen for sheets in another session.
    struct Remembered {
        std::string folder;  // where the last one went
        std::string header, paper, logo;
    };
    // `page` is what the document is about: it is written anew in the language that is chosen. Without one it stays.
    void open(Ui& ui, document::Document document, const document::Target& page, const Remembered& remembered);
    bool is_open() const { return open_; }
    void close() { open_ = false; }
    bool escape();  // closes a menu of it, or itself
    void draw(Ui& ui);

    std::string folder() const;  // of the path typed
    const Sheet& sheet() const { return sheet_; }
    bool saved() const { return said_ == Said::saved; }
    bool used() const { return saved() || said_ == Said::printed; }

private:
    enum class Said { nothing, saved, printed, failed, there_already };
    struct Option {
        std::string id, label;
        bool chosen = false, enabled = true;
    };
    struct Pen {  // where the choices are drawn, row by row
        double left = 0, width = 0;
        double label = 0;  // the width of what stands before each
        double y = 0;
        double value() const { return left + label; }
        double room() const { return width - label; }
    };
    void save_or_ask(Ui& ui);
    // What saving or printing came to. They go on where no frame waits for them, even behind a closed dialog.
    struct Ended {
        std::string path;
        std::string trouble;  // a sentence, where it was not written
        std::optional<Outside::Printed> printed;
    };
    bool busy() const { return ending_.valid(); }
    void save(Ui& ui);
    void print(Ui& ui);
    void take_ended(Ui& ui);
    void say(Said what, std::string words);
    void set_extension(Ui& ui);
    void set_language(Ui& ui, const std::string& tag);
    void choose_format(Ui& ui, const std::string& id);
    bool on_paper() const;
    void show_preview(Ui& ui);
    void draw_choices(Ui& ui, Pen& pen, bool& entered);
    void draw_paper_choices(Ui& ui, Pen& pen);
    void draw_result(Ui& ui, Pen& pen);
    void draw_buttons(Ui& ui, double left, double y, double inner, bool entered);
    void draw_menu(Ui& ui);
    static double label_room(Ui& ui, double most);
    void caption(Ui& ui, const Pen& pen, Sentence words) const;
    std::string pick(Ui& ui, Pen& pen, Sentence of, const std::vector<Option>& options) const;
    bool menu_button(Ui& ui, const Pen& pen, const std::string& id, Sentence of, const std::string& value,
                     double width);

    const Outside& outside_;
    Preview preview_;
    LogoField logo_;
    std::future<Ended> ending_;
    document::Document document_;
    document::Target page_;
    std::vector<Format> formats_;
    std::vector<Language> languages_;
    SheetOffer offer_;
    Sheet sheet_;
    Sheet previewed_;                  // what the preview was asked for last
    std::string language_chosen_;      // other than the reader's; empty: none was
    std::string suggested_;            // name of the file
    std::string result_, result_for_;  // what is said, and of which path
    Said said_ = Said::nothing, shown_ = Said::nothing;
    Scroll scroll_;
    Menu menu_;
    bool open_ = false, fresh_ = false;
};

// A file name without what file systems and shells stumble over: "sipdex-300-607-fr".
std::string file_name_of(const document::Document& document);

}  // namespace sipdex::window
