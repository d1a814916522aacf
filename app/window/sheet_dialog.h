// The sheet dialog asks how a document shall leave the program, and says what became of it.
#pragma once
#include <string>

#include "document/document.h"
#include "window/ui.h"

namespace sipdex::window {

class SheetDialog {
public:
    // `folder` is where the last sheet went.
    void open(Ui& ui, document::Document document, const std::string& folder);
    bool is_open() const { return open_; }
    void close() { open_ = false; }
    void draw(Ui& ui);

    std::string folder() const;             // of the path typed
    const Sheet& sheet() const { return sheet_; }
    const std::string& result() const { return result_; }

private:
    void save(Ui& ui);
    void set_extension(Ui& ui);

    document::Document document_;
    Sheet sheet_;
    std::string result_;
    bool open_ = false, fresh_ = false, failed_ = false;
    double formats_ = 0;                    // pixels that further rows of formats took in the frame before
};

// A file name without what file systems and shells stumble over: "sipdex-300-607-fr".
std::string file_name_of(const document::Document& document);

}  // namespace sipdex::window
