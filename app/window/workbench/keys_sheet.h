// The keys, laid over whatever the reader is at.
#pragma once
#include <string>

#include "window/reading/document_view.h"

namespace sipdex::window {

class KeysSheet {
public:
    void open(Ui& ui);
    bool is_open() const { return open_; }
    void close() { open_ = false; }
    void draw(Ui& ui);
    void scroll_by(double distance) { scroll_.at += distance; }

private:
    DocumentView page_;
    std::string language_;  // of the page
    Scroll scroll_;
    bool open_ = false;
};

}  // namespace sipdex::window
