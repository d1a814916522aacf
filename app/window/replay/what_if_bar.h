// The what-if bar: a change to the exchange is picked in the reader's language, said in a sentence, and run.
//
//     [Bob ▾] [answers with ▾] [486 Busy Here ▾] after [2] s  [+ Header field]   [Run it]  Type it
//     Bob answers 486 Busy Here 2 s after the request arrives.
//     [× Bob answers 603 …]  [+ Another change]   [≠ First difference]  At 2.030 s Bob sends …
//
// What has been changed stands below as chips that take it back, also while nothing is being picked.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "window/kit/view.h"
#include "window/replay/change_picker.h"

namespace sipdex::window {

class WhatIfBar {
public:
    struct Scene {  // what the bar is about
        Ui& ui;
        const Place& place;                  // of one exchange
        const Replay& replay;                // as it is
        std::optional<std::size_t> message;  // that is looked at
        const Replay::FirstDifference* difference = nullptr;
    };
    struct Hint {
        Rect where;
        std::string words;
    };

    void toggle();
    bool is_open() const { return open_; }

    // 0 while it is closed and nothing is changed.
    double height(const Scene& scene, double width);
    void draw(const Scene& scene, const Rect& where, Wishes& wishes);
    void draw_above(Ui& ui) { picker_.draw_above(ui); }
    bool menu_open() { return picker_.menu().is_open(); }
    bool escape();

    // Runs a change that was picked elsewhere; one that cannot be made says why in the bar.
    void make(Ui& ui, const Place& place, const std::string& change, Wishes& wishes);
    // Whether the reader wants to see where both runs first differ; told once.
    bool asked_for_difference() { return std::exchange(asked_for_difference_, false); }
    const std::optional<Hint>& hint() const { return hint_; }

private:
    void prepare(const Scene& scene);
    const ToldChange& told(const Scene& scene, const std::string& change);
    void run(const Scene& scene, Wishes& wishes);
    std::string to_make(const Scene& scene);  // empty while something is missing or wrong
    document::Text sentence(const Scene& scene, bool& wrong);

    // The rows: what is asked, what it means, what was changed.
    Flow asking(const Scene& scene, Wishes& wishes);
    double say(const Scene& scene, double x, double y, double width, bool draw);
    Flow made(const Scene& scene, double width, Wishes& wishes);
    void add_chip(const Scene& scene, Flow& flow, std::size_t index, double width, Wishes& wishes);
    void add_difference(const Scene& scene, Flow& flow, double width);
    double rows(const Scene& scene, const Rect& where, Wishes& wishes, bool draw);  // gives the height taken

    ChangePicker picker_;
    bool open_ = false, typing_ = false, entered_ = false, asked_for_difference_ = false;
    std::string typed_, problem_, problem_for_;  // as a person writes it; why it could not be made, and what
    std::vector<std::string> chips_;             // the changes made, in words
    std::string offered_for_, named_for_, told_for_;
    ToldChange told_;
    std::optional<Hint> hint_;
};

}  // namespace sipdex::window
