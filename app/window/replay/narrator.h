// What those who do not see a replay hear of it: the narration of each message as it is come to, once and whole.
//
// Where nothing has the focus the narration itself is read, and a reader that is led to its first paragraph reads that by
// itself; then the paragraphs behind it are said.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "window/ladder/player.h"
#include "window/reading/document_view.h"

namespace sipdex::window {

class Narrator {
public:
    struct Told {  // a recording, and the document that shows its narration
        const Replay* replay = nullptr;
        const DocumentView* narration = nullptr;
        std::string id;  // of the document
    };

    void begin() { stages_.clear(); }  // another replay, of which nothing was heard
    // After a frame has drawn them. What comes is said in the next frame, when it is known what has the focus.
    void tell(Ui& ui, const std::vector<Told>& all, const Player& player);

private:
    struct Stage {
        bool begun = false;
        std::optional<std::size_t> message;  // heard, or coming
        std::vector<std::string> coming;     // paragraphs
        std::string focused;  // text of the narration that had the focus in the frame before; empty: none
        std::string before;   // what that was before the message came
    };
    std::vector<Stage> stages_;
};

}  // namespace sipdex::window
