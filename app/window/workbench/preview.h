// A preview shows a sheet as it will be written, page by page; of a format without pages the beginning of the file.
//
// It is made by a thread of its own: a frame asks, goes on, and takes what is ready. What is shown stays until the newer is
// there; of what is asked for meanwhile only the last is made.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "window/kit/ui.h"

namespace sipdex::window {

class Preview {
public:
    explicit Preview(Textures& textures) : textures_(textures) {}
    ~Preview();
    Preview(const Preview&) = delete;
    Preview& operator=(const Preview&) = delete;

    void show(Library::Preview make);  // another sheet; its first page, unless the page shown is there as well
    void forget();                     // nobody looks any more
    void draw(Ui& ui, const Rect& where);
    const std::string& missing() const { return shown_.missing; }  // characters that no font has
    void turn(Ui& ui, int by);  // a page on or back, or as far as the view of a long one goes

private:
    struct Asked {  // of the thread
        unsigned sheet = 0;
        int page = 0;
        int width = 0, height = 0;  // the room there is, in dots
        bool wide = false;          // as wide as it, and higher
        bool operator==(const Asked&) const = default;
    };
    struct Made {
        Asked asked;
        int page = 0, pages = 0;
        SheetPreview::Page dots;
        std::string beginning, missing, trouble;
    };
    struct Hand;  // of the thread: the sheet that it keeps

    void work();
    void ask(Ui& ui, const Asked& wanted);
    void take();
    void draw_page(Ui& ui, const Rect& where);
    void draw_beginning(Ui& ui, const Rect& where);
    void draw_bar(Ui& ui, const Rect& where);
    static Made made_of(Hand& hand, const Asked& asked, const Library::Preview& make);

    Textures& textures_;
    // The window's own.
    unsigned sheet_ = 0, forgotten_ = 0;
    int page_ = 0;
    bool offered_ = false, wide_ = false;
    Asked last_;
    double since_ = 0;  // seconds of the clock, when it was asked for
    Made shown_;
    ImTextureID picture_{};
    bool pictured_ = false;
    Scroll scroll_;

    // Of both.
    std::mutex mutex_;
    std::condition_variable news_;
    std::shared_ptr<const Library::Preview> make_;
    std::optional<Asked> asked_;
    std::optional<Made> made_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace sipdex::window
